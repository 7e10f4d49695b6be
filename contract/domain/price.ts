import { z } from 'zod'
import { addUsage, type Usage, usageSchema } from './usage.ts'

/** A request whose input is longer than this is long, and may cost more, all of it. */
export const longInputTokens = 272_000

const dollars = z.number().min(0).max(100_000)

/** US dollars for a million tokens. */
export const priceSchema = z.object({
  input: dollars,
  cached: dollars,
  output: dollars,
  /** So many times as much for a long request. */
  long: z.object({ input: z.number().min(0).max(100), output: z.number().min(0).max(100) }).optional(),
})
export type Price = z.infer<typeof priceSchema>

export const priceTableSchema = z.object({
  /** The day of these prices, as `2026-11-24`. */
  asOf: z.string().max(40),
  source: z.string().max(300),
  models: z.record(z.string(), priceSchema),
})
export type PriceTable = z.infer<typeof priceTableSchema>

const long = { input: 2, output: 1.5 }

/**
 * What OpenAI's list said, for its standard tier. Writing to the cache, priority, flex and regional surcharges are not in it.
 * A model that is not listed has no price: none is guessed.
 */
export const builtInPrices: PriceTable = {
  asOf: '2026-11-18',
  source: 'list prices as known then, standard tier',
  models: {
    'gpt-6.2-astra': { input: 8, cached: 0.4, output: 40, long },
    'gpt-6.2-sol': { input: 2, cached: 0.1, output: 10, long },
    'gpt-6.1-sol': { input: 2, cached: 0.1, output: 10, long },
    'gpt-6.1-terra': { input: 1, cached: 0.05, output: 5, long },
    'gpt-6-astra': { input: 10, cached: 1, output: 50, long },
    'gpt-6-sol': { input: 2, cached: 0.2, output: 10, long },
    'gpt-6-luna': { input: 0.1, cached: 0.01, output: 0.5, long },
    'gpt-5.6-sol': { input: 4, cached: 0.4, output: 20, long },
    'gpt-5.6-terra': { input: 2, cached: 0.2, output: 12, long },
    'gpt-5.6-luna': { input: 0.2, cached: 0.02, output: 1.2, long },
    'gpt-5.5': { input: 5, cached: 0.5, output: 30, long },
    'gpt-5.4': { input: 2.5, cached: 0.25, output: 15, long },
    'gpt-5.4-mini': { input: 0.75, cached: 0.075, output: 4.5 },
  },
}

/** By its name, or by its name without the day of its version: `gpt-5.5-2026-05-01`. Null for a model without a price. */
export function findPrice(table: PriceTable, model: string | null): Price | null {
  if (model === null) return null
  const name = Object.hasOwn(table.models, model) ? model : model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return Object.hasOwn(table.models, name) ? (table.models[name] as Price) : null
}

/** Tokens of requests that have one price. */
export const usageGroupSchema = z.object({ model: z.string().nullable(), isLong: z.boolean(), usage: usageSchema })
export type UsageGroup = z.infer<typeof usageGroupSchema>

/** What told of no usage is not there: it is a failed request, which costs nothing. */
export function groupUsage(exchanges: { model: string | null; usage: Usage | null }[]): UsageGroup[] {
  return mergeGroups(
    exchanges.flatMap(({ model, usage }) =>
      usage && usage.totalTokens > 0 ? [{ model, isLong: usage.inputTokens > longInputTokens, usage }] : [],
    ),
  )
}

/** One group for each model and length. Nothing of what came in is changed. */
export function mergeGroups(groups: UsageGroup[]): UsageGroup[] {
  const merged = new Map<string, UsageGroup>()
  for (const group of groups) {
    const key = `${group.isLong} ${group.model}`
    const known = merged.get(key)
    merged.set(key, known ? { ...known, usage: addUsage(known.usage, group.usage) } : group)
  }
  return [...merged.values()]
}

export interface Cost {
  usd: number
  /** Models that used tokens and have no price: their part is missing from the sum. */
  unpriced: string[]
}

/** What they cost at these prices; null when none of them has a price, or when there are none. */
export function priceGroups(table: PriceTable, groups: UsageGroup[]): Cost | null {
  let usd: number | null = null
  const unpriced = new Set<string>()
  for (const { model, isLong, usage } of groups) {
    const price = findPrice(table, model)
    if (price) usd = (usd ?? 0) + priceUsage(price, isLong, usage)
    else unpriced.add(model ?? 'unknown')
  }
  return usd === null ? null : { usd, unpriced: [...unpriced] }
}

function priceUsage(price: Price, isLong: boolean, usage: Usage): number {
  const factor = (isLong ? price.long : null) ?? { input: 1, output: 1 }
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens)
  const input = (usage.inputTokens - cached) * price.input + cached * price.cached
  return (input * factor.input + usage.outputTokens * price.output * factor.output) / 1_000_000
}
