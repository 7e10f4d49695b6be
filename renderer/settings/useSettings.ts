import { useMemo, useState } from 'react'
import type { Settings } from '../../contract/domain/settings.ts'
import type { Reply } from '../../contract/reply.ts'
import { useClient } from '../client/ClientProvider.tsx'
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
