import type { Session } from '../../contract/domain/session.ts'
import type { Reply } from '../../contract/reply.ts'
import type { Line } from './line.ts'
import { putSession, removeSession } from './state.ts'

export type SessionMarks = { isStarred: boolean } | { tags: string[] } | { note: string }

/** What the user does to sessions. What main answers is in the store before it tells of it. */
export function createSessionChanges({ store, change, call }: Line, recount: () => Promise<void>) {
  function take(reply: Reply<{ session: Session }>): Reply<unknown> {
    if (reply.ok) change((state) => putSession(state, reply.value.session))
    return reply
  }

  return {
    async renameSession(id: string, title: string | null): Promise<Reply<unknown>> {
      return take(await call('session/rename', { id, title }))
    },

    async markSession(id: string, marks: SessionMarks): Promise<Reply<unknown>> {
      if ('isStarred' in marks) return take(await call('session/star', { id, ...marks }))
      if ('tags' in marks) return take(await call('session/tag', { id, ...marks }))
      return take(await call('session/note', { id, ...marks }))
    },

    async deleteSessions(ids: string[]): Promise<Reply<unknown>> {
      const deleted: Session[] = []
      for (const id of ids) {
        const session = store.getState().sessions[id]
        const reply = await call('session/delete', { id })
        if (!reply.ok) return reply
        if (session) deleted.push(session)
        const { undoUntil } = reply.value
        change((state) => ({
          // The highest number of all may be another part's: it would hide the session when it comes back.
          ...removeSession(state, id, state.sessions[id]?.seq ?? 0),
          deletion: { sessions: [...deleted], undoUntil },
        }))
        const deletion = store.getState().deletion
        setTimeout(
          () => change((state) => (state.deletion === deletion ? { ...state, deletion: null } : state)),
          Math.max(0, undoUntil - Date.now()),
        )
      }
      void recount()
      return { ok: true, value: {} }
    },

    async undoDeletion(): Promise<Reply<unknown>> {
      const { deletion } = store.getState()
      change((state) => ({ ...state, deletion: null }))
      const replies = await Promise.all((deletion?.sessions ?? []).map(({ id }) => call('session/undelete', { id })))
      for (const reply of replies) take(reply)
      void recount()
      return replies.find((reply) => !reply.ok) ?? { ok: true, value: {} }
    },
  }
}
