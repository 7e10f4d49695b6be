import type { Item, Turn } from '../../contract/domain/turn.ts'
import type { Archive } from '../archive/archive.ts'
import type { SearchDocument } from '../archive/searchIndex.ts'
import { createTurnFold } from '../capture/foldTurn.ts'
import type { KnownExchange } from '../capture/reduced.ts'
import { searchTexts } from '../capture/searchTexts.ts'
import { summarizeTurn } from '../capture/summarizeTurn.ts'
import { createLiveTurns, type LiveTurn } from './liveTurns.ts'
import type { ReducedExchanges } from './reducedExchanges.ts'
import type { Summaries } from './summaries.ts'

const liveTurnBytes = 64 * 1024 * 1024

export interface TurnRowsOptions {
  archive: Archive
  reduced: ReducedExchanges
  summaries: Summaries
  nextSeq(): number
  isLaunchOver(launchId: string): boolean
  /** Of a folder, now. */
  readBranch(folder: string): string | null
}

/** The rows of turns, from their exchanges. While a turn goes on, what one change of it costs is about what is new of it. */
export function createTurnRows(options: TurnRowsOptions) {
  const { archive, reduced, summaries, nextSeq, isLaunchOver, readBranch } = options
  const { raw, readModel, keptFacts } = archive
  const live = createLiveTurns(liveTurnBytes)

  function remove(turnId: string): void {
    live.drop(turnId)
    readModel.removeTurn(turnId)
    summaries.remove(turnId)
  }

  /** Nothing more can come of a turn whose codex is gone, or whose thread went on to another turn, which may have been derived before it. */
  function isOver(turnId: string, exchanges: KnownExchange[], last: KnownExchange): boolean {
    if (isLaunchOver(last.launchId)) return true
    const turns = summaries
      .inOrder(last.exchange.sessionId)
      .filter(({ threadId }) => threadId === last.exchange.threadId)
    const at = turns.findIndex(({ id }) => id === turnId)
    if (at >= 0) return at < turns.length - 1
    const startedAt = exchanges[0]?.exchange.startedAt ?? 0
    return turns.some((turn) => turn.startedAt > startedAt)
  }

  /** `before`: the version of it that is stored, where that is known. */
  function put(turn: Turn, exchanges: KnownExchange[], before: LiveTurn | null): Omit<LiveTurn, 'fold'> | null {
    const summary = summarizeTurn(turn, exchanges)
    const findable = findableItems(turn)
    const known = before?.stored.sessionId === turn.sessionId ? before : null
    const changed = known && changesOf(known.findable, findable)
    const items = changed ? changed.items : findable.filter((item) => item !== null)
    const stored = readModel.putTurn({
      turn,
      summary,
      documents: items.flatMap(documentsOf),
      since: known && changed ? { version: known.stored, itemIds: changed.itemIds } : undefined,
    })
    summaries.put(summary)
    return stored && { stored, findable }
  }

  return {
    remove,
    forget: live.clear,

    /** Something of this exchange is new. */
    outdate: live.outdate,

    /** The next time all of it is derived again. */
    startAnew: live.drop,

    /** The turn's row anew, or none. Null when there is no turn to show. */
    refold(turnId: string): { turn: Turn; isNew: boolean } | null {
      const before = live.take(turnId)
      const fold = before?.fold ?? createTurnFold()
      const exchanges = fold.take(raw.idsOfTurn(turnId), reduced.load)
      const last = exchanges.at(-1)
      const derived = last ? fold.turn({ isOver: isOver(turnId, exchanges, last) }) : null
      raw.setLoose(turnId, derived === null)
      if (!derived) {
        remove(turnId)
        return null
      }
      const turn: Turn = { ...derived, seq: nextSeq() }
      const isNew = !summaries.has(turn.sessionId, turnId)
      const stored = put(turn, exchanges, before)
      if (stored) live.put(turnId, { fold, ...stored })
      else for (const { exchange } of exchanges) reduced.drop(exchange.id)
      return { turn, isNew }
    },

    /** Nothing that is recorded tells it, so it is looked up while it is true. */
    keepBranch({ sessionId, id }: Turn): void {
      const folder = summaries.inOrder(sessionId).find((turn) => turn.id === id)?.cwd
      if (folder) keptFacts.putBranch(sessionId, readBranch(folder))
    },

    /** Turns of the same thread that may be over because of this one. */
    liveBeside({ id, sessionId, threadId }: Turn): string[] {
      return summaries
        .inOrder(sessionId)
        .filter((other) => other.threadId === threadId && other.id !== id && other.status === 'live')
        .map((other) => other.id)
    },
  }
}

/** By their places. A text that still grows is indexed once, when it is whole. */
function findableItems({ exchanges, items }: Turn): (Item | null)[] {
  const growing = new Set(exchanges.filter(({ status }) => status === 'live').map(({ id }) => id))
  return items.map((item) => (growing.has(item.exchangeId) && item.type !== 'userMessage' ? null : item))
}

/** Those that are not what stood in their place before, and the ids of all that stand or stood there. */
function changesOf(before: (Item | null)[], now: (Item | null)[]): { items: Item[]; itemIds: Set<string> } {
  const places = Array.from({ length: Math.max(before.length, now.length) }, (_, at) => at)
  const changed = places.filter((at) => (before[at] ?? null) !== (now[at] ?? null))
  return {
    items: changed.flatMap((at) => now[at] ?? []),
    itemIds: new Set(changed.flatMap((at) => [before[at] ?? [], now[at] ?? []].flat().map(({ id }) => id))),
  }
}

function documentsOf(item: Item): SearchDocument[] {
  const { id: itemId, type, at } = item
  const tool = item.type === 'toolCall' ? item.name : null
  return searchTexts(item).map((text) => ({ itemId, type, tool, at, ...text }))
}
