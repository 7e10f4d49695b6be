import { useMemo } from 'react'
import type { SavedSearch } from '../../contract/domain/search.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { orderSessions } from '../sessions/groupSessions.ts'
import { useRoute } from '../shell/route.ts'
import { completeQuery } from './completeQuery.ts'
import { type Entry, listEntries } from './paletteEntries.ts'
import { recentActions } from './recentActions.ts'
import { type Openers, useActions } from './useActions.ts'
import { useKnownValues } from './useKnownValues.ts'
import type { SearchState } from './useSearch.ts'

const noSearches: SavedSearch[] = []

/** Whether nothing was found for what is typed: neither what was said nor a session of that name. */
export function isFruitless({ query, found, message }: Omit<SearchState, 'more'>, typed: string): boolean {
  const isAnswered = typed.trim() !== '' && query.trim() === typed.trim() && message === null
  return isAnswered && found.total === 0 && found.sessions.length === 0
}

/** All that the palette offers for what is typed. */
export function usePaletteEntries(query: string, search: SearchState, openers: Openers): Entry[] {
  const route = useRoute()
  const sessions = useAppState((state) => state.sessions)
  const saved = useAppState(({ settings }) => settings?.value.savedSearches ?? noSearches)
  const known = useKnownValues(true)
  const actions = useActions(route, openers)
  const recent = useMemo(() => orderSessions(Object.values(sessions)), [sessions])
  const lastDone = useMemo(recentActions, [])
  const isNothing = isFruitless(search, query)
  return useMemo(
    () =>
      listEntries({
        query,
        completions: completeQuery(query, known),
        recent,
        saved,
        actions,
        recentActions: lastDone,
        found: search.found,
        isSound: readSearch(query.trim(), Date.now()).problems.length === 0,
        isFruitless: isNothing,
      }),
    [query, known, recent, saved, actions, lastDone, search.found, isNothing],
  )
}
