import type { Exchange } from './exchange.ts'

/** OpenAI caches no prompt that is shorter. */
const leastCachedTokens = 1_024
/** A cache that holds gives back nearly all; it counts in blocks, and what is below this share is no matter of blocks. */
const goodShare = 2 / 3

type Told = Pick<Exchange, 'usage'>

/** What of the input was read anew though the request before had sent it: null when the cache held, or when nothing is known of it. */
export interface Missed {
  /** Null for the first request of a conversation, of which nobody can say. */
  tokens: number | null
}

/** Whether the cache held. Usage alone tells, so that it can be asked of every request of a long session. */
export function findMissed({ usage }: Told, previous: Told | null): Missed | null {
  if (!usage || usage.inputTokens < leastCachedTokens) return null
  const sentBefore = previous?.usage?.inputTokens ?? null
  const reusable = Math.min(sentBefore ?? usage.inputTokens, usage.inputTokens)
  if (usage.cachedInputTokens >= goodShare * reusable) return null
  return { tokens: sentBefore === null ? null : reusable - usage.cachedInputTokens }
}
