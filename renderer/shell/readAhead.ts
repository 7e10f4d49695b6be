import type { Client } from '../client/client.ts'
import { parseRoute } from './route.ts'

/** Long enough for the page to be drawn that keeps it. */
const keptMs = 1_000

/** Where an address leads to a conversation, that is asked for before the page is drawn that shows it. */
export function readAhead(client: Client): void {
  addEventListener('hashchange', () => {
    const route = parseRoute(location.hash)
    if (route.page !== 'session') return
    setTimeout(client.watchConversation(route.sessionId, route.turnId), keptMs)
  })
}
