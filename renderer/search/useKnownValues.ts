import { useEffect, useMemo, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { KnownValues } from './completeQuery.ts'

const nothing: Result<'search/values'> = { models: [], tools: [], tags: [] }

/** Asked for anew each time that somebody begins to type. */
export function useKnownValues(isWanted: boolean): KnownValues {
  const client = useClient()
  const projects = useAppState((state) => state.projects)
  const [values, setValues] = useState(nothing)
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    void client.call('search/values', {}).then((reply) => {
      if (isCurrent && reply.ok) setValues(reply.value)
    })
    return () => {
      isCurrent = false
    }
  }, [client, isWanted])
  return useMemo(() => ({ ...values, folders: projects.flatMap(({ cwd }) => cwd ?? []) }), [values, projects])
}
