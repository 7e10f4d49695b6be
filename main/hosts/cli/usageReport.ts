import type { PriceTable } from '../../../contract/domain/price.ts'
import { noUsage } from '../../../contract/domain/usage.ts'
import { sumUsage, type UsageRow, type UsageSum } from '../../../contract/domain/usageReport.ts'

export const usageKeys = ['project', 'model', 'day'] as const
export type UsageKey = (typeof usageKeys)[number]

export interface UsageReport {
  since: number
  until: number | null
  /** Whose days they are. */
  timeZone: string
  by: UsageKey
  sums: UsageSum<string | null>[]
  total: UsageSum<null>
  /** Whether all of it was paid with a key. */
  isPaid: boolean
  prices: PriceTable
}

export function reportUsage(
  rows: UsageRow[],
  { since, until, timeZone, by, prices }: Pick<UsageReport, 'since' | 'until' | 'timeZone' | 'by' | 'prices'>,
): UsageReport {
  const sums = sumUsage(rows, (row) => row[by], prices)
  const [total = { key: null, requestCount: 0, usage: noUsage, usd: null, unpriced: [] }] = sumUsage(
    rows,
    () => null,
    prices,
  )
  if (by !== 'day') sums.sort((a, b) => (b.usd ?? 0) - (a.usd ?? 0) || b.usage.totalTokens - a.usage.totalTokens)
  const isPaid = rows.length > 0 && rows.every(({ accountMode }) => accountMode === 'apiKey')
  return { since, until, timeZone, by, sums, total, isPaid, prices }
}
