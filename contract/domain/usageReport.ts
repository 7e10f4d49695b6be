import { z } from 'zod'
import { accountModeSchema } from './account.ts'
import { findPrice, mergeGroups, type PriceTable, priceGroups } from './price.ts'
import { sessionSchema } from './session.ts'
import { addUsage, noUsage, type Usage, usageSchema } from './usage.ts'

/** What the requests of one day used that have one price and belong together. */
export const usageRowSchema = z.object({
  /** In the report's time zone, as `2026-11-24`. */
  day: z.string(),
  /** The working folder of the session; null where codex told of none. */
  project: z.string().nullable(),
  model: z.string().nullable(),
  isLong: z.boolean(),
  accountMode: accountModeSchema.nullable(),
  /** Requests that told of tokens: retries and compactions are among them, what failed without an answer is not. */
  requestCount: z.number(),
  usage: usageSchema,
})
export type UsageRow = z.infer<typeof usageRowSchema>

/** What a session used in the time that was asked for, which may be less than all it did. */
export const sessionUsageSchema = z.object({
  session: sessionSchema,
  requestCount: z.number(),
  usage: usageSchema,
  /** Null when none of its models has a price. */
  usd: z.number().nullable(),
  /** All of it with a key. */
  isPaid: z.boolean(),
})
export type SessionUsage = z.infer<typeof sessionUsageSchema>

export interface UsageSum<K> {
  key: K
  requestCount: number
  usage: Usage
  /** Null when none of its models has a price. */
  usd: number | null
  /** Models without a price: their part is missing from `usd`. */
  unpriced: string[]
}

/** The rows put together by what `keyOf` says of them, in the order in which their keys came first. */
export function sumUsage<K>(rows: UsageRow[], keyOf: (row: UsageRow) => K, prices: PriceTable): UsageSum<K>[] {
  const groups = Map.groupBy(rows, keyOf)
  return [...groups].map(([key, group]) => ({
    key,
    requestCount: group.reduce((sum, { requestCount }) => sum + requestCount, 0),
    usage: group.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
    usd: priceGroups(prices, mergeGroups(group))?.usd ?? null,
    unpriced: unpricedIn(group, prices),
  }))
}

function unpricedIn(rows: UsageRow[], prices: PriceTable): string[] {
  const unpriced = rows.filter(({ model }) => findPrice(prices, model) === null)
  return [...new Set(unpriced.map(({ model }) => model ?? 'unknown'))]
}
