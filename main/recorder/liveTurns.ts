import type { Item } from '../../contract/domain/turn.ts'
import type { StoredVersion } from '../archive/readModel.ts'
import type { TurnFold } from '../capture/foldTurn.ts'

/** What an item weighs beside its JSON: its objects, and what is remembered of it in the fold and of its documents. */
const itemBytes = 1024

/** All that it takes to go on with a turn instead of deriving all of it again. */
export interface LiveTurn {
  fold: TurnFold
  stored: StoredVersion
  /** By their places, the items as they are findable; null for those that are not yet. */
  findable: (Item | null)[]
}

interface Kept {
  turn: LiveTurn
  bytes: number
}

/**
 * The turns that go on. Those that changed last are kept, as far as the memory for that goes; of others, as of those that an earlier
 * run began, all is derived again at their next change. Whatever is kept is true only as long as the transaction stands that wrote it.
 */
export function createLiveTurns(maxBytes: number) {
  /** In the order of their last change. */
  const kept = new Map<string, Kept>()
  let keptBytes = 0

  function drop(turnId: string): void {
    const entry = kept.get(turnId)
    if (!entry) return
    kept.delete(turnId)
    keptBytes -= entry.bytes
  }

  return {
    /** Taken out: who goes on with it puts it back. */
    take(turnId: string): LiveTurn | null {
      const entry = kept.get(turnId)
      drop(turnId)
      return entry?.turn ?? null
    },

    put(turnId: string, turn: LiveTurn): void {
      drop(turnId)
      const bytes = weigh(turn.stored)
      kept.set(turnId, { turn, bytes })
      keptBytes += bytes
      for (const oldest of kept.keys()) {
        if (keptBytes <= maxBytes) break
        drop(oldest)
      }
    },

    drop,

    /** Something of this exchange changed, whichever turn it is a part of. */
    outdate(exchangeId: string): void {
      for (const { turn } of kept.values()) turn.fold.outdate(exchangeId)
    },

    clear(): void {
      kept.clear()
      keptBytes = 0
    },

    /** About what all of it takes. */
    bytes: () => keptBytes,
  }
}

function weigh({ turn, bodyLength, lengths }: StoredVersion): number {
  const json = [...lengths.items, ...lengths.exchanges].reduce((sum, length) => sum + length, bodyLength)
  return json + (turn.items.length + turn.exchanges.length) * itemBytes
}
