import type { Item } from '../../contract/domain/turn.ts'
import { failureOf } from './failureOf.ts'
import type { Lane } from './layOutConversation.ts'
import type { ConversationRow } from './layOutRows.ts'

/** Whether a row came of a request. A fold that is closed stands for what is in it. */
export function isOfExchange(row: ConversationRow, exchangeId: string): boolean {
  const isIt = (item: Item) => item.exchangeId === exchangeId
  switch (row.kind) {
    case 'item':
      return isIt(row.item)
    case 'retries':
      return row.attempts.some(({ item }) => isIt(item))
    case 'failure':
      return isIt(failureOf(row.turn))
    case 'run':
      return !row.isOpen && row.run.calls.some(isIt)
    case 'lane':
      return !row.isOpen && holds(row.lane, exchangeId)
    default:
      return false
  }
}

function holds({ turns }: Lane, exchangeId: string): boolean {
  return turns.some(
    ({ turn, rows }) =>
      turn.exchanges.some(({ id }) => id === exchangeId) ||
      rows.some((row) => row.kind === 'lane' && holds(row.lane, exchangeId)),
  )
}
