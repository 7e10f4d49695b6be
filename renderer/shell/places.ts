import type { Route } from './route.ts'

/** Where `g` and one more key lead. */
export const places: { key: string; name: string; route: Route }[] = [
  { key: 'l', name: 'Live', route: { page: 'live' } },
  { key: 's', name: 'Sessions', route: { page: 'sessions' } },
  { key: 't', name: 'Starred', route: { page: 'starred' } },
  { key: 'u', name: 'Usage', route: { page: 'usage' } },
  { key: 'a', name: 'Account', route: { page: 'account' } },
  { key: ',', name: 'Settings', route: { page: 'settings' } },
]
