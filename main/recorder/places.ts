import type { Archive } from '../archive/archive.ts'
import type { ExchangePlace } from '../archive/rawRecord.ts'
import type { ReducedExchange } from '../capture/reduced.ts'

/** A title is made in a conversation of codex's own, which is no turn to anybody. */
export function turnOf({ exchange, threadSource }: ReducedExchange): string | null {
  return exchange.kind === 'title' || threadSource === 'thread_title' ? null : exchange.turnId
}

export function placeOf(reduced: ReducedExchange): ExchangePlace {
  const { sessionId, responseId } = reduced.exchange
  return { sessionId, turnId: turnOf(reduced), responseId }
}

/** Writes down where exchanges belong, and what they used. */
export function createPlaces({ raw, readModel }: Pick<Archive, 'raw' | 'readModel'>) {
  /** Where unfinished exchanges were placed last, as most changes do not move them. */
  const placed = new Map<string, ExchangePlace>()

  return {
    /** Returns where it was before, if that was elsewhere: its ids can be told late, by the body behind the headers. */
    place(reduced: ReducedExchange): ExchangePlace | null {
      const { id, status } = reduced.exchange
      const before = placed.get(id)
      const next = placeOf(reduced)
      const isMoved = before !== undefined && (before.turnId !== next.turnId || before.sessionId !== next.sessionId)
      if (isMoved || before?.responseId !== next.responseId || !before) raw.place(id, next)
      readModel.putUsage(reduced.exchange)
      if (status === 'live') placed.set(id, next)
      else placed.delete(id)
      return isMoved ? before : null
    },

    /** Wherever it was before. */
    placeAgain(reduced: ReducedExchange): void {
      const { id } = reduced.exchange
      raw.place(id, placeOf(reduced))
      placed.delete(id)
      readModel.putUsage(reduced.exchange)
    },

    forget: () => placed.clear(),
  }
}
