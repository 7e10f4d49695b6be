import type { Turn } from '../../contract/domain/turn.ts'
import type { Archive } from '../archive/archive.ts'
import type { SearchDocument } from '../archive/searchIndex.ts'
import { foldTurn } from '../capture/foldTurn.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { searchTexts } from '../capture/searchTexts.ts'
import { summarizeTurn } from '../capture/summarizeTurn.ts'
import type { ReducedExchanges } from './reducedExchanges.ts'
import type { Summaries } from './summaries.ts'

export interface TurnRowsOptions {
  archive: Archive
  reduced: ReducedExchanges
  summaries: Summaries
  nextSeq(): number
  isLaunchOver(launchId: string): boolean
  /** Of a folder, now. */
  readBranch(folder: string): string | null
}

/** The rows of turns, from their exchanges. */
export function createTurnRows(options: TurnRowsOptions) {
  const { archive, reduced, summaries, nextSeq, isLaunchOver, readBranch } = options
  const { raw, readModel, keptFacts } = archive

  function remove(turnId: string): void {
    readModel.removeTurn(turnId)
    summaries.remove(turnId)
  }

  /** Nothing more can come of a turn whose codex is gone, or whose thread went on to another turn, which may have been derived before it. */
  function isOver(turnId: string, exchanges: ReducedExchange[], last: ReducedExchange): boolean {
    if (isLaunchOver(last.launchId)) return true
    const turns = summaries
      .inOrder(last.exchange.sessionId)
      .filter(({ threadId }) => threadId === last.exchange.threadId)
    const at = turns.findIndex(({ id }) => id === turnId)
    if (at >= 0) return at < turns.length - 1
    const startedAt = exchanges[0]?.exchange.startedAt ?? 0
    return turns.some((turn) => turn.startedAt > startedAt)
  }

  return {
    remove,

    /** The turn's row anew, or none. Null when there is no turn to show. */
    refold(turnId: string): { turn: Turn; isNew: boolean } | null {
      const exchanges = raw.idsOfTurn(turnId).flatMap((id) => reduced.load(id) ?? [])
      const last = exchanges.at(-1)
      const derived = last ? foldTurn(exchanges, { isOver: isOver(turnId, exchanges, last) }) : null
      raw.setLoose(turnId, derived === null)
      if (!derived) {
        remove(turnId)
        return null
      }
      const turn: Turn = { ...derived, seq: nextSeq() }
      const isNew = !summaries.has(turn.sessionId, turnId)
      const summary = summarizeTurn(derived, exchanges)
      readModel.putTurn({ turn, summary, documents: documentsOf(turn) })
      summaries.put(summary)
      if (turn.status !== 'live') for (const { exchange } of exchanges) reduced.drop(exchange.id)
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

/** A text that still grows is indexed once, when it is whole. */
function documentsOf(turn: Turn): SearchDocument[] {
  const live = new Set(turn.exchanges.filter(({ status }) => status === 'live').map(({ id }) => id))
  return turn.items.flatMap((item) => {
    if (live.has(item.exchangeId) && item.type !== 'userMessage') return []
    const { id: itemId, type, at } = item
    const tool = item.type === 'toolCall' ? item.name : null
    return searchTexts(item).map((text) => ({ itemId, type, tool, at, ...text }))
  })
}
