import type { Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import type { Line } from './line.ts'
import { putAccount, putSettings, putStatus, putUpdate } from './state.ts'

/** Asks main for single parts of the state. An answer to a question of an earlier connection is not put into it. */
export function createReadings({ change, call, ofThisConnection }: Line) {
  function takeUpdate(reply: Reply<Result<'update/read'>>): void {
    if (reply.ok) change((state) => putUpdate(state, reply.value.update, reply.value.seq))
  }

  function takeAccount(reply: Reply<Result<'account/read'>>): void {
    change((state) =>
      reply.ok ? putAccount(state, reply.value.status) : { ...state, accountProblem: reply.error.message },
    )
  }

  async function readStatus(): Promise<Reply<unknown>> {
    const isCurrent = ofThisConnection()
    const reply = await call('app/status', {})
    if (isCurrent() && reply.ok) change((state) => putStatus(state, reply.value))
    return reply
  }

  return {
    takeUpdate,
    takeAccount,
    readStatus,

    async readSettings(): Promise<Reply<unknown>> {
      const isCurrent = ofThisConnection()
      const reply = await call('settings/read', {})
      if (isCurrent() && reply.ok) change((state) => putSettings(state, reply.value.settings, reply.value.seq))
      return reply
    },

    async readRecentFolders(): Promise<Reply<unknown>> {
      const isCurrent = ofThisConnection()
      const reply = await call('folder/recent', {})
      if (isCurrent() && reply.ok) change((state) => ({ ...state, recentFolders: reply.value.folders }))
      return reply
    },

    async readUpdate(): Promise<Reply<unknown>> {
      const isCurrent = ofThisConnection()
      const reply = await call('update/read', {})
      if (isCurrent()) takeUpdate(reply)
      return reply
    },

    async readAccount(isFresh: boolean): Promise<Reply<unknown>> {
      const isCurrent = ofThisConnection()
      const reply = await call('account/read', { isFresh })
      if (!isCurrent()) return reply
      takeAccount(reply)
      // Main has looked for codex anew, and may have found another.
      if (isFresh) await readStatus()
      return reply
    },
  }
}
