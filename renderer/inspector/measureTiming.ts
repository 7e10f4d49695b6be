import type { Exchange } from '../../contract/domain/exchange.ts'

/** The two phases of an exchange, as far as they are over; `now` ends what still runs. */
export interface Timing {
  waitingMs: number
  streamingMs: number
  totalMs: number
  /** Of the answer, while it streamed; null where it is too short to tell. */
  tokensPerSecond: number | null
}

const shortestMs = 200

export function measureTiming(exchange: Exchange, now: number): Timing {
  const { durationMs, firstEventMs, startedAt, status, usage } = exchange
  const totalMs = Math.max(0, durationMs ?? (status === 'live' ? now - startedAt : (firstEventMs ?? 0)))
  const waitingMs = Math.min(totalMs, Math.max(0, firstEventMs ?? totalMs))
  const streamingMs = totalMs - waitingMs
  const tokens = usage?.outputTokens ?? 0
  return {
    waitingMs,
    streamingMs,
    totalMs,
    tokensPerSecond: streamingMs >= shortestMs && tokens > 0 ? Math.round((tokens * 1_000) / streamingMs) : null,
  }
}
