import { useSyncExternalStore } from 'react'

/** What the window shows, and its address: `#/live`, `#/sessions`, `#/account`, `#/session/ID`, `#/session/ID/turn/TID`. */
export type Route =
  | { page: 'live' }
  | { page: 'sessions' }
  | { page: 'account' }
  | { page: 'session'; sessionId: string; turnId: string | null }

export function parseRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  if (parts[0] === 'live' || parts[0] === 'account') return { page: parts[0] }
  if (parts[0] === 'session' && parts[1]) {
    return { page: 'session', sessionId: parts[1], turnId: parts[2] === 'turn' && parts[3] ? parts[3] : null }
  }
  return { page: 'sessions' }
}

export function formatRoute(route: Route): string {
  if (route.page !== 'session') return `#/${route.page}`
  const turn = route.turnId === null ? '' : `/turn/${encodeURIComponent(route.turnId)}`
  return `#/session/${encodeURIComponent(route.sessionId)}${turn}`
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
