import { useRef, useState } from 'react'
import type { Reply } from '../../contract/reply.ts'
import { useClient } from '../client/ClientProvider.tsx'

export interface Action {
  isBusy: boolean
  problem: string | null
  /** Runs one call at a time; true when it was done. */
  run(work: () => Promise<Reply<unknown>>): Promise<boolean>
  forget(): void
}

/** A call that changes the account. Afterwards the account is read, so that the page is right whatever was told meanwhile. */
export function useAction(): Action {
  const client = useClient()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const isRunning = useRef(false)
  return {
    isBusy,
    problem,
    async run(work) {
      if (isRunning.current) return false
      isRunning.current = true
      setIsBusy(true)
      setProblem(null)
      const reply = await work()
      await client.readAccount(false)
      isRunning.current = false
      setIsBusy(false)
      if (!reply.ok) setProblem(reply.error.message)
      return reply.ok
    },
    forget: () => setProblem(null),
  }
}
