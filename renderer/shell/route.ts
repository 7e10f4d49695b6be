import { useSyncExternalStore } from 'react'
import { type SessionSort, sessionSortSchema } from '../../contract/domain/sessionQuery.ts'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import { formatUsageView, readUsageView, type UsageView } from '../usage/usageView.ts'

/**
 * What the window shows, and its address: `#/live`, `#/sessions`, `#/sessions?q=QUERY&sort=ORDER`, `#/starred`, `#/account`,
 * `#/usage`, `#/usage?range=7&by=project&at=DAY`, `#/settings`, `#/session/ID`, `#/session/ID/turn/TID`, `#/session/ID/turn/TID/exchange/EID`, `#/session/ID/turn/TID/item/IID`, `#/session/ID/item/IID`.
 * `?elsewhere=resume` (or `fork`) behind a session's asks in which folder it is to go on, once.
 */
export type Route =
  | { page: 'live' }
  | { page: 'sessions'; query?: string; sort?: SessionSort }
  | { page: 'starred' }
  | { page: 'account' }
  | { page: 'settings' }
  | { page: 'usage'; view?: UsageView }
  | SessionRoute

export interface SessionRoute {
  page: 'session'
  sessionId: string
  turnId: string | null
  exchangeId?: string
  itemId?: string
  elsewhere?: GoingOn['type']
}

export function parseRoute(hash: string): Route {
  const [path = '', search] = hash.split(/\?(.*)/s)
  const parts = path
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  const [page] = parts
  if (page === 'live' || page === 'starred' || page === 'account' || page === 'settings') return { page }
  if (page === 'usage') return search ? { page, view: readUsageView(new URLSearchParams(search)) } : { page }
  if (parts[0] === 'session' && parts[1]) {
    const turnId = parts[2] === 'turn' && parts[3] ? parts[3] : null
    const exchangeId = turnId !== null && parts[4] === 'exchange' && parts[5] ? parts[5] : null
    const itemAt = turnId === null ? 2 : 4
    const itemId = parts[itemAt] === 'item' && parts[itemAt + 1] ? parts[itemAt + 1] : undefined
    const elsewhere = new URLSearchParams(search).get('elsewhere')
    return {
      page: 'session',
      sessionId: parts[1],
      turnId,
      ...(exchangeId === null ? {} : { exchangeId }),
      ...(itemId === undefined ? {} : { itemId }),
      ...(elsewhere === 'resume' || elsewhere === 'fork' ? { elsewhere } : {}),
    }
  }
  return { page: 'sessions', ...readView(new URLSearchParams(search)) }
}

/** Whether the sessions are shown for want of a page of that name. No address at all is none that has to be put right. */
export function isUnknownAddress(hash: string): boolean {
  return parseRoute(hash).page === 'sessions' && !/^#?(?:\/?(?:sessions)?(?:\?.*)?)?$/s.test(hash)
}

export function formatRoute(route: Route): string {
  if (route.page === 'sessions') {
    const view = new URLSearchParams()
    if (route.query) view.set('q', route.query)
    if (route.sort) view.set('sort', route.sort)
    return view.size === 0 ? '#/sessions' : `#/sessions?${view}`
  }
  if (route.page === 'usage' && route.view) {
    const view = formatUsageView(route.view)
    return view === '' ? '#/usage' : `#/usage?${view}`
  }
  if (route.page !== 'session') return `#/${route.page}`
  const turn = route.turnId === null ? '' : `/turn/${encodeURIComponent(route.turnId)}`
  const exchange = turn && route.exchangeId ? `/exchange/${encodeURIComponent(route.exchangeId)}` : ''
  const item = !exchange && route.itemId ? `/item/${encodeURIComponent(route.itemId)}` : ''
  const elsewhere = route.elsewhere ? `?elsewhere=${route.elsewhere}` : ''
  return `#/session/${encodeURIComponent(route.sessionId)}${turn}${exchange}${item}${elsewhere}`
}

function readView(search: URLSearchParams): { query?: string; sort?: SessionSort } {
  const query = search.get('q')?.trim()
  const sort = sessionSortSchema.safeParse(search.get('sort'))
  return { ...(query ? { query } : {}), ...(sort.success ? { sort: sort.data } : {}) }
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
