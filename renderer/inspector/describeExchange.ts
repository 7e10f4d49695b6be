import type { Exchange } from '../../contract/domain/exchange.ts'
import { filesOf, nameCall } from '../../contract/domain/openCall.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { formatCount } from '../ui/formatting.ts'

/** What came of a request, in a few words: `edited 1 file`, `ran node --test`, `answered`. */
export function describeExchange(exchange: Exchange, turn: Turn): string {
  switch (exchange.kind) {
    case 'prewarm':
      return 'opened the connection'
    case 'compaction':
      return 'compacted the conversation'
    case 'title':
      return 'made a title'
    default:
      return (
        describeItems(turn.items.filter(({ exchangeId }) => exchangeId === exchange.id)) ?? describeNothing(exchange)
      )
  }
}

function describeItems(items: Item[]): string | null {
  const calls = items.flatMap((item) => (item.type === 'toolCall' ? [item] : []))
  const files = new Set(calls.flatMap(({ patch }) => (patch === null ? [] : filesOf(patch))))
  const others = calls.filter(({ patch, commands }) => patch === null || commands.length > 0)
  const [first, ...more] = others
  const did = [
    ...(files.size > 0 ? [`edited ${formatCount(files.size, 'file')}`] : []),
    ...(first && more.length === 0 ? [`${first.commands.length > 0 ? 'ran' : 'used'} ${nameCall(first)}`] : []),
    ...(more.length > 0 ? [`made ${formatCount(others.length, 'call')}`] : []),
  ]
  if (did.length > 0) return did.join(', ')
  if (items.some(({ type }) => type === 'compaction')) return 'compacted the conversation'
  if (items.some(({ type }) => type === 'assistantMessage')) return 'answered'
  return items.some(({ type }) => type === 'reasoning') ? 'thought' : null
}

function describeNothing({ status }: Exchange): string {
  switch (status) {
    case 'live':
      return 'in progress'
    case 'completed':
      return 'said nothing'
    case 'failed':
      return 'failed'
    case 'aborted':
      return 'was stopped'
    case 'cut':
      return 'broke off'
  }
}
