import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { localDay } from './usageBuckets.ts'

export interface UsageAnswer {
  usage: Result<'usage/read'>
  /** The most expensive of the sessions that were active in this time. */
  costliest: Result<'session/list'>['sessions']
}

const sessionsShown = 8

/**
 * What was used since then, and in the time before it that it is compared with. It is asked for anew when a request has ended or a session is gone; what is known
 * stays meanwhile.
 */
export function useUsage(
  since: number,
  before: number,
): { answer: UsageAnswer | null; problem: string | null; retry(): void } {
  const client = useClient()
  const [known, setKnown] = useState<{ since: number; answer: UsageAnswer } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isOpen = useAppState(({ connection }) => connection === 'open')
  const revision = useAppState(({ sessions, listing }) => {
    const tokens = Object.values(sessions).reduce((sum, { usage }) => sum + usage.totalTokens, 0)
    return `${listing.total} ${tokens}`
  })
  const asked = useRef(0)

  const read = useCallback(async () => {
    asked.current += 1
    const mine = asked.current
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const [usage, list] = await Promise.all([
      client.call('usage/read', { since: before, timeZone }),
      client.call('session/list', {
        limit: sessionsShown,
        sort: 'cost',
        ...(since > 0 ? { query: `after:${localDay(since)}` } : {}),
      }),
    ])
    if (mine !== asked.current) return
    const failed = [usage, list].find((reply) => !reply.ok)
    setProblem(failed && !failed.ok ? failed.error.message : null)
    if (!usage.ok || !list.ok) return
    const costliest = list.value.sessions.filter(({ apiEquivalentUsd }) => apiEquivalentUsd !== null)
    setKnown({ since, answer: { usage: usage.value, costliest } })
  }, [client, since, before])

  useEffect(() => {
    if (isOpen && revision !== '') void read()
  }, [isOpen, revision, read])

  return { answer: known?.since === since ? known.answer : null, problem, retry: () => void read() }
}
