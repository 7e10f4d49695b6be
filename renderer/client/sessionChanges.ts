import type { Session } from '../../contract/domain/session.ts'
import type { Reply } from '../../contract/reply.ts'
import type { Line } from './line.ts'
import { putSession } from './state.ts'

export type SessionMarks = { isStarred: boolean } | { tags: string[] } | { note: string }

/** What the user does to sessions. What main answers is in the store before it tells of it. */
export function createSessionChanges({ change, call }: Line) {
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
  }
}
