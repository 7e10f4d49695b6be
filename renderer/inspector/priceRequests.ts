import type { Exchange } from '../../contract/domain/exchange.ts'
import { groupUsage, type PriceTable, priceGroups } from '../../contract/domain/price.ts'

/** What each request cost, as far as it has a price, and which one of several cost more than any other. */
export function priceRequests(
  exchanges: Exchange[],
  table: PriceTable | null,
): { costs: Map<string, number>; dearestId: string | null } {
  const costs = new Map<string, number>()
  for (const exchange of exchanges) {
    const cost = table && priceGroups(table, groupUsage([exchange]))
    if (cost) costs.set(exchange.id, cost.usd)
  }
  const [first, second] = [...costs].sort((a, b) => b[1] - a[1])
  return { costs, dearestId: first && second && first[1] > second[1] ? first[0] : null }
}
