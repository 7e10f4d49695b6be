import { useEffect, useRef, useState } from 'react'
import type { SearchKind } from '../../contract/domain/search.ts'
import { readSearch, withoutPart } from '../../contract/domain/searchLanguage.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { createRepeater } from '../client/repeater.ts'
import { type Found, mostOfKind, withMore } from './withMore.ts'

export interface SearchState {
  /** The query that `found` answers; it stays while the next one is on its way. */
  query: string
  found: Found
  message: string | null
  /** Shows more hits of a kind. */
  more(kind: SearchKind): void
}

const nothing = { query: '', found: { hits: [], total: 0, kinds: [], sessions: [] }, message: null }
/** A question that was lost with one is answered as well, with that. */
const everyConnection = { ofThisConnection: () => () => true }
const shownOfKind = 4
const moreOfKind = 50

/**
 * Asks for each letter, and while an answer is on its way for the latest one alone, after it: however slow the answers are, no
 * question waits behind another. Only the answer to what is typed now is shown. What is not typed to its end is left out.
 */
export function useSearch(typed: string): SearchState {
  const client = useClient()
  const [state, setState] = useState<Omit<SearchState, 'more'>>(nothing)
  const latest = useRef<string | null>(null)
  const [ask] = useState(() =>
    createRepeater(everyConnection, async () => {
      const query = latest.current
      if (query === null) return
      const reply = await client.call('search/query', { query, limit: shownOfKind, isGrouped: true })
      if (latest.current !== query) return
      setState(
        reply.ok ? { query, found: reply.value, message: null } : { ...nothing, query, message: reply.error.message },
      )
    }),
  )
  const wanted = askable(typed)
  useEffect(() => {
    const [problem] = readSearch(wanted, Date.now()).problems
    const isAsked = wanted.trim() !== '' && !problem
    latest.current = isAsked ? wanted : null
    if (isAsked) ask()
    else setState(problem ? { ...nothing, query: wanted, message: problem.message } : nothing)
  }, [ask, wanted])

  async function more(kind: SearchKind) {
    const shown = state.found.hits.filter((hit) => hit.kind === kind).length
    const limit = Math.min(mostOfKind, shown + moreOfKind)
    const reply = await client.call('search/query', { query: state.query, kind, limit })
    if (latest.current !== state.query) return
    // Of another kind more may have come meanwhile.
    setState((known) =>
      reply.ok
        ? { ...known, found: withMore(known.found, kind, reply.value, limit) }
        : { ...known, message: reply.error.message },
    )
  }
  return { ...state, more: (kind) => void more(kind) }
}

function askable(typed: string): string {
  const unfinished = readSearch(typed, Date.now()).problems.find(({ isUnfinished }) => isUnfinished)
  // A space at the end closes the last word.
  return unfinished ? `${withoutPart(typed, unfinished)} ` : typed.trimStart()
}
