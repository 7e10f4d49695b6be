import { type SavedSearch, savedSearchSchema } from '../../contract/domain/search.ts'
import type { Removal } from './removalList.ts'

const storageKey = 'tapedeck.forgottenSearches'

interface Kept {
  search: SavedSearch
  at: number
  undoUntil: number
}

/** Main forgets a search at once: so that a reload of the page does not lose it. What was deleted main still has. */
export function keepForgottenSearches(removals: readonly Removal[]) {
  const kept = removals.flatMap((removal): Kept[] => {
    if (removal.what !== 'search') return []
    const { search, at, undoUntil } = removal
    return [{ search, at, undoUntil }]
  })
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // Then they last as long as the page.
  }
}

/** Those that can still be put back. */
export function readForgottenSearches(now: number): Removal[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as Kept[]
    return kept
      .filter(({ undoUntil }) => undoUntil > now)
      .map(({ search, at, undoUntil }) => ({ what: 'search', search: savedSearchSchema.parse(search), at, undoUntil }))
  } catch {
    return []
  }
}
