import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Limits } from '../../contract/domain/limits.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'

const keptDays = 30
const dayMs = 24 * 60 * 60_000
/** A page that stays open for long does not grow for ever. */
const mostLive = 5_000

/** The limits as they were told, oldest first: what main recorded, and what came since while the page is looked at. */
export function useLimitHistory(latest: Limits | null): {
  history: Limits[]
  problem: string | null
  retry(): void
} {
  const client = useClient()
  const isOpen = useAppState(({ connection }) => connection === 'open')
  const [recorded, setRecorded] = useState<Limits[]>([])
  const [live, setLive] = useState<Limits[]>([])
  const [problem, setProblem] = useState<string | null>(null)

  const read = useCallback(async () => {
    const reply = await client.call('account/limits', { since: Date.now() - keptDays * dayMs })
    setProblem(reply.ok ? null : reply.error.message)
    if (reply.ok) setRecorded(reply.value.history)
  }, [client])

  useEffect(() => {
    if (isOpen) void read()
  }, [isOpen, read])

  useEffect(() => {
    if (latest) setLive((known) => (latest.at > (known.at(-1)?.at ?? 0) ? [...known, latest].slice(-mostLive) : known))
  }, [latest])

  const history = useMemo(() => {
    const end = recorded.at(-1)?.at ?? 0
    return [...recorded, ...live.filter(({ at }) => at > end)]
  }, [recorded, live])

  return { history, problem, retry: () => void read() }
}
