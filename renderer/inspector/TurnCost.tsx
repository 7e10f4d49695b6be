import { groupUsage, priceGroups } from '../../contract/domain/price.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { explainCost, formatShortCost } from '../ui/money.ts'
import { usePrices } from './usePrices.ts'

/** What a turn cost, or would have; nothing while no price of it is known. */
export function TurnCost({ turn }: { turn: Turn }) {
  const prices = usePrices()
  const cost = prices && priceGroups(prices.table, groupUsage(turn.exchanges))
  if (!cost) return null
  const accountMode = turn.exchanges.at(-1)?.accountMode ?? null
  const title = `${explainCost(accountMode, cost)} Prices of ${prices.table.asOf}.`.trim()
  return <span title={title}>{formatShortCost(cost.usd, accountMode)}</span>
}
