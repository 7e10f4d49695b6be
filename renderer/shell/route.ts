import { useSyncExternalStore } from 'react'

/**
 * What the window shows, and its address: `#/live`, `#/sessions`, `#/starred`, `#/account`, `#/usage`, `#/session/ID`,
 * `#/session/ID/turn/TID`, `#/session/ID/turn/TID/exchange/EID`, `#/session/ID/turn/TID/item/IID`, `#/session/ID/item/IID`.
 */
export type Route =
  | { page: 'live' }
  | { page: 'sessions' }
  | { page: 'starred' }
  | { page: 'account' }
  | { page: 'usage' }
  | { page: 'session'; sessionId: string; turnId: string | null; exchangeId?: string; itemId?: string }

export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  if (parts[0] === 'live' || parts[0] === 'starred' || parts[0] === 'account') return { page: parts[0] }
  if (parts[0] === 'usage') return { page: 'usage' }
  if (parts[0] === 'session' && parts[1]) {
    const turnId = parts[2] === 'turn' && parts[3] ? parts[3] : null
    const exchangeId = turnId !== null && parts[4] === 'exchange' && parts[5] ? parts[5] : null
    const itemAt = turnId === null ? 2 : 4
    const itemId = parts[itemAt] === 'item' && parts[itemAt + 1] ? parts[itemAt + 1] : undefined
    return {
      page: 'session',
      sessionId: parts[1],
      turnId,
      ...(exchangeId === null ? {} : { exchangeId }),
      ...(itemId === undefined ? {} : { itemId }),
    }
  }
  return { page: 'sessions' }
}

export function formatRoute(route: Route): string {
  if (route.page !== 'session') return `#/${route.page}`
  const turn = route.turnId === null ? '' : `/turn/${encodeURIComponent(route.turnId)}`
  const exchange = turn && route.exchangeId ? `/exchange/${encodeURIComponent(route.exchangeId)}` : ''
  const item = !exchange && route.itemId ? `/item/${encodeURIComponent(route.itemId)}` : ''
  return `#/session/${encodeURIComponent(route.sessionId)}${turn}${exchange}${item}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash))
}

export function goTo(route: Route) {
  location.hash = formatRoute(route)
}

/** Like `goTo`, but Back does not return to here: for stepping through a list. */
export function replaceRoute(route: Route) {
  location.replace(formatRoute(route))
}

function subscribe(listener: () => void) {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
