import type { Client } from '../client/client.ts'
import { parseRoute } from './route.ts'

/** Where an address leads to a conversation, that is asked for before the page is drawn that shows it. */
export function readAhead(client: Client): void {
  let release = () => {}
  addEventListener('hashchange', () => {
    const route = parseRoute(location.hash)
    const before = release
    release = route.page === 'session' ? client.watchConversation(route.sessionId, route.turnId) : () => {}
    before()
  })
}
