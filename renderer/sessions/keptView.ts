import { sessionSortSchema } from '../../contract/domain/sessionQuery.ts'
import type { ListView } from '../client/state.ts'

const storageKey = 'tapedeck.view'

/** What the list beside a session shows, which that one's address does not say; for a reload of the page. */
export function keepView({ query, sort }: ListView) {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ query, sort }))
  } catch {
    // Then it lasts as long as the page.
  }
}

export function readKeptView(): ListView | null {
  try {
    const { query, sort } = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>
    return typeof query === 'string' ? { query, sort: sessionSortSchema.parse(sort) } : null
  } catch {
    return null
  }
}
