import type { Item, Turn } from '../../contract/domain/turn.ts'
import { isUnread } from '../client/unreadTurns.ts'
import { isOfExchange } from './isOfExchange.ts'
import type { ConversationRow } from './layOutRows.ts'

/** What an address leads to: an item, else an exchange, else a turn; nothing when all are null. */
export interface Target {
  turnId: string | null
  itemId: string | null
  exchangeId: string | null
}

export function leadsSomewhere({ turnId, itemId }: Target): boolean {
  return turnId !== null || itemId !== null
}

/** Whether it lies in a part that is still to be read, or may. */
export function isTargetUnread(turns: Turn[], { turnId, itemId }: Target): boolean {
  if (turnId !== null) return turns.some((turn) => turn.id === turnId && isUnread(turn))
  if (itemId === null || !turns.some(isUnread)) return false
  return !turns.some(({ items }) => items.some(({ id }) => id === itemId))
}

/** The row to show. An item that is gone, as after deriving anew, leads to the beginning of its turn, if that is known. */
export function findTarget(rows: ConversationRow[], { turnId, itemId, exchangeId }: Target): ConversationRow | null {
  const holds = (row: ConversationRow, isIt: (item: Item) => boolean) =>
    row.kind === 'item' ? isIt(row.item) : row.kind === 'retries' && row.attempts.some((attempt) => isIt(attempt.item))
  const isSought = (row: ConversationRow) => row.key === itemId || holds(row, ({ id }) => id === itemId)
  return (
    (itemId === null ? undefined : rows.find(isSought)) ??
    (exchangeId === null ? undefined : rows.find((row) => isOfExchange(row, exchangeId))) ??
    (turnId === null ? undefined : rows.find(({ turn }) => turn.id === turnId)) ??
    null
  )
}

/** What of the target is not in the conversation any more; null while a part that may hold it is still to be read. */
export function findGone(turns: Turn[], rows: ConversationRow[], target: Target): 'turn' | 'request' | 'item' | null {
  const { turnId, itemId, exchangeId } = target
  const isAllRead = !turns.some(isUnread)
  if (itemId !== null) {
    const isThere =
      turns.some(({ items }) => items.some(({ id }) => id === itemId)) || rows.some(({ key }) => key === itemId)
    return isThere || !isAllRead ? null : 'item'
  }
  if (exchangeId !== null) {
    const isThere = turns.some(({ exchanges }) => exchanges.some(({ id }) => id === exchangeId))
    return isThere || !isAllRead ? null : 'request'
  }
  // Of every turn at least the outline is known.
  return turnId === null || turns.some(({ id }) => id === turnId) ? null : 'turn'
}
