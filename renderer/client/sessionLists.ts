import type { Reply } from '../../contract/reply.ts'
import type { Line } from './line.ts'
import {
  applyNarrowedPage,
  applyPage,
  applySnapshot,
  beginNarrowed,
  failListing,
  failNarrowed,
  pageSize,
  type SessionPage,
} from './listings.ts'
import { createRepeater } from './repeater.ts'
import type { AppState, ListView } from './state.ts'
import { createViewAhead } from './viewAhead.ts'

const largestPage = 1_000
const newsPauseMs = 1_000

interface Listed {
  /** The moment it is of; null when the list could not be read. */
  seq: number | null
  putInto(state: AppState): AppState
}

/** Reads the list of all sessions, page by page; the one that a view narrows or sorts; and the projects beside them. */
export function createSessionLists(line: Line) {
  const { store, change, call, ofThisConnection } = line
  const viewAhead = createViewAhead(line)

  /** What the page begins with is on its way while the line is being opened; what is told meanwhile comes with the snapshot. */
  async function readFirstPage(): Promise<void> {
    const page = await call('session/list', { limit: pageSize })
    // An empty list leads into the first steps, which want to know more.
    if (!page.ok || page.value.sessions.length === 0 || store.getState().listing.state !== 'loading') return
    change((state) => applyPage(state, page.value))
  }

  /** So many from the first on, as of the moment of the first page: what changed since is told. */
  async function readFrom(view: Partial<ListView>, count: number): Promise<Reply<SessionPage>> {
    let whole: SessionPage | null = null
    for (;;) {
      const missing: number = count - (whole?.sessions.length ?? 0)
      const limit = Math.min(largestPage, Math.max(pageSize, missing))
      const page: Reply<SessionPage> = await call('session/list', {
        ...view,
        limit,
        ...(whole ? { cursor: whole.nextCursor } : {}),
      })
      if (!page.ok) return page
      whole = whole
        ? { ...page.value, sessions: [...whole.sessions, ...page.value.sessions], seq: whole.seq }
        : page.value
      if (whole.nextCursor === null || whole.sessions.length >= count) return { ok: true, value: whole }
    }
  }

  /** Everything that is listed, in one moment as far as it can be. */
  async function readAll(): Promise<Listed> {
    const { sessions, view, narrowed: shown } = store.getState()
    const isWhole = shown?.state === 'ready' && !shown.isPartial
    const [page, narrowed] = await Promise.all([
      readFrom({}, Object.keys(sessions).length),
      isWhole ? readFrom(view, shown.ids.size) : null,
    ])
    return {
      seq: page.ok ? page.value.seq : null,
      putInto(state) {
        if (!page.ok) return failListing(state, page.error.message)
        const isStill = state.view === view && narrowed?.ok
        const next = applySnapshot(state, page.value, isStill ? narrowed.value : null)
        // What could not be read with it is read for itself.
        return isStill || !next.narrowed ? next : { ...next, narrowed: beginNarrowed(next, next.view) }
      },
    }
  }

  const recount = createRepeater(line, async (isCurrent) => {
    const page = await call('session/list', { limit: 1 })
    if (!isCurrent() || !page.ok) return
    const { total } = page.value
    change((state) => ({
      ...state,
      listing: { ...state.listing, total },
      narrowed: state.narrowed && isAll(state.view) ? { ...state.narrowed, total } : state.narrowed,
    }))
  })

  const readProjects = createRepeater(line, async (isCurrent) => {
    const reply = await call('project/list', {})
    if (isCurrent() && reply.ok) change((state) => ({ ...state, projects: reply.value.projects }))
  })

  /** Only main can say what of the news has the words of a view. All that is listed is read again, so that nothing falls out. */
  const readNewsOfView = createRepeater(
    line,
    async (isCurrent) => {
      const { narrowed: before, view } = store.getState()
      if (!before || isAll(view) || before.state === 'failed') return
      if (before.isPaging) return readNewsOfView()
      const page = await readFrom(view, before.ids.size)
      if (!isCurrent() || store.getState().view !== view || !page.ok) return
      // It went on to its next page meanwhile.
      if (store.getState().narrowed !== before) return readNewsOfView()
      change((state) => applyNarrowedPage(state, page.value, true))
    },
    newsPauseMs,
  )

  /** The first page of what the view asks for, or the next one after `cursor`. */
  async function readNarrowed(cursor: string | null = null): Promise<void> {
    const { view } = store.getState()
    const isOfConnection = ofThisConnection()
    const isCurrent = () => isOfConnection() && store.getState().view === view
    const expected = cursor === null ? viewAhead.take(view) : null
    if (expected) {
      const page = await expected
      if (!isCurrent()) return
      if (page) return putExpected(page)
    }
    if (cursor === null && hasQuickAnswer(view)) {
      const quick = await call('session/list', { limit: pageSize, ...view, isQuick: true })
      if (!isCurrent()) return
      if (quick.ok) change((state) => applyNarrowedPage(state, quick.value, true))
      if (quick.ok && !quick.value.isPartial) return
    }
    const page = await call('session/list', { limit: pageSize, ...view, cursor })
    if (!isCurrent()) return
    change((state) =>
      page.ok ? applyNarrowedPage(state, page.value, cursor === null) : failNarrowed(state, page.error.message),
    )
  }

  /** What was told since it was asked for may belong to it. */
  function putExpected(page: SessionPage): void {
    const isOutdated = page.seq < store.getState().archiveSeq
    change((state) => applyNarrowedPage(state, page, true))
    if (isOutdated) readNewsOfView()
  }

  async function setView(view: ListView): Promise<void> {
    const isNarrow = view.sort !== 'updated' || !isAll(view)
    change((state) => ({ ...state, view, narrowed: isNarrow ? beginNarrowed(state, view) : null }))
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
        ? applyPage(state, page.value)
        : { ...state, listing: { ...state.listing, isPaging: false, message: page.error.message } },
    )
  }

  return {
    readFirstPage,
    readAll,
    setView,
    loadMore,
    /** Reads a list that may be chosen next, and tells how many are in it; null when that could not be told. */
    async expectView(view: ListView): Promise<number | null> {
      if (store.getState().connection !== 'open') return null
      const page = await viewAhead.expect(view)
      return page?.total ?? null
    },
    /** There are more sessions than before, or fewer. */
    recount(): void {
      recount()
      readProjects()
      readNewsOfView()
    },
    /** Something changed in sessions, which may have the words of the view now, or no more. */
    readNewsOfView,
    /** What is shown beside `readAll`, and what it left out. */
    readBeside(): void {
      readProjects()
      if (store.getState().narrowed?.state === 'loading') void readNarrowed()
    },
  }
}

function isAll({ query }: ListView): boolean {
  return query.trim() === ''
}

/** Of another order what comes first may be anywhere. */
function hasQuickAnswer(view: ListView): boolean {
  return view.sort === 'updated' && !isAll(view)
}
