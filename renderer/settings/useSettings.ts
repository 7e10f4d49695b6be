import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Settings } from '../../contract/domain/settings.ts'
import type { Reply } from '../../contract/reply.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import { createTurns } from './turns.ts'

/** Changes what the user decides, where it is decided: a refusal belongs beside its control. */
export function useSettingsChange() {
  const { call } = useClient()
  const { problem, run } = useCall()
  return { problem, change: (wanted: Partial<Settings>) => run(() => call('settings/change', wanted)) }
}

/** One call at a time, in the order in which they were asked for, and why the last one failed. */
export function useCall() {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const takeTurn = useMemo(createTurns, [])
  return {
    problem,
    isBusy,
    /** The value, or null when it failed. */
    async run<T>(work: () => Promise<Reply<T>>): Promise<T | null> {
      setIsBusy(true)
      setProblem(null)
      const { value: reply, isLast } = await takeTurn(work)
      if (isLast) setIsBusy(false)
      if (reply.ok) return reply.value
      if (isLast) setProblem(reply.error.message)
      return null
    },
  }
}

export interface Reading<T> {
  /** The last answer that came; it stays while the question is asked again. */
  answer: T | null
  problem: string | null
  isBusy: boolean
  retry(): void
}

/** Asks when it is first shown, and again after a time without connection. `ask` has to stay the same while the question does. */
export function useReading<T>(ask: (client: Client) => Promise<Reply<T>>): Reading<T> {
  const client = useClient()
  const connection = useAppState((state) => state.connection)
  const [state, setState] = useState<{ answer: T | null; problem: string | null }>({ answer: null, problem: null })
  const [isBusy, setIsBusy] = useState(false)
  const last = useRef<{ ask: unknown; isAnswered: boolean }>({ ask: null, isAnswered: false })

  const read = useCallback(async () => {
    const question = { ask, isAnswered: false }
    last.current = question
    setIsBusy(true)
    const reply = await ask(client)
    // Another question was asked meanwhile, or this one again.
    if (last.current !== question) return
    question.isAnswered = reply.ok
    setIsBusy(false)
    setState((before) =>
      reply.ok ? { answer: reply.value, problem: null } : { ...before, problem: reply.error.message },
    )
  }, [ask, client])

  useEffect(() => {
    if (connection === 'connecting') return
    // What is known stays when the line goes down, which is said over the whole page.
    const isKnown = last.current.ask === ask && last.current.isAnswered
    if (connection === 'open' || !isKnown) void read()
  }, [connection, ask, read])

  return { ...state, isBusy, retry: () => void read() }
}
