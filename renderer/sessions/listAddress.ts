import { useEffect } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import type { ListView } from '../client/state.ts'
import { formatRoute, goTo, parseRoute, type Route } from '../shell/route.ts'
import { keepView, readKeptView } from './keptView.ts'

export const starredQuery = 'is:starred'

/** The address of the list as it is now narrowed and sorted. */
export function routeOfView({ query, sort }: ListView): Route {
  if (query === starredQuery && sort === 'updated') return { page: 'starred' }
  return { page: 'sessions', ...(query === '' ? {} : { query }), ...(sort === 'updated' ? {} : { sort }) }
}

/** Narrows the list: at its own address, or beside the session that is read, which stays. */
export function showView(client: Client, view: ListView) {
  if (parseRoute(location.hash).page === 'session') void client.setView(view)
  else if (formatRoute(routeOfView(view)) === location.hash) void client.setView(view)
  else goTo(routeOfView(view))
}

/** The list shows what its address says, and keeps it while a session of it is read, also over a reload. */
export function useListAddress(route: Route) {
  const client = useClient()
  useEffect(() => {
    const kept = parseRoute(location.hash).page === 'session' ? readKeptView() : null
    if (kept) void client.setView(kept)
    return client.store.subscribe(({ view }, before) => {
      if (view !== before.view) keepView(view)
    })
  }, [client])
  const address = route.page === 'sessions' || route.page === 'starred' ? formatRoute(route) : null
  useEffect(() => {
    if (address === null) return
    const asked = parseRoute(address)
    if (asked.page === 'starred') void client.setView({ query: starredQuery, sort: 'updated' })
    else if (asked.page === 'sessions') {
      void client.setView({ query: asked.query ?? '', sort: asked.sort ?? 'updated' })
    }
  }, [client, address])
}
