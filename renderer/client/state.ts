import type { Notification, Result } from '../../contract/api.ts'
import type { AccountStatus } from '../../contract/domain/account.ts'
import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Project, SessionSort } from '../../contract/domain/sessionQuery.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import type { RecentFolder } from '../../contract/domain/terminal.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { TurnChange } from '../../contract/domain/turnChange.ts'
import type { Update } from '../../contract/domain/update.ts'
import {
  type Conversation,
  emptyConversation,
  type LoadState,
  newerOf,
  settleAhead,
  takeChange,
  without,
} from './conversation.ts'
import { addDeleted, dropDeleted, type Removals } from './removalList.ts'
import { type UnreadTurn, unreadTurn } from './unreadTurns.ts'

export type Connection = 'connecting' | 'open' | 'reconnecting'

/** What the list shows: of which sessions, in the search language, and in which order. */
export interface ListView {
  query: string
  sort: SessionSort
}

/** What is known of a list that is narrowed or sorted. Its sessions are among all the others. */
export interface NarrowedListing {
  state: LoadState
  message: string | null
  total: number
  nextCursor: string | null
  isPaging: boolean
  /** A quick answer is shown, and the whole one is on its way. */
  isPartial: boolean
  /** Of a view with words: only main can say which sessions have them. Until it has, those that were shown before. */
  ids: ReadonlySet<string>
  /** Those of `ids` that are certain to fit, also while the view is read: what was read of it may not reach down to them. */
  certain: ReadonlySet<string>
}

export interface NewSessionWish {
  /** Where it was to begin, and nothing is any more. */
  goneFolder: string | null
}

export interface AppState {
  connection: Connection
  status: Result<'app/status'> | null
  recording: Recording | null
  account: AccountStatus | null
  /** Why nothing is known of the account; null while it is being asked for, too. */
  accountProblem: string | null
  settings: { value: Settings; seq: number } | null
  update: { value: Update; seq: number } | null
  /** Codexes that are open in a terminal, by their launches, and how many run of which nothing is kept. */
  launches: { ids: readonly string[]; privateCount: number; seq: number } | null
  sessions: Readonly<Record<string, Session>>
  /** The `seq` at which a session was deleted, so that a late update does not bring it back. */
  deleted: Readonly<Record<string, number>>
  listing: { state: LoadState; message: string | null; total: number; nextCursor: string | null; isPaging: boolean }
  view: ListView
  /** Null while the list shows all sessions by time. */
  narrowed: NarrowedListing | null
  projects: readonly Project[]
  /** As they were when somebody last wanted to choose one. */
  recentFolders: readonly RecentFolder[]
  /** What can be taken back, the newest last: what was deleted anywhere, and searches that this page has taken away. */
  removals: Removals
  /** Only conversations that somebody looks at, by session id. */
  conversations: Readonly<Record<string, Conversation>>
  /** That somebody outside of the dialog of a new session asked for it last; each time another one. */
  newSessionWish: NewSessionWish | null
  /** How often the line was opened, or prices changed: what main keeps to itself has to be asked for again. */
  openings: number
  /** Why there is no line, as far as a plain call could tell. */
  awayReason: string | null
  /** The highest `seq` of the archive that was seen. The account, settings, launches and updates count for themselves, ahead of it. */
  archiveSeq: number
}

export const initialState: AppState = {
  connection: 'connecting',
  status: null,
  recording: null,
  account: null,
  accountProblem: null,
  settings: null,
  update: null,
  launches: null,
  sessions: {},
  deleted: {},
  listing: { state: 'loading', message: null, total: 0, nextCursor: null, isPaging: false },
  view: { query: '', sort: 'updated' },
  narrowed: null,
  projects: [],
  recentFolders: [],
  removals: [],
  conversations: {},
  newSessionWish: null,
  openings: 0,
  awayReason: null,
  archiveSeq: 0,
}

/**
 * Puts what main told into the state. What is not newer than what is known changes nothing, and an unchanged state is
 * the same object, so that replays and duplicates cost no rendering.
 */
export function applyNotification(state: AppState, notification: Notification): AppState {
  const next = applyParams(state, notification)
  return isOfArchive(notification) ? withSeq(next, notification.params.seq) : next
}

function isOfArchive({ method }: Notification): boolean {
  return method === 'session/updated' || method === 'session/deleted' || method === 'turn/updated'
}

export function withSeq(state: AppState, seq: number): AppState {
  return seq > state.archiveSeq ? { ...state, archiveSeq: seq } : state
}

function applyParams(state: AppState, { method, params }: Notification): AppState {
  switch (method) {
    case 'session/updated':
      return putSession(state, params.session)
    case 'session/deleted':
      return removeSession(state, params)
    case 'turn/updated':
      return putTurn(state, params.change)
    case 'recording/updated':
      return state.recording && state.recording.seq >= params.seq ? state : { ...state, recording: params }
    case 'account/updated':
      return putAccount(state, params.status)
    case 'update/updated':
      return putUpdate(state, params.update, params.seq)
    case 'launch/updated':
      return putLaunches(state, params)
    case 'settings/updated':
      return putSettings(state, params.settings, params.seq)
    case 'price/updated':
      return { ...state, openings: state.openings + 1 }
    default:
      // A newer main may tell of more than this page knows.
      return state
  }
}

export function putAccount(state: AppState, account: AccountStatus): AppState {
  if (state.account && state.account.seq >= account.seq) return state
  return { ...state, account, accountProblem: null }
}

export function putStatus(state: AppState, status: Result<'app/status'>): AppState {
  const { isPaused, recorded, total, missed, rederived, underived, damage, unwritable, seq } = status
  const isNewer = !state.recording || state.recording.seq <= seq
  return {
    ...state,
    status,
    recording: isNewer
      ? { isPaused, recorded, total, missed, rederived, underived, damage, unwritable, seq }
      : state.recording,
  }
}

export function putLaunches(state: AppState, launches: Result<'launch/list'>): AppState {
  return state.launches && state.launches.seq >= launches.seq ? state : { ...state, launches }
}

export function putSettings(state: AppState, value: Settings, seq: number): AppState {
  return state.settings && state.settings.seq >= seq ? state : { ...state, settings: { value, seq } }
}

export function putUpdate(state: AppState, value: Update, seq: number): AppState {
  return state.update && state.update.seq >= seq ? state : { ...state, update: { value, seq } }
}

export const putSession = (state: AppState, session: Session): AppState => putSessions(state, [session])

/** Those of them that are news. At once, as thousands may be known, and each change is of a copy of all. */
export function putSessions(state: AppState, read: Session[]): AppState {
  const news = read.filter(({ id, seq }) => (state.sessions[id]?.seq ?? -1) < seq && (state.deleted[id] ?? -1) < seq)
  if (news.length === 0) return state
  const sessions = { ...state.sessions, ...Object.fromEntries(news.map((each) => [each.id, each])) }
  const newIds = new Set(news.map(({ id }) => id))
  return { ...state, sessions, removals: dropDeleted(state.removals, (id) => newIds.has(id)) }
}

interface Deletion {
  id: string
  undo?: DeletedSession | null | undefined
  seq: number
}

export function removeSession(state: AppState, { id, undo, seq }: Deletion): AppState {
  if ((state.sessions[id]?.seq ?? -1) > seq || (state.deleted[id] ?? -1) >= seq) return state
  const { [id]: session, ...sessions } = state.sessions
  const { [id]: conversation, ...conversations } = state.conversations
  const total = session ? Math.max(0, state.listing.total - 1) : state.listing.total
  return {
    ...state,
    sessions: session ? sessions : state.sessions,
    conversations: conversation ? conversations : state.conversations,
    deleted: { ...state.deleted, [id]: seq },
    listing: { ...state.listing, total },
    removals: undo ? addDeleted(state.removals, undo) : dropDeleted(state.removals, (each) => each === id),
  }
}

/** All that main can bring back; what is newer than its answer stays, or stays away. */
export function putDeleted(state: AppState, { sessions, seq }: Result<'session/listDeleted'>): AppState {
  const isNewer = (id: string) => Math.max(state.deleted[id] ?? -1, state.sessions[id]?.seq ?? -1) > seq
  const newer = dropDeleted(state.removals, (id) => !isNewer(id))
  return { ...state, removals: sessions.filter(({ id }) => !isNewer(id)).reduce(addDeleted, newer) }
}

/** Main does not have it any more; why stays for whoever looks at it. */
export function putGone(state: AppState, id: string, message: string): AppState {
  const { [id]: _gone, ...sessions } = state.sessions
  return setConversation({ ...state, sessions }, id, { ...emptyConversation, state: 'failed', message })
}

function putTurn(state: AppState, change: TurnChange): AppState {
  const { sessionId } = change.head
  const conversation = state.conversations[sessionId]
  if (!conversation) return state
  const next = takeChange(conversation, change)
  return next === conversation ? state : setConversation(state, sessionId, next)
}

export function setConversation(state: AppState, id: string, conversation: Conversation): AppState {
  return { ...state, conversations: { ...state.conversations, [id]: conversation } }
}

/**
 * A conversation, or the part of it that came first. Turns that arrived by notification while it was on its way stay when they
 * are newer; those that were read before stay until they are read again.
 */
export function applyConversation(state: AppState, result: Result<'session/read'>): AppState {
  const id = result.session.id
  // It was deleted while the answer was on its way.
  if (!state.sessions[id] && (state.deleted[id] ?? -1) >= result.session.seq) return state
  const known = state.conversations[id]?.turns ?? {}
  const turns: Record<string, Turn> = {}
  for (const turn of Object.values(known)) if (turn.seq > result.seq) turns[turn.id] = turn
  for (const turn of result.turns) turns[turn.id] = newerOf(known[turn.id], turn)
  const unread: Record<string, UnreadTurn> = {}
  for (const outline of result.outline) {
    if (turns[outline.id]) continue
    unread[outline.id] = unreadTurn(outline)
    const before = known[outline.id]
    if (before) turns[outline.id] = before
  }
  const read: Conversation = { ...emptyConversation, state: 'ready', turns, unread }
  const conversation = settleAhead(read, state.conversations[id]?.ahead ?? {}, result.seq)
  return setConversation(putSession(state, result.session), id, conversation)
}

/** More of a conversation: the turns that were asked for, but for those that are not there any more. */
export function applyTurns(
  state: AppState,
  id: string,
  turnIds: string[],
  { turns: read, seq }: Result<'session/readTurns'>,
): AppState {
  const conversation = state.conversations[id]
  if (!conversation) return state
  const turns = { ...conversation.turns }
  for (const turnId of turnIds) if ((turns[turnId]?.seq ?? Infinity) <= seq) delete turns[turnId]
  for (const turn of read) turns[turn.id] = newerOf(conversation.turns[turn.id], turn)
  const { ahead } = conversation
  const next = { ...conversation, turns, unread: without(conversation.unread, turnIds), ahead: {} }
  return setConversation(state, id, settleAhead(next, ahead, seq))
}

/**
 * Forgets everything that carries a `seq`. Needed when main counts from the start again, as with another data folder:
 * by their numbers, all of its news would look old.
 */
export function forgetEpoch(state: AppState): AppState {
  const conversations = Object.fromEntries(
    Object.entries(state.conversations).map(([id, conversation]) => [
      id,
      { ...conversation, turns: {}, unread: {}, ahead: {} },
    ]),
  )
  return {
    ...state,
    sessions: {},
    deleted: {},
    recentFolders: [],
    removals: state.removals.filter(({ what }) => what === 'search'),
    recording: null,
    account: null,
    settings: null,
    update: null,
    launches: null,
    conversations,
    archiveSeq: 0,
  }
}
