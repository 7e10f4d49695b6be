import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import type { Member } from './usageView.ts'

export interface Known<T> {
  answer: T | null
  problem: string | null
  retry(): void
}

/** What was used since then, day by day. */
export function useUsage(since: number): Known<Result<'usage/read'>> {
  const read = useCallback(
    (client: Client) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      return client.call('usage/read', { since, timeZone })
    },
    [since],
  )
  return useCounted(read)
}

const sessionsShown = 10

export interface SessionsWanted {
  since: number
  /** Null for up to now. */
  until: number | null
  models: Member[]
  projects: Member[]
}

/** The sessions that cost most in a time. Those of another are told until these are known, so that nothing jumps. */
export function useCostliest({
  since,
  until,
  models,
  projects,
}: SessionsWanted): Known<Result<'usage/sessions'>> & { isOfAnother: boolean } {
  const asked = JSON.stringify({ since, ...(until === null ? {} : { until }), models, projects, limit: sessionsShown })
  const read = useCallback((client: Client) => client.call('usage/sessions', JSON.parse(asked)), [asked])
  const known = useCounted(read)
  const last = useRef(known.answer)
  if (known.answer) last.current = known.answer
  return { ...known, answer: known.answer ?? last.current, isOfAnother: known.answer === null }
}

/**
 * What is counted over what is recorded. It is asked for anew when a request has ended or a session is gone; what is known stays
 * meanwhile.
 */
function useCounted<T>(read: (client: Client) => Promise<Reply<T>>): Known<T> {
  const client = useClient()
  const [known, setKnown] = useState<{ read: unknown; answer: T } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isOpen = useAppState(({ connection }) => connection === 'open')
  const revision = useAppState(({ sessions, listing }) => {
    const tokens = Object.values(sessions).reduce((sum, { usage }) => sum + usage.totalTokens, 0)
    return `${listing.total} ${tokens}`
  })
  const latest = useRef(read)
  const isWanted = useRef(false)
  const isAsking = useRef(false)

  // One question at a time: whoever steps through many days waits for the answer to the last of them alone.
  const ask = useCallback(async () => {
    isWanted.current = true
    if (isAsking.current) return
    isAsking.current = true
    while (isWanted.current) {
      isWanted.current = false
      const read = latest.current
      const reply = await read(client)
      if (latest.current !== read) continue
      setProblem(reply.ok ? null : reply.error.message)
      if (reply.ok) setKnown({ read, answer: reply.value })
    }
    isAsking.current = false
  }, [client])

  useEffect(() => {
    latest.current = read
    if (isOpen && revision !== '') void ask()
  }, [isOpen, revision, read, ask])

  return useMemo(
    () => ({ answer: known?.read === read ? known.answer : null, problem, retry: () => void ask() }),
    [known, read, problem, ask],
  )
}
