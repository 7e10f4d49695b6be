import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { formatCount } from '../ui/formatting.ts'

/** The requests of a session as the usage page counts them, then what else was sent; null where there is nothing else. */
export function describeRequests(turns: Turn[], exchangeCount: number): { count: string; besides: string | null } {
  const exchanges = turns.flatMap((turn) => turn.exchanges)
  const told = exchanges.filter(isTold).length
  // What is still being answered will tell.
  const untold = exchanges.filter((exchange) => exchange.status !== 'live' && !isTold(exchange)).length
  const ofNoTurn = Math.max(0, exchangeCount - exchanges.length)
  const besides = [
    untold > 0 && `${formatCount(untold, 'more', 'more')} that reported no tokens`,
    ofNoTurn > 0 &&
      `${formatCount(ofNoTurn, 'more', 'more')} outside of turns, to open a connection or to make a title`,
  ].filter((words) => words !== false)
  return { count: formatCount(told, 'request'), besides: besides.length === 0 ? null : `And ${besides.join(', ')}.` }
}

function isTold({ usage }: Exchange): boolean {
  return usage !== null && usage.totalTokens > 0
}
