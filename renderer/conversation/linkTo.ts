import { formatRoute } from '../shell/route.ts'
import type { ConversationRow } from './layOutRows.ts'

/**
 * An address that leads to a row from outside of the window: in a browser the page's own, in the desktop application, which
 * has none that others could open, its deep link.
 */
export function linkTo(
  sessionId: string,
  row: ConversationRow,
  place: Pick<Location, 'protocol' | 'origin' | 'pathname'>,
) {
  const isPage = place.protocol === 'http:' || place.protocol === 'https:'
  if (!isPage) {
    const itemId = row.kind === 'item' || row.kind === 'retries' ? row.key : row.turn.items[0]?.id
    return `tapedeck://session/${sessionId}${itemId === undefined ? '' : `/item/${itemId}`}`
  }
  const isTurn = row.kind === 'end' || row.kind === 'unread'
  const route = { page: 'session', sessionId, turnId: row.turn.id } as const
  return `${place.origin}${place.pathname}${formatRoute(isTurn ? route : { ...route, itemId: row.key })}`
}
