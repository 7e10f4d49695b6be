import type { Line } from './line.ts'
import { applyNarrowedPage, applyPage, beginNarrowed, type ListView, startOfNarrowed } from './state.ts'

export const pageSize = 100

/** Reads the list of all sessions, page by page; the one that a view narrows or sorts; and the projects beside them. */
export function createSessionLists({ store, change, call, ofThisConnection }: Line) {
  /** What the page begins with is on its way while the line is being opened; what is told meanwhile comes with the snapshot. */
  async function readFirstPage(): Promise<void> {
    const page = await call('session/list', { limit: pageSize })
    // An empty list leads into the first steps, which want to know more.
    if (!page.ok || page.value.sessions.length === 0 || store.getState().listing.state !== 'loading') return
    change((state) => applyPage(state, page.value, true))
  }

  async function recount(): Promise<void> {
    void readProjects()
    const { view } = store.getState()
    const [page, narrowed] = await Promise.all([
      call('session/list', { limit: 1 }),
      store.getState().narrowed ? call('session/list', { limit: 1, ...view }) : null,
    ])
    change((state) => ({
      ...state,
      listing: page.ok ? { ...state.listing, total: page.value.total } : state.listing,
      narrowed:
        state.narrowed && narrowed?.ok && state.view === view
          ? { ...state.narrowed, total: narrowed.value.total }
          : state.narrowed,
    }))
  }

  async function readProjects(): Promise<void> {
    const reply = await call('project/list', {})
    if (reply.ok) change((state) => ({ ...state, projects: reply.value.projects }))
  }

  /** The first page of what the view asks for, or the next one after `cursor`. */
  async function readNarrowed(cursor: string | null = null): Promise<void> {
    const { view } = store.getState()
    const isCurrent = ofThisConnection()
    const page = await call('session/list', { limit: pageSize, ...view, cursor })
    if (!isCurrent() || store.getState().view !== view) return
    change((state) => {
      if (page.ok) return applyNarrowedPage(state, page.value, cursor === null)
      const narrowed = state.narrowed?.state === 'loading' || !state.narrowed ? startOfNarrowed : state.narrowed
      return { ...state, narrowed: { ...narrowed, state: 'failed', isPaging: false, message: page.error.message } }
    })
  }

  async function setView(view: ListView): Promise<void> {
    const isNarrow = view.sort !== 'updated' || view.query.trim() !== ''
    change((state) => ({ ...state, view, narrowed: isNarrow ? beginNarrowed(state) : null }))
    // Before the first connection there is nobody to ask; `readBeside` is called with it.
    if (isNarrow && store.getState().connection === 'open') await readNarrowed()
  }

  async function loadMore(): Promise<void> {
    const { narrowed } = store.getState()
    if (narrowed) {
      if (narrowed.nextCursor === null || narrowed.isPaging) return
      change((state) => ({ ...state, narrowed: { ...narrowed, isPaging: true } }))
      return readNarrowed(narrowed.nextCursor)
    }
    const { nextCursor, isPaging } = store.getState().listing
    if (nextCursor === null || isPaging) return
    change((state) => ({ ...state, listing: { ...state.listing, isPaging: true } }))
    const isCurrent = ofThisConnection()
    const page = await call('session/list', { limit: pageSize, cursor: nextCursor })
    if (!isCurrent()) return
    change((state) =>
      page.ok
        ? applyPage(state, page.value, false)
        : { ...state, listing: { ...state.listing, isPaging: false, message: page.error.message } },
    )
  }

  return {
    readFirstPage,
    recount,
    setView,
    loadMore,
    /** What is shown beside the first page of all sessions. */
    readBeside(): void {
      void readProjects()
      if (store.getState().narrowed) void readNarrowed()
    },
  }
}
