import { useEffect, useRef, useState } from 'react'
import type { SearchKind } from '../../contract/domain/search.ts'
import { readSearch, withoutPart } from '../../contract/domain/searchLanguage.ts'
import { useClient } from '../client/ClientProvider.tsx'
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
const pauseMs = 80
const shownOfKind = 4
const moreOfKind = 50

/** Asks once the reader pauses, and lets only the answer to the latest question through. What is not typed to its end is left out. */
export function useSearch(typed: string): SearchState {
  const client = useClient()
  const [state, setState] = useState<Omit<SearchState, 'more'>>(nothing)
  const latest = useRef('')
  const wanted = askable(typed)
  useEffect(() => {
    latest.current = wanted
    if (wanted.trim() === '') {
      setState(nothing)
      return
    }
    const [problem] = readSearch(wanted, Date.now()).problems
    if (problem) {
      setState({ ...nothing, query: wanted, message: problem.message })
      return
    }
    const timer = setTimeout(async () => {
      const reply = await client.call('search/query', { query: wanted, limit: shownOfKind, isGrouped: true })
      if (latest.current !== wanted) return
      setState(
        reply.ok
          ? { query: wanted, found: reply.value, message: null }
          : { ...nothing, query: wanted, message: reply.error.message },
      )
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [client, wanted])

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
