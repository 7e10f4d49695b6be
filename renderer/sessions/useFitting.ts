import { useEffect, useState } from 'react'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { useClient } from '../client/ClientProvider.tsx'

/** More than between two letters of somebody who types fast, and less than from the last one to Enter. */
const restMs = 80

/**
 * How many sessions fit, as soon as whoever types pauses: null until that is known. Then they are already here when they are
 * asked for.
 */
export function useFitting(query: string | null, sort: SessionSort): number | null {
  const client = useClient()
  const [told, setTold] = useState<{ query: string; sort: SessionSort; total: number | null } | null>(null)
  useEffect(() => {
    if (query === null) return
    let isWanted = true
    const rest = setTimeout(async () => {
      const total = await client.expectView({ query, sort })
      if (isWanted) setTold({ query, sort, total })
    }, restMs)
    return () => {
      isWanted = false
      clearTimeout(rest)
    }
  }, [client, query, sort])
  return told && told.query === query && told.sort === sort ? told.total : null
}
