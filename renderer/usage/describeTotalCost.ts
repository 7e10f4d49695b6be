import type { PriceTable } from '../../contract/domain/price.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import { formatShortCost, formatUsd } from '../ui/money.ts'

/** The sum, and what it means: on a plan it is what the same tokens would cost, with a key it was paid. */
export function describeTotalCost(rows: UsageRow[], prices: PriceTable): { sum: string; words: string } {
  const sums = sumUsage(rows, ({ accountMode }) => accountMode === 'apiKey', prices)
  const paid = sums.find(({ key }) => key)?.usd ?? null
  const covered = sums.find(({ key }) => !key)?.usd ?? null
  if (paid === null && covered === null) return { sum: '–', words: 'no price is known' }
  const isAllPaid = sums.every(({ key }) => key)
  const sum = formatShortCost((paid ?? 0) + (covered ?? 0), isAllPaid ? 'apiKey' : 'chatgpt')
  if (isAllPaid) return { sum, words: 'paid with a key' }
  return { sum, words: paid === null ? 'at API prices' : `at API prices; ${formatUsd(paid)} of it with a key` }
}
