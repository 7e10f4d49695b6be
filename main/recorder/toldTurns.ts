import type { Turn } from '../../contract/domain/turn.ts'
import { changeBetween, type TurnChange } from '../../contract/domain/turnChange.ts'

/** More that run at the same time are told of whole each time. */
const turnsKept = 16
/** What an item or an exchange weighs beside its JSON. */
const partBytes = 512

interface Told {
  turn: Turn
  /** What each of its parts weighs, by place: only what changed is weighed again. */
  itemBytes: number[]
  exchangeBytes: number[]
  partsBytes: number
  /** With all of it. */
  bytes: number
}

/**
 * What was told last of the turns that run and of the last one that ended, so that of the next version only what changed has to be told.
 * Of more than `maxBytes` those go that were not told of for the longest time, but not the last one.
 */
export function createToldTurns(maxBytes: number) {
  /** Those that were told of last stand last. */
  const told = new Map<string, Told>()
  let toldBytes = 0

  function drop(turnId: string): void {
    const entry = told.get(turnId)
    if (!entry) return
    told.delete(turnId)
    toldBytes -= entry.bytes
  }

  function put(turn: Turn, { head, items, exchanges }: TurnChange, before: Told | undefined): void {
    const { itemBytes, exchangeBytes, partsBytes } = before ?? { itemBytes: [], exchangeBytes: [], partsBytes: 0 }
    const nowBytes = partsBytes + weighAgain(itemBytes, items) + weighAgain(exchangeBytes, exchanges)
    const bytes = nowBytes + lengthOf(head)
    told.set(turn.id, { turn, itemBytes, exchangeBytes, partsBytes: nowBytes, bytes })
    toldBytes += bytes
  }

  return {
    changeTo(turn: Turn): TurnChange {
      const before = told.get(turn.id)
      const change = changeBetween(before?.turn ?? null, turn)
      drop(turn.id)
      // Of one that has ended the end of its last exchange may still be to come, and rarely anything after another turn.
      for (const [id, other] of told) if (other.turn.status !== 'live') drop(id)
      put(turn, change, before)
      for (const oldest of told.keys()) {
        if (oldest === turn.id || (told.size <= turnsKept && toldBytes <= maxBytes)) break
        drop(oldest)
      }
      return change
    },

    /** A version of it was stored and not told. */
    forget: drop,

    clear(): void {
      told.clear()
      toldBytes = 0
    },

    /** About what all of it takes. */
    bytes: () => toldBytes,
  }
}

/** Returns by how much all of them became heavier. */
function weighAgain(weights: number[], { length, changed }: TurnChange['items' | 'exchanges']): number {
  let more = 0
  for (const gone of weights.splice(length)) more -= gone
  for (const { at, value } of changed) {
    const bytes = partBytes + lengthOf(value)
    more += bytes - (weights[at] ?? 0)
    weights[at] = bytes
  }
  return more
}

function lengthOf(value: object): number {
  return JSON.stringify(value).length
}
