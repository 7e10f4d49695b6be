import { useEffect, useState } from 'react'
import type { SearchHit } from '../../contract/domain/search.ts'
import { useClient } from '../client/ClientProvider.tsx'

export interface SearchState {
  /** The query that `hits` answer; they stay while the next one is on its way. */
  query: string
  hits: SearchHit[]
  total: number
  message: string | null
}

const nothing: SearchState = { query: '', hits: [], total: 0, message: null }
const pauseMs = 120

/** Asks once the reader pauses, and lets only the answer to the latest question through. */
export function useSearch(query: string): SearchState {
  const client = useClient()
  const [state, setState] = useState(nothing)
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') {
      setState(nothing)
      return
    }
    let isCurrent = true
    const timer = setTimeout(async () => {
      const reply = await client.call('search/query', { query: wanted, limit: 60 })
      if (!isCurrent) return
      setState(
        reply.ok
          ? { query: wanted, hits: reply.value.hits, total: reply.value.total, message: null }
          : { ...nothing, query: wanted, message: reply.error.message },
      )
    }, pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [client, wanted])
  return state
}
