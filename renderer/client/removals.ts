import type { Reply } from '../../contract/reply.ts'
import { keepRemovals, readKeptRemovals } from './keptRemovals.ts'
import type { Line } from './line.ts'
import { putSession, type Removal, type RemovedSession, removeSession } from './state.ts'

/** Main forgets a search at once: what it was is kept here, as long as main keeps a session. */
const searchUndoMs = 10_000

type SessionRemoval = Extract<Removal, { what: 'sessions' }>

/** Takes away, and brings back what was taken away last. */
export function createRemovals({ store, change, call }: Line, recount: () => void) {
  /** On top of what can be taken back already, or in place of one of it that has grown. */
  function offerUndo(removal: Removal, former: Removal | null = null) {
    change((state) => ({ ...state, removals: [...state.removals.filter((each) => each !== former), removal] }))
    keepRemovals(store.getState().removals)
    setTimeout(() => withdraw(removal), Math.max(0, removal.undoUntil - Date.now()))
  }

  function withdraw(removal: Removal) {
    change((state) =>
      state.removals.includes(removal)
        ? { ...state, removals: state.removals.filter((each) => each !== removal) }
        : state,
    )
    keepRemovals(store.getState().removals)
  }

  async function undelete(sessions: RemovedSession[]): Promise<Reply<unknown>> {
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
    let removal: SessionRemoval | null = null
    for (const id of ids) {
      const session = store.getState().sessions[id]
      const reply = await call('session/delete', { id })
      if (!reply.ok) return reply
      // The highest number of all may be another part's: it would hide the session when it comes back.
      change((state) => removeSession(state, id, state.sessions[id]?.seq ?? 0))
      const sessions: RemovedSession[] = [
        ...(removal?.sessions ?? []),
        ...(session ? [{ id, title: session.title }] : []),
      ]
      const next: SessionRemoval = { what: 'sessions', sessions, undoUntil: reply.value.undoUntil }
      offerUndo(next, removal)
      removal = next
    }
    recount()
    return { ok: true, value: {} }
  }

  async function forgetSearch(name: string): Promise<Reply<unknown>> {
    const saved = store.getState().settings?.value.savedSearches ?? []
    const at = saved.findIndex((each) => each.name === name)
    const search = saved[at]
    const reply = await call('search/forget', { name })
    if (reply.ok && search) offerUndo({ what: 'search', search, at, undoUntil: Date.now() + searchUndoMs })
    return reply
  }

  return {
    /** After a reload of the page. */
    restoreRemovals(): void {
      if (store.getState().removals.length > 0) return
      for (const removal of readKeptRemovals(Date.now())) offerUndo(removal)
    },

    deleteSessions: (ids: string[]) => take(deleteSessions(ids)),
    forgetSearch: (name: string) => take(forgetSearch(name)),

    /** What came back; null when there is nothing that can. */
    async undoRemoval(): Promise<Reply<Removal | null>> {
      await underWay
      const removal = store.getState().removals.at(-1)
      if (!removal) return { ok: true, value: null }
      withdraw(removal)
      const reply =
        removal.what === 'sessions'
          ? await undelete(removal.sessions)
          : await call('search/restore', { search: removal.search, at: removal.at })
      return reply.ok ? { ok: true, value: removal } : reply
    },
  }
}
