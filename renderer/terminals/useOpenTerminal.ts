import { useRef, useState } from 'react'
import type { Params, Result } from '../../contract/api.ts'
import type { ReplyFailure } from '../../contract/reply.ts'
import { useClient } from '../client/ClientProvider.tsx'

export interface TerminalFailure extends ReplyFailure {
  /** What was to be opened. */
  wish: Params<'terminal/open'>
  /** There is no terminal to open: the command is what was asked for, and nothing went wrong. */
  isByHand: boolean
}

export interface OpenTerminal {
  isBusy: boolean
  failure: TerminalFailure | null
  /** One at a time; null when nothing was opened. */
  open(params: Params<'terminal/open'>): Promise<Result<'terminal/open'> | null>
  forget(): void
}

/** Opens a terminal, and keeps what went wrong until the next try. */
export function useOpenTerminal(): OpenTerminal {
  const client = useClient()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<TerminalFailure | null>(null)
  const isRunning = useRef(false)
  async function hasTerminal() {
    const terminals = await client.call('terminal/list', {})
    return !terminals.ok || terminals.value.default !== null
  }
  return {
    isBusy,
    failure,
    async open(params) {
      if (isRunning.current) return null
      isRunning.current = true
      setIsBusy(true)
      setFailure(null)
      const reply = await client.call('terminal/open', params)
      const isByHand = !reply.ok && reply.error.command !== undefined && !(await hasTerminal())
      isRunning.current = false
      setIsBusy(false)
      if (reply.ok) return reply.value
      setFailure({ ...reply.error, isByHand, wish: params })
      return null
    },
    forget: () => setFailure(null),
  }
}
