import type { Turn } from '../../contract/domain/turn.ts'
import { orderTurns } from './selectExchange.ts'

/** One bar of the chart: a request, or as many of them as had to be put together. */
export interface TokenBar {
  /** The first of its requests. */
  exchangeId: string
  turnId: string
  /** Counted over the session, from 1. */
  from: number
  to: number
  startedAt: number
  cachedTokens: number
  freshTokens: number
  outputTokens: number
  /** In whole percent, rounded down; null where nothing was read. */
  cachedPercent: number | null
}

export interface TokenChart {
  bars: TokenBar[]
  /** What the tallest bar holds; at least 1. */
  highest: number
}

/**
 * Tokens of each request over the session, the cached ones told apart. Where there are more requests than bars, neighbours share
 * one that shows their mean: the chart tells how full the window was, and a sum would not.
 */
export function layOutTokens(turns: Turn[], maxBars: number): TokenChart {
  const requests = orderTurns(turns).flatMap((turn) =>
    turn.exchanges.flatMap((exchange) =>
      exchange.usage && exchange.usage.totalTokens > 0 ? [{ turnId: turn.id, exchange, usage: exchange.usage }] : [],
    ),
  )
  const perBar = Math.max(1, Math.ceil(requests.length / Math.max(1, maxBars)))
  const bars: TokenBar[] = []
  for (let at = 0; at < requests.length; at += perBar) {
    const group = requests.slice(at, at + perBar)
    const [first] = group
    if (!first) break
    const mean = (read: (usage: (typeof group)[number]['usage']) => number) =>
      Math.round(group.reduce((sum, { usage }) => sum + read(usage), 0) / group.length)
    const inputTokens = mean((usage) => usage.inputTokens)
    const cachedTokens = Math.min(
      inputTokens,
      mean((usage) => usage.cachedInputTokens),
    )
    bars.push({
      exchangeId: first.exchange.id,
      turnId: first.turnId,
      from: at + 1,
      to: at + group.length,
      startedAt: first.exchange.startedAt,
      cachedTokens,
      freshTokens: inputTokens - cachedTokens,
      outputTokens: mean((usage) => usage.outputTokens),
      cachedPercent: inputTokens > 0 ? Math.floor((100 * cachedTokens) / inputTokens) : null,
    })
  }
  const highest = bars.reduce((most, bar) => Math.max(most, bar.cachedTokens + bar.freshTokens + bar.outputTokens), 1)
  return { bars, highest }
}
