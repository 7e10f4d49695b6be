import type { Client } from '../client/client.ts'
import { parseRoute } from './route.ts'

/** A pointer on its way across the list rests on no row as long as this. */
const restMs = 60

/**
 * Asks for a conversation before the page is drawn that shows it: as soon as the address leads to it, and already while a
 * pointer rests on a link to it, or presses it. What was only pointed at is let go when the pointer goes on.
 */
export function readAhead(client: Client): void {
  const opened = holdOne(client)
  addEventListener('hashchange', () => opened(location.hash))

  const pointed = holdOne(client)
  let hash: string | null = null
  let rest: ReturnType<typeof setTimeout> | undefined
  addEventListener('pointerover', ({ target }) => {
    const next = linkOf(target)
    if (next === hash) return
    hash = next
    clearTimeout(rest)
    pointed(null)
    if (next !== null) rest = setTimeout(() => pointed(next), restMs)
  })
  // A finger rests nowhere before it presses.
  addEventListener('pointerdown', ({ target }) => {
    clearTimeout(rest)
    hash = linkOf(target)
    pointed(hash)
  })
}

/** Watches the conversation of the address it is told, instead of the one before. */
function holdOne(client: Client): (hash: string | null) => void {
  let release = () => {}
  return (hash) => {
    const route = hash === null ? null : parseRoute(hash)
    const before = release
    release = route?.page === 'session' ? client.watchConversation(route.sessionId, route.turnId) : () => {}
    before()
  }
}

function linkOf(target: EventTarget | null): string | null {
  return (target instanceof Element && target.closest('a[href^="#"]')?.getAttribute('href')) || null
}
