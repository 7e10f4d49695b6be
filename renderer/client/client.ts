import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MethodName, Params, Result } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Reply } from '../../contract/reply.ts'
import { createNotificationQueue } from './notificationQueue.ts'
import {
  type AppState,
  applyConversation,
  applyNarrowedPage,
  applyNotification,
  applyPage,
  applyTurns,
  emptyConversation,
  forgetEpoch,
  initialState,
  type ListView,
  putAccount,
  putLaunches,
  putSession,
  putSettings,
  putUpdate,
  removeSession,
  setConversation,
  startOfNarrowed,
} from './state.ts'
import type { Transport } from './transport.ts'
import { chooseChunk } from './unreadTurns.ts'

export interface Client {
  store: StoreApi<AppState>
  linksAskedBy: Transport['linksAskedBy']
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Reply<Result<M>>>
  /** Connects and keeps the store up to date until the undo is called. */
  start(): () => void
  loadMore(): Promise<void>
  /** Asks for the first page again, after a failure. */
  retryListing(): Promise<void>
  /** Keeps a conversation in the store until the undo is called. Of a long one the turns around `near` come first. */
  watchConversation(sessionId: string, near?: string | null): () => void
  /** What of a conversation is still to be read is read around this turn first. */
  preferTurn(sessionId: string, turnId: string): void
  retryConversation(sessionId: string): Promise<void>
  /** Goes on reading the rest of a conversation, after a failure. */
  retryRest(sessionId: string): Promise<void>
  renameSession(id: string, title: string | null): Promise<Reply<unknown>>
  /** Shows these sessions in this order. */
  setView(view: ListView): Promise<void>
  /** The user's own words about a session: star, tags, note. */
  markSession(id: string, marks: SessionMarks): Promise<Reply<unknown>>
  /** Gone from the list at once; `undoDeletion` brings them back for a while. Stops at the first that fails. */
  deleteSessions(ids: string[]): Promise<Reply<unknown>>
  undoDeletion(): Promise<Reply<unknown>>
  /** Asks main anew what it found on this computer. */
  readStatus(): Promise<Reply<unknown>>
  /** Asks main for the account; with `isFresh` main looks for codex and asks it anew. */
  readAccount(isFresh: boolean): Promise<Reply<unknown>>
}

export type SessionMarks = { isStarred: boolean } | { tags: string[] } | { note: string }

const pageSize = 100

export function createClient(transport: Transport, schedule: (run: () => void) => void = requestFrame): Client {
  const store = createStore<AppState>(() => initialState)
  const watchers = new Map<string, number>()
  /** Around which turn the reader of a conversation is. */
  const preferred = new Map<string, string>()
  /** Who reads the rest of a conversation: the last that began to. */
  const readings = new Map<string, symbol>()
  const queue = createNotificationQueue(schedule, (notifications) => {
    const known = store.getState()
    const next = notifications.reduce(applyNotification, known)
    if (next === known) return
    store.setState(next, true)
    const hasNews = notifications.some(
      ({ method, params }) => method === 'session/updated' && !known.sessions[params.session.id],
    )
    const hasLoss = notifications.some(({ method }) => method === 'session/deleted')
    const wasBuildingAgain = known.recording?.rederived !== undefined
    // Of the sessions that were built again nothing was told one by one.
    if (wasBuildingAgain && next.recording?.rederived === undefined) void synchronise()
    else if (hasNews || hasLoss) void recount()
  })
  /** Rises with each connection: an answer to a question of an earlier one is thrown away. */
  let connectionCount = 0

  function change(reduce: (state: AppState) => AppState) {
    store.setState(reduce(store.getState()), true)
  }

  async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Reply<Result<M>>> {
    // Main made the answer out of the same contract; it is not parsed a second time.
    return (await transport.call(method, params)) as Reply<Result<M>>
  }

  /** What the page begins with is on its way while the line is being opened; what is told meanwhile comes with `synchronise`. */
  async function readFirstPage() {
    const page = await call('session/list', { limit: pageSize })
    // An empty list leads into the first steps, which want to know more.
    if (!page.ok || page.value.sessions.length === 0 || store.getState().listing.state !== 'loading') return
    change((state) => applyPage(state, page.value, true))
  }

  async function synchronise() {
    connectionCount += 1
    const connection = connectionCount
    const seqBefore = store.getState().seq
    queue.pause()
    // Not waited for: a keychain or a codex that is slow to answer holds nothing else up.
    const account = call('account/read', {})
    const update = call('update/read', {})
    const [status, page, settings, launches] = await Promise.all([
      call('app/status', {}),
      call('session/list', { limit: pageSize }),
      call('settings/read', {}),
      call('launch/list', {}),
    ])
    if (connection !== connectionCount) return
    change((state) => {
      const isNewEpoch = page.ok && page.value.seq < seqBefore
      let next = isNewEpoch ? forgetEpoch(state) : state
      if (status.ok) next = takeStatus(next, status.value)
      if (settings.ok) next = putSettings(next, settings.value.settings, settings.value.seq)
      if (launches.ok) next = putLaunches(next, launches.value)
      if (page.ok) next = applyPage(next, page.value, true)
      else next = { ...next, listing: { ...next.listing, state: 'failed', message: page.error.message } }
      return { ...next, connection: 'open' }
    })
    queue.resume()
    void update.then((reply) => {
      if (connection !== connectionCount || !reply.ok) return
      change((state) => putUpdate(state, reply.value.update, reply.value.seq))
    })
    void account.then((reply) => connection === connectionCount && takeAccount(reply))
    void readProjects()
    if (store.getState().narrowed) void readNarrowed()
    await Promise.all([...watchers.keys()].map(readConversation))
  }

  function takeStatus(state: AppState, status: Result<'app/status'>): AppState {
    const { isPaused, recorded, total, missed, rederived, seq } = status
    const isNewer = !state.recording || state.recording.seq <= seq
    return {
      ...state,
      status,
      recording: isNewer ? { isPaused, recorded, total, missed, rederived, seq } : state.recording,
    }
  }

  function takeAccount(reply: Reply<Result<'account/read'>>) {
    change((state) =>
      reply.ok ? putAccount(state, reply.value.status) : { ...state, accountProblem: reply.error.message },
    )
  }

  /** The line could not be opened even once: a plain call says why. */
  async function explainSilence() {
    const reply = await call('app/status', {})
    if (reply.ok || store.getState().listing.state !== 'loading') return
    change((state) => ({ ...state, listing: { ...state.listing, state: 'failed', message: reply.error.message } }))
  }

  async function recount() {
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

  async function readProjects() {
    const reply = await call('project/list', {})
    if (reply.ok) change((state) => ({ ...state, projects: reply.value.projects }))
  }

  /** The first page of what the view asks for, or the next one after `cursor`. */
  async function readNarrowed(cursor: string | null = null) {
    const { view } = store.getState()
    const connection = connectionCount
    const page = await call('session/list', { limit: pageSize, ...view, cursor })
    if (connection !== connectionCount || store.getState().view !== view) return
    change((state) => {
      if (page.ok) return applyNarrowedPage(state, page.value, cursor === null)
      const narrowed = state.narrowed ?? startOfNarrowed
      return { ...state, narrowed: { ...narrowed, state: 'failed', isPaging: false, message: page.error.message } }
    })
  }

  async function readConversation(id: string) {
    const reply = await call('session/read', { id, near: preferred.get(id) ?? null })
    if (!watchers.has(id)) return
    change((state) => {
      if (reply.ok) return applyConversation(state, reply.value)
      const known = state.conversations[id]
      // A hiccup of the line does not take away what is on the screen.
      if (known?.state === 'ready' && reply.error.code !== 'notFound') return state
      return setConversation(state, id, { ...emptyConversation, state: 'failed', message: reply.error.message })
    })
    if (reply.ok) await readRest(id)
  }

  /** Piece by piece, so that what the reader does meanwhile waits for no more than one. */
  async function readRest(id: string) {
    const reading = Symbol()
    readings.set(id, reading)
    const connection = connectionCount
    // What came first is painted first.
    await new Promise<void>(schedule)
    for (;;) {
      await new Promise<void>(schedule)
      const conversation = store.getState().conversations[id]
      if (readings.get(id) !== reading || connection !== connectionCount || !watchers.has(id) || !conversation) return
      const turnIds = chooseChunk(conversation, preferred.get(id) ?? null)
      if (turnIds.length === 0) return
      const reply = await call('session/readTurns', { id, turnIds })
      if (readings.get(id) !== reading || connection !== connectionCount) return
      change((state) => {
        if (reply.ok) return applyTurns(state, id, turnIds, reply.value)
        const known = state.conversations[id]
        return known ? setConversation(state, id, { ...known, restProblem: reply.error.message }) : state
      })
      if (!reply.ok) return
    }
  }

  async function retryRest(id: string) {
    change((state) => {
      const known = state.conversations[id]
      return known ? setConversation(state, id, { ...known, restProblem: null }) : state
    })
    await readRest(id)
  }

  async function retryConversation(id: string) {
    change((state) => setConversation(state, id, emptyConversation))
    await readConversation(id)
  }

  return {
    store,
    call,
    linksAskedBy: transport.linksAskedBy,
    start() {
      void readFirstPage()
      return transport.listen({
        opened: () => void synchronise(),
        lost() {
          connectionCount += 1
          change((state) => ({ ...state, connection: 'reconnecting' }))
          if (store.getState().listing.state === 'loading') void explainSilence()
        },
        notified: queue.push,
        newSessionWanted: () => change((state) => ({ ...state, newSessionWishes: state.newSessionWishes + 1 })),
      })
    },
    async setView(view) {
      const isNarrow = view.sort !== 'updated' || view.query.trim() !== ''
      change((state) => ({ ...state, view, narrowed: isNarrow ? (state.narrowed ?? startOfNarrowed) : null }))
      // Before the first connection there is nobody to ask; `synchronise` then asks.
      if (isNarrow && store.getState().connection === 'open') await readNarrowed()
    },
    async loadMore() {
      const { narrowed } = store.getState()
      if (narrowed) {
        if (narrowed.nextCursor === null || narrowed.isPaging) return
        change((state) => ({ ...state, narrowed: { ...narrowed, isPaging: true } }))
        return readNarrowed(narrowed.nextCursor)
      }
      const { nextCursor, isPaging } = store.getState().listing
      if (nextCursor === null || isPaging) return
      change((state) => ({ ...state, listing: { ...state.listing, isPaging: true } }))
      const connection = connectionCount
      const page = await call('session/list', { limit: pageSize, cursor: nextCursor })
      if (connection !== connectionCount) return
      change((state) =>
        page.ok
          ? applyPage(state, page.value, false)
          : { ...state, listing: { ...state.listing, isPaging: false, message: page.error.message } },
      )
    },
    retryListing: synchronise,
    watchConversation(id, near = null) {
      watchers.set(id, (watchers.get(id) ?? 0) + 1)
      if (near !== null) preferred.set(id, near)
      if (watchers.get(id) === 1) {
        if (!store.getState().conversations[id]) change((state) => setConversation(state, id, emptyConversation))
        // Before the first connection there is nobody to ask; `synchronise` then asks for all that is watched.
        if (store.getState().connection === 'open') void readConversation(id)
      }
      return () => {
        const count = (watchers.get(id) ?? 1) - 1
        if (count > 0) {
          watchers.set(id, count)
          return
        }
        watchers.delete(id)
        preferred.delete(id)
        // Kept for a moment: React mounts and unmounts, and the next page often looks at the same conversation.
        setTimeout(() => {
          if (watchers.has(id)) return
          change((state) => {
            const { [id]: _forgotten, ...conversations } = state.conversations
            return { ...state, conversations }
          })
        }, 1_000)
      }
    },
    preferTurn: (id, turnId) => void preferred.set(id, turnId),
    retryConversation,
    retryRest,
    async renameSession(id, title) {
      const reply = await call('session/rename', { id, title })
      if (reply.ok) change((state) => putSession(state, reply.value.session))
      return reply
    },
    async markSession(id, marks) {
      const reply = await ('isStarred' in marks
        ? call('session/star', { id, ...marks })
        : 'tags' in marks
          ? call('session/tag', { id, ...marks })
          : call('session/note', { id, ...marks }))
      if (reply.ok) change((state) => putSession(state, reply.value.session))
      return reply
    },
    async deleteSessions(ids) {
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
    async undoDeletion() {
      const { deletion } = store.getState()
      change((state) => ({ ...state, deletion: null }))
      const replies = await Promise.all((deletion?.sessions ?? []).map(({ id }) => call('session/undelete', { id })))
      for (const reply of replies) {
        if (reply.ok) change((state) => putSession(state, reply.value.session))
      }
      void recount()
      return replies.find((reply) => !reply.ok) ?? { ok: true, value: {} }
    },
    async readStatus() {
      const connection = connectionCount
      const reply = await call('app/status', {})
      if (connection === connectionCount && reply.ok) change((state) => takeStatus(state, reply.value))
      return reply
    },
    async readAccount(isFresh) {
      const connection = connectionCount
      const reply = await call('account/read', { isFresh })
      if (connection !== connectionCount) return reply
      takeAccount(reply)
      if (isFresh) {
        const status = await call('app/status', {})
        if (status.ok) change((state) => takeStatus(state, status.value))
      }
      return reply
    },
  }
}

function requestFrame(run: () => void) {
  requestAnimationFrame(run)
}
