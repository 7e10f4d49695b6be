import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MethodName, Params, Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { createNotificationQueue } from './notificationQueue.ts'
import {
  type AppState,
  applyConversation,
  applyNotification,
  applyPage,
  forgetEpoch,
  initialState,
  putAccount,
  putSession,
  putSettings,
  putUpdate,
  removeSession,
  setConversation,
} from './state.ts'
import type { Transport } from './transport.ts'

export interface Client {
  store: StoreApi<AppState>
  linksAskedBy: Transport['linksAskedBy']
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Reply<Result<M>>>
  /** Connects and keeps the store up to date until the undo is called. */
  start(): () => void
  loadMore(): Promise<void>
  /** Asks for the first page again, after a failure. */
  retryListing(): Promise<void>
  /** Keeps a conversation in the store until the undo is called. */
  watchConversation(sessionId: string): () => void
  retryConversation(sessionId: string): Promise<void>
  renameSession(id: string, title: string | null): Promise<Reply<unknown>>
  deleteSession(id: string): Promise<Reply<unknown>>
  /** Asks main for the account; with `isFresh` main looks for codex and asks it anew. */
  readAccount(isFresh: boolean): Promise<Reply<unknown>>
}

const pageSize = 100

export function createClient(transport: Transport, schedule: (run: () => void) => void = requestFrame): Client {
  const store = createStore<AppState>(() => initialState)
  const watchers = new Map<string, number>()
  const queue = createNotificationQueue(schedule, (notifications) => {
    const known = store.getState()
    const next = notifications.reduce(applyNotification, known)
    if (next === known) return
    store.setState(next, true)
    const hasNews = notifications.some(
      ({ method, params }) => method === 'session/updated' && !known.sessions[params.session.id],
    )
    if (hasNews) void recount()
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

  async function synchronise() {
    connectionCount += 1
    const connection = connectionCount
    const seqBefore = store.getState().seq
    queue.pause()
    // Not waited for: a keychain or a codex that is slow to answer holds nothing else up.
    const account = call('account/read', {})
    const update = call('update/read', {})
    const [status, page, settings] = await Promise.all([
      call('app/status', {}),
      call('session/list', { limit: pageSize }),
      call('settings/read', {}),
    ])
    if (connection !== connectionCount) return
    change((state) => {
      const isNewEpoch = page.ok && page.value.seq < seqBefore
      let next = isNewEpoch ? forgetEpoch(state) : state
      if (status.ok) next = takeStatus(next, status.value)
      if (settings.ok) next = putSettings(next, settings.value.settings, settings.value.seq)
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
    await Promise.all([...watchers.keys()].map(readConversation))
  }

  function takeStatus(state: AppState, status: Result<'app/status'>): AppState {
    const { isPaused, recorded, total, missed, seq } = status
    const isNewer = !state.recording || state.recording.seq <= seq
    return { ...state, status, recording: isNewer ? { isPaused, recorded, total, missed, seq } : state.recording }
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
    const page = await call('session/list', { limit: 1 })
    if (!page.ok) return
    change((state) => ({ ...state, listing: { ...state.listing, total: page.value.total } }))
  }

  async function readConversation(id: string) {
    const reply = await call('session/read', { id })
    if (!watchers.has(id)) return
    change((state) => {
      if (reply.ok) return applyConversation(state, reply.value)
      const known = state.conversations[id]
      // A hiccup of the line does not take away what is on the screen.
      if (known?.state === 'ready' && reply.error.code !== 'notFound') return state
      return setConversation(state, id, { state: 'failed', message: reply.error.message, turns: {} })
    })
  }

  async function retryConversation(id: string) {
    change((state) => setConversation(state, id, { state: 'loading', message: null, turns: {} }))
    await readConversation(id)
  }

  return {
    store,
    call,
    linksAskedBy: transport.linksAskedBy,
    start() {
      return transport.listen({
        opened: () => void synchronise(),
        lost() {
          connectionCount += 1
          change((state) => ({ ...state, connection: 'reconnecting' }))
          if (store.getState().listing.state === 'loading') void explainSilence()
        },
        notified: queue.push,
      })
    },
    async loadMore() {
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
    watchConversation(id) {
      watchers.set(id, (watchers.get(id) ?? 0) + 1)
      if (watchers.get(id) === 1) {
        if (!store.getState().conversations[id]) {
          change((state) => setConversation(state, id, { state: 'loading', message: null, turns: {} }))
        }
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
    retryConversation,
    async renameSession(id, title) {
      const reply = await call('session/rename', { id, title })
      if (reply.ok) change((state) => putSession(state, reply.value.session))
      return reply
    },
    async deleteSession(id) {
      const reply = await call('session/delete', { id })
      if (reply.ok) change((state) => removeSession(state, id, state.sessions[id]?.seq ?? state.seq))
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
