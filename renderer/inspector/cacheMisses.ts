import { findMissed } from '../../contract/domain/cacheHold.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'

/** A request that read anew what the one before it in its thread had sent. */
export interface Miss {
  turnId: string
  exchangeId: string
  missedTokens: number
  /** The reason in a few words where the two requests' summaries prove it; all else only their texts can tell. */
  reason: string | null
}

/** The costliest miss of each turn, by the turn's id. Takes no more than a look at each request's summary. */
export function findCacheMisses(turns: Turn[]): Map<string, Miss> {
  const misses = new Map<string, Miss>()
  const before = new Map<string, Exchange>()
  const ordered = [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  for (const turn of ordered) {
    for (const exchange of turn.exchanges) {
      if (exchange.kind !== 'turn' && exchange.kind !== 'compaction') continue
      const previous = before.get(turn.threadId)
      before.set(turn.threadId, exchange)
      const missedTokens = previous && findMissed(exchange, previous)?.tokens
      if (!previous || !missedTokens || missedTokens <= (misses.get(turn.id)?.missedTokens ?? 0)) continue
      const reason = findReason(exchange, previous)
      misses.set(turn.id, { turnId: turn.id, exchangeId: exchange.id, missedTokens, reason })
    }
  }
  return misses
}

/** In the same order as main looks for it. */
function findReason(exchange: Exchange, previous: Exchange): string | null {
  if (exchange.model !== previous.model) return 'the model changed'
  if (exchange.accountMode !== previous.accountMode || exchange.upstream !== previous.upstream) {
    return 'the account changed'
  }
  return previous.kind === 'compaction' ? 'the conversation was compacted' : null
}

export function describeMiss({ reason }: Miss): string {
  return reason === null ? 'cache missed' : `cache missed: ${reason}`
}
