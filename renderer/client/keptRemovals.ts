import { type SavedSearch, savedSearchSchema } from '../../contract/domain/search.ts'
import type { Removal } from './state.ts'

const storageKey = 'tapedeck.removals'

type Kept = { undoUntil: number } & ({ ids: string[] } | { search: SavedSearch; at: number })

/** So that a reload of the page loses none. Of sessions the ids alone: nothing of what was deleted is to stand in the browser's files. */
export function keepRemovals(removals: readonly Removal[]) {
  const kept = removals.map(({ undoUntil, ...removal }): Kept => {
    if (removal.what === 'sessions') return { undoUntil, ids: removal.sessions.map(({ id }) => id) }
    return { undoUntil, search: removal.search, at: removal.at }
  })
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // Then they last as long as the page.
  }
}

/** What can still be taken back, the newest last. */
export function readKeptRemovals(now: number): Removal[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as Kept[]
    return kept
      .filter(({ undoUntil }) => undoUntil > now)
      .map(({ undoUntil, ...removal }): Removal => {
        if ('ids' in removal)
          return { what: 'sessions', undoUntil, sessions: removal.ids.map((id) => ({ id, title: null })) }
        return { what: 'search', undoUntil, search: savedSearchSchema.parse(removal.search), at: removal.at }
      })
  } catch {
    return []
  }
}
