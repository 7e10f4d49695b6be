import type { PriceTable } from '../../contract/domain/price.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Archive } from '../archive/archive.ts'
import { foldSession } from '../capture/foldSession.ts'
import { isTitleFor } from '../capture/isTitleFor.ts'
import type { ReducedExchange, TurnSummary } from '../capture/reduced.ts'
import type { ReducedExchanges } from './reducedExchanges.ts'
import type { Summaries } from './summaries.ts'

export interface SessionRowsOptions {
  archive: Archive
  reduced: ReducedExchanges
  summaries: Summaries
  nextSeq(): number
  prices(): PriceTable
}

/** The rows of sessions, from their turns, and the titles that codex had the model make for them. */
export function createSessionRows({ archive, reduced, summaries, nextSeq, prices }: SessionRowsOptions) {
  const { raw, readModel, madeTitles, keptFacts, trash } = archive

  /** The title and the prompt that it was made of may come in either order. */
  function claimTitle(sessionId: string, first: TurnSummary): void {
    if (madeTitles.of(sessionId) !== null) return
    for (const id of madeTitles.unclaimed(first.launchId)) {
      const title = reduced.load(id)
      if (!title || !isTitleFor(title, first.prompt, first.launchId)) continue
      madeTitles.claim(id, sessionId)
      return
    }
  }

  return {
    /** Null when there is no session to show. */
    refold(sessionId: string): Session | null {
      // What goes on in a session that is being deleted goes with it.
      const turns = trash.undoUntil(sessionId) !== null ? [] : summaries.inOrder(sessionId)
      const first = firstOf(turns)
      if (first) claimTitle(sessionId, first)
      const derived = first
        ? foldSession({
            id: sessionId,
            turns,
            looseExchanges: raw.looseIdsOfSession(sessionId).flatMap((id) => reduced.load(id) ?? []),
            renamed: keptFacts.renamed(sessionId),
            madeTitle: madeTitles.of(sessionId),
            branch: keptFacts.branch(sessionId),
            prices: prices(),
            marks: keptFacts.marks(sessionId),
          })
        : null
      if (!derived) {
        readModel.removeSession(sessionId)
        return null
      }
      const session: Session = { ...derived, seq: nextSeq() }
      readModel.putSession(session)
      return session
    },

    /** Sessions that may want a title which just came. */
    takeTitle({ exchange, launchId, title }: ReducedExchange): string[] {
      if (title === null || exchange.status === 'live') return []
      const exchangeId = exchange.id
      if (!madeTitles.put({ exchangeId, launchId, title })) return []
      const taker = madeTitles.takerOf(exchangeId)
      if (taker !== null) return [taker]
      return madeTitles.untitledSessions(launchId)
    },

    /** It made a title once; returns the session that had it. */
    dropTitle(exchangeId: string): string[] {
      const taker = madeTitles.takerOf(exchangeId)
      madeTitles.remove(exchangeId)
      return taker === null ? [] : [taker]
    },
  }
}

/** A sub-agent's prompt is not what the user asked. */
function firstOf(turns: TurnSummary[]): TurnSummary | undefined {
  return turns.find(({ thread }) => thread.parentThreadId === null && thread.subagent === null) ?? turns[0]
}
