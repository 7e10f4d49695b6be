import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import type { Reply } from '../../contract/reply.ts'
import { keepForgottenSearches, readForgottenSearches } from './keptSearches.ts'
import type { Line } from './line.ts'
import { addRemoval, type Removal } from './removalList.ts'
import { putSession, removeSession } from './state.ts'

/** Main forgets a search at once: what it was is kept here, as long as main keeps a session. */
const searchUndoMs = 10_000

/** Takes away, and brings back what was taken away last. */
export function createRemovals({ store, change, call }: Line, recount: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined

  function offerUndo(removal: Removal) {
    change((state) => ({ ...state, removals: addRemoval(state.removals, removal) }))
  }

  function withdraw(isOver: (removal: Removal) => boolean) {
    change((state) =>
      state.removals.some(isOver)
        ? { ...state, removals: state.removals.filter((removal) => !isOver(removal)) }
        : state,
    )
  }

  function withdrawInTime() {
    clearTimeout(timer)
    const [next] = store.getState().removals
    if (!next) return
    timer = setTimeout(
      () => {
        withdraw(({ undoUntil }) => undoUntil <= Date.now())
        withdrawInTime()
      },
      Math.max(0, next.undoUntil - Date.now()),
    )
  }

  store.subscribe(({ removals }, before) => {
    if (removals === before.removals) return
    keepForgottenSearches(removals)
    withdrawInTime()
  })

  async function undelete(sessions: readonly DeletedSession[]): Promise<Reply<unknown>> {
    const replies = await Promise.all(sessions.map(({ id }) => call('session/undelete', { id })))
    for (const reply of replies) if (reply.ok) change((state) => putSession(state, reply.value.session))
    recount()
    return replies.find((reply) => !reply.ok) ?? { ok: true, value: {} }
  }

  /** What is being taken away: who wants it back at once may ask before main has answered. */
  let underWay: Promise<unknown> = Promise.resolve()
  function take(removing: Promise<Reply<unknown>>): Promise<Reply<unknown>> {
    underWay = removing
    return removing
  }

  async function deleteSessions(ids: string[]): Promise<Reply<unknown>> {
    for (const id of ids) {
      const reply = await call('session/delete', { id, batch: ids[0] })
      if (!reply.ok) return reply
      change((state) => removeSession(state, { id, ...reply.value }))
    }
    recount()
    return { ok: true, value: {} }
  }

  async function forgetSearch(name: string): Promise<Reply<unknown>> {
    const saved = store.getState().settings?.value.savedSearches ?? []
    const at = saved.findIndex((each) => each.name === name)
    const search = saved[at]
    const reply = await call('search/forget', { name })
    if (reply.ok && search) {
      const removal: Removal = { what: 'search', search, at, undoUntil: Date.now() + searchUndoMs }
      offerUndo(removal)
    }
    return reply
  }

  return {
    /** After a reload of the page. */
    restoreForgottenSearches(): void {
      if (store.getState().removals.length > 0) return
      for (const removal of readForgottenSearches(Date.now())) offerUndo(removal)
    },

    deleteSessions: (ids: string[]) => take(deleteSessions(ids)),
    forgetSearch: (name: string) => take(forgetSearch(name)),

    /** What came back; null when there is nothing that can. */
    async undoRemoval(): Promise<Reply<Removal | null>> {
      await underWay
      const removal = store.getState().removals.at(-1)
      if (!removal) return { ok: true, value: null }
      withdraw((each) => each === removal)
      const reply =
        removal.what === 'sessions'
          ? await undelete(removal.sessions)
          : await call('search/restore', { search: removal.search, at: removal.at })
      return reply.ok ? { ok: true, value: removal } : reply
    },
  }
}
