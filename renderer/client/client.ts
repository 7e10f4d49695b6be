import type { StoreApi } from 'zustand/vanilla'
import type { MethodName, Notification, Params, Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { createConnection } from './connection.ts'
import { createLine } from './line.ts'
import { createNotificationQueue } from './notificationQueue.ts'
import { createReadings } from './readings.ts'
import type { Removal } from './removalList.ts'
import { createRemovals } from './removals.ts'
import { createSessionChanges, type SessionMarks } from './sessionChanges.ts'
import { createSessionLists } from './sessionLists.ts'
import { type AppState, applyNotification, type ListView, type NewSessionWish } from './state.ts'
import { createSynchronising } from './synchronising.ts'
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
  /** Reads the sessions that this would show, before somebody chooses it. How many there are; null when nobody can tell. */
  expectView(view: ListView): Promise<number | null>
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
  /** Main looks which ones are still there. */
  readRecentFolders(): Promise<Reply<unknown>>
  /** Asks for the dialog of a new session, as it could not begin in this folder. */
  wishNewSession(wish: NewSessionWish): void
  /** Asks main for the account; with `isFresh` main looks for codex and asks it anew. */
  readAccount(isFresh: boolean): Promise<Reply<unknown>>
}

export function createClient(transport: Transport, schedule: (run: () => void) => void = requestFrame): Client {
  const line = createLine(transport)
  const { store, change, call } = line
  const connection = createConnection(line)
  const readings = createReadings(line)
  const lists = createSessionLists(line)
  const conversations = createWatchedConversations(line, schedule)
  const { restoreForgottenSearches, ...removals } = createRemovals(line, lists.recount)
  const queue = createNotificationQueue(schedule, takeNews)
  const synchronise = createSynchronising({
    line,
    queue,
    lists,
    conversations,
    readings,
    isLineOpen: connection.isOpen,
  })

  /** Puts it into the state, and asks for what it does not tell itself. */
  function takeNews(notifications: Notification[]) {
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
    const wasBuiltAgain = wasBuildingAgain && next.recording?.rederived === undefined
    const hasPrices = notifications.some(({ method }) => method === 'price/updated')
    // Of the sessions that this made other ones nothing was told one by one.
    if (wasBuiltAgain || hasPrices) void synchronise()
    else if (hasNews || hasLoss) lists.recount()
    else if (hasChange) lists.readNewsOfView()
  }

  function wishNewSession({ goneFolder }: NewSessionWish) {
    change((state) => ({ ...state, newSessionWish: { goneFolder } }))
  }

  return {
    store,
    call,
    linksAskedBy: transport.linksAskedBy,
    whenSaved: transport.whenSaved,
    start() {
      restoreForgottenSearches()
      void lists.readFirstPage()
      return transport.listen({
        opened() {
          connection.opened()
          void synchronise()
        },
        lost() {
          line.connectionChanged()
          // All of it is read anew; and by the numbers of another archive it could pass for news.
          queue.clear()
          connection.lost()
        },
        notified: queue.push,
        newSessionWanted: wishNewSession,
      })
    },
    setView: lists.setView,
    expectView: lists.expectView,
    loadMore: lists.loadMore,
    retryListing: synchronise,
    watchConversation: conversations.watch,
    preferTurn: conversations.prefer,
    retryConversation: conversations.retry,
    retryRest: conversations.retryRest,
    readStatus: readings.readStatus,
    readSettings: readings.readSettings,
    readUpdate: readings.readUpdate,
    readRecentFolders: readings.readRecentFolders,
    wishNewSession,
    readAccount: readings.readAccount,
    ...createSessionChanges(line),
    ...removals,
  }
}

function requestFrame(run: () => void) {
  requestAnimationFrame(run)
}
