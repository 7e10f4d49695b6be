import type { StoreApi } from 'zustand/vanilla'
import type { MethodName, Params, Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { createLine } from './line.ts'
import { createNotificationQueue } from './notificationQueue.ts'
import { createRemovals } from './removals.ts'
import { createSessionChanges, type SessionMarks } from './sessionChanges.ts'
import { createSessionLists } from './sessionLists.ts'
import {
  type AppState,
  applyNotification,
  forgetEpoch,
  type ListView,
  putAccount,
  putLaunches,
  putSettings,
  putStatus,
  putUpdate,
  type Removal,
} from './state.ts'
import type { Transport } from './transport.ts'
import { createWatchedConversations } from './watchedConversations.ts'

export interface Client {
  store: StoreApi<AppState>
  linksAskedBy: Transport['linksAskedBy']
  whenSaved: Transport['whenSaved']
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
  /** Gone from the list at once; `undoRemoval` brings them back for a while. Stops at the first that fails. */
  deleteSessions(ids: string[]): Promise<Reply<unknown>>
  /** Takes a saved search away; `undoRemoval` puts it back where it was, for a while. */
  forgetSearch(name: string): Promise<Reply<unknown>>
  /** Brings back what was taken away last, and then what was taken away before that. */
  undoRemoval(): Promise<Reply<Removal | null>>
  /** Asks main anew what it found on this computer. */
  readStatus(): Promise<Reply<unknown>>
  readSettings(): Promise<Reply<unknown>>
  readUpdate(): Promise<Reply<unknown>>
  /** Asks main for the account; with `isFresh` main looks for codex and asks it anew. */
  readAccount(isFresh: boolean): Promise<Reply<unknown>>
}

/** So often the line may be lost in a row before it is asked why: a restart is over by then. */
const patience = 3

export function createClient(transport: Transport, schedule: (run: () => void) => void = requestFrame): Client {
  const line = createLine(transport)
  const { store, change, call, ofThisConnection, connectionChanged } = line
  const lists = createSessionLists(line)
  const conversations = createWatchedConversations(line, schedule)
  const queue = createNotificationQueue(schedule, (notifications) => {
    const known = store.getState()
    const next = notifications.reduce(applyNotification, known)
    if (next === known) return
    store.setState(next, true)
    const hasNews = notifications.some(
      ({ method, params }) => method === 'session/updated' && !known.sessions[params.session.id],
    )
    const hasLoss = notifications.some(({ method }) => method === 'session/deleted')
    const hasChange = notifications.some(({ method }) => method === 'session/updated')
    const wasBuildingAgain = known.recording?.rederived !== undefined
    // Of the sessions that were built again nothing was told one by one.
    if (wasBuildingAgain && next.recording?.rederived === undefined) void synchronise()
    else if (hasNews || hasLoss) lists.recount()
    else if (hasChange) lists.readNewsOfView()
  })
  let isLineOpen = false
  /** How often in a row it could not be opened. */
  let failures = 0

  async function synchronise() {
    connectionChanged()
    const isCurrent = ofThisConnection()
    const seqBefore = store.getState().archiveSeq
    queue.pause()
    // Not waited for: a keychain or a codex that is slow to answer holds nothing else up.
    const account = call('account/read', {})
    const update = call('update/read', {})
    const [status, listed, settings, launches] = await Promise.all([
      call('app/status', {}),
      lists.readAll(),
      call('settings/read', {}),
      call('launch/list', {}),
    ])
    if (!isCurrent()) return
    change((state) => {
      const isNewEpoch = listed.seq !== null && listed.seq < seqBefore
      let next = isNewEpoch ? forgetEpoch(state) : state
      if (status.ok) next = putStatus(next, status.value)
      if (settings.ok) next = putSettings(next, settings.value.settings, settings.value.seq)
      if (launches.ok) next = putLaunches(next, launches.value)
      next = listed.putInto(next)
      return isLineOpen ? { ...next, connection: 'open' } : next
    })
    queue.resume()
    void update.then((reply) => {
      if (!isCurrent() || !reply.ok) return
      change((state) => putUpdate(state, reply.value.update, reply.value.seq))
    })
    void account.then((reply) => isCurrent() && takeAccount(reply))
    lists.readBeside()
    await conversations.readAll()
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

  /** A line that cannot be opened does not say why: a plain call does, as when this page is not signed in any more. */
  async function askWhyAway() {
    const reply = await call('app/status', {})
    if (isLineOpen) return
    const awayReason = reply.ok || reply.error.code !== 'signedOut' ? null : reply.error.message
    change((state) => ({ ...state, awayReason }))
  }

  return {
    store,
    call,
    linksAskedBy: transport.linksAskedBy,
    whenSaved: transport.whenSaved,
    start() {
      void lists.readFirstPage()
      return transport.listen({
        opened() {
          isLineOpen = true
          failures = 0
          change((state) => ({ ...state, openings: state.openings + 1, awayReason: null }))
          void synchronise()
        },
        lost() {
          isLineOpen = false
          failures += 1
          connectionChanged()
          // All of it is read anew; and by the numbers of another archive it could pass for news.
          queue.clear()
          change((state) => ({ ...state, connection: 'reconnecting' }))
          if (store.getState().listing.state === 'loading') void explainSilence()
          if (failures >= patience) void askWhyAway()
        },
        notified: queue.push,
        newSessionWanted: () => change((state) => ({ ...state, newSessionWishes: state.newSessionWishes + 1 })),
      })
    },
    setView: lists.setView,
    loadMore: lists.loadMore,
    retryListing: synchronise,
    watchConversation: conversations.watch,
    preferTurn: conversations.prefer,
    retryConversation: conversations.retry,
    retryRest: conversations.retryRest,
    ...createSessionChanges(line),
    ...createRemovals(line, lists.recount),
    async readStatus() {
      const isCurrent = ofThisConnection()
      const reply = await call('app/status', {})
      if (isCurrent() && reply.ok) change((state) => putStatus(state, reply.value))
      return reply
    },
    async readSettings() {
      const isCurrent = ofThisConnection()
      const reply = await call('settings/read', {})
      if (isCurrent() && reply.ok) change((state) => putSettings(state, reply.value.settings, reply.value.seq))
      return reply
    },
    async readUpdate() {
      const isCurrent = ofThisConnection()
      const reply = await call('update/read', {})
      if (isCurrent() && reply.ok) change((state) => putUpdate(state, reply.value.update, reply.value.seq))
      return reply
    },
    async readAccount(isFresh) {
      const isCurrent = ofThisConnection()
      const reply = await call('account/read', { isFresh })
      if (!isCurrent()) return reply
      takeAccount(reply)
      if (isFresh) {
        const status = await call('app/status', {})
        if (status.ok) change((state) => putStatus(state, status.value))
      }
      return reply
    },
  }
}

function requestFrame(run: () => void) {
  requestAnimationFrame(run)
}
