import type { Notification, Result } from '../../contract/api.ts'
import type { AccountStatus } from '../../contract/domain/account.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Project, SessionSort } from '../../contract/domain/sessionQuery.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { Update } from '../../contract/domain/update.ts'
import { type UnreadTurn, unreadTurn } from './unreadTurns.ts'

export type Connection = 'connecting' | 'open' | 'reconnecting'
export type LoadState = 'loading' | 'ready' | 'failed'

export interface Conversation {
  state: LoadState
  message: string | null
  turns: Readonly<Record<string, Turn>>
  /** Of a long one, what is still to be read. A turn that is in `turns` as well is to be read anew. */
  unread: Readonly<Record<string, UnreadTurn>>
  /** Why the rest could not be read. */
  restProblem: string | null
}

export const emptyConversation: Conversation = {
  state: 'loading',
  message: null,
  turns: {},
  unread: {},
  restProblem: null,
}

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
  /** Of a view with words: only main can say which sessions have them. Until it has, those that were shown before. */
  ids: ReadonlySet<string>
}

/** Deleted a moment ago, and to be had back until then. */
export interface Deletion {
  sessions: Session[]
  undoUntil: number
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
  deletion: Deletion | null
  /** Only conversations that somebody looks at, by session id. */
  conversations: Readonly<Record<string, Conversation>>
  /** How often somebody outside of the page asked for the dialog of a new session. */
  newSessionWishes: number
  /** The highest `seq` that was seen. */
  seq: number
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
  deletion: null,
  conversations: {},
  newSessionWishes: 0,
  seq: 0,
}

/**
 * Puts what main told into the state. What is not newer than what is known changes nothing, and an unchanged state is
 * the same object, so that replays and duplicates cost no rendering.
 */
export function applyNotification(state: AppState, notification: Notification): AppState {
  const next = applyParams(state, notification)
  const seq = Math.max(state.seq, notification.params.seq)
  return next === state && seq === state.seq ? state : { ...next, seq }
}

function applyParams(state: AppState, { method, params }: Notification): AppState {
  switch (method) {
    case 'session/updated':
      return putSession(state, params.session)
    case 'session/deleted':
      return removeSession(state, params.id, params.seq)
    case 'turn/updated':
      return putTurn(state, params.turn)
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
  const { isPaused, recorded, total, missed, rederived, underived, seq } = status
  const isNewer = !state.recording || state.recording.seq <= seq
  return {
    ...state,
    status,
    recording: isNewer ? { isPaused, recorded, total, missed, rederived, underived, seq } : state.recording,
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

export function putSession(state: AppState, session: Session): AppState {
  const known = state.sessions[session.id]
  if (known && known.seq >= session.seq) return state
  if ((state.deleted[session.id] ?? -1) >= session.seq) return state
  return { ...state, sessions: { ...state.sessions, [session.id]: session } }
}

export function removeSession(state: AppState, id: string, seq: number): AppState {
  if ((state.sessions[id]?.seq ?? -1) > seq) return state
  const { [id]: session, ...sessions } = state.sessions
  const { [id]: conversation, ...conversations } = state.conversations
  const total = session ? Math.max(0, state.listing.total - 1) : state.listing.total
  return {
    ...state,
    sessions: session ? sessions : state.sessions,
    conversations: conversation ? conversations : state.conversations,
    deleted: { ...state.deleted, [id]: Math.max(seq, state.deleted[id] ?? 0) },
    listing: { ...state.listing, total },
  }
}

function putTurn(state: AppState, turn: Turn): AppState {
  const conversation = state.conversations[turn.sessionId]
  if (!conversation) return state
  const known = conversation.turns[turn.id]
  if (known && known.seq >= turn.seq) return state
  return setConversation(state, turn.sessionId, {
    ...conversation,
    turns: { ...conversation.turns, [turn.id]: turn },
    unread: without(conversation.unread, [turn.id]),
  })
}

export function setConversation(state: AppState, id: string, conversation: Conversation): AppState {
  return { ...state, conversations: { ...state.conversations, [id]: conversation } }
}

/** A page of the list. The first page after a reconnect also tells what was deleted while nobody listened. */
export function applyPage(state: AppState, page: Result<'session/list'>, isFirst: boolean): AppState {
  const kept = isFirst ? withoutVanished(state, page) : state
  const next = page.sessions.reduce(putSession, kept)
  return {
    ...next,
    listing: { state: 'ready', message: null, total: page.total, nextCursor: page.nextCursor, isPaging: false },
    seq: Math.max(state.seq, page.seq),
  }
}

export const startOfNarrowed: NarrowedListing = {
  state: 'loading',
  message: null,
  total: 0,
  nextCursor: null,
  isPaging: true,
  ids: new Set(),
}

/** While a view is read that was chosen just now. */
export function beginNarrowed({ narrowed, sessions }: AppState): NarrowedListing {
  return { ...startOfNarrowed, ids: narrowed?.ids ?? new Set(Object.keys(sessions)) }
}

/** A page of the narrowed list; the one it belongs to is still the one that is shown. */
export function applyNarrowedPage(state: AppState, page: Result<'session/list'>, isFirst: boolean): AppState {
  const next = page.sessions.reduce(putSession, state)
  const before = isFirst ? [] : (state.narrowed?.ids ?? [])
  const ids = new Set([...before, ...page.sessions.map(({ id }) => id)])
  const { total, nextCursor } = page
  return {
    ...next,
    narrowed: { state: 'ready', message: null, total, nextCursor, isPaging: false, ids },
    seq: Math.max(state.seq, page.seq),
  }
}

/** Drops what should be on this page, is not, and was known before the page was made. */
function withoutVanished(state: AppState, page: Result<'session/list'>): AppState {
  const present = new Set(page.sessions.map((session) => session.id))
  const oldest = page.nextCursor === null ? -Infinity : Math.min(...page.sessions.map((session) => session.updatedAt))
  const vanished = Object.values(state.sessions).filter(
    (session) => !present.has(session.id) && session.updatedAt > oldest && session.seq <= page.seq,
  )
  if (vanished.length === 0) return state
  const gone = new Set(vanished.map((session) => session.id))
  return {
    ...state,
    sessions: Object.fromEntries(Object.entries(state.sessions).filter(([id]) => !gone.has(id))),
    conversations: Object.fromEntries(Object.entries(state.conversations).filter(([id]) => !gone.has(id))),
  }
}

/**
 * A conversation, or the part of it that came first. Turns that arrived by notification while it was on its way stay when they
 * are newer; those that were read before stay until they are read again.
 */
export function applyConversation(state: AppState, result: Result<'session/read'>): AppState {
  const id = result.session.id
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
  const conversation: Conversation = { state: 'ready', message: null, turns, unread, restProblem: null }
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
  return setConversation(state, id, { ...conversation, turns, unread: without(conversation.unread, turnIds) })
}

function newerOf(known: Turn | undefined, turn: Turn): Turn {
  return known && known.seq >= turn.seq ? known : turn
}

function without<T>(record: Readonly<Record<string, T>>, ids: string[]): Readonly<Record<string, T>> {
  if (!ids.some((id) => id in record)) return record
  const gone = new Set(ids)
  return Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)))
}

/**
 * Forgets everything that carries a `seq`. Needed when main counts from the start again, as with another data folder:
 * by their numbers, all of its news would look old.
 */
export function forgetEpoch(state: AppState): AppState {
  const conversations = Object.fromEntries(
    Object.entries(state.conversations).map(([id, conversation]) => [id, { ...conversation, turns: {}, unread: {} }]),
  )
  return {
    ...state,
    sessions: {},
    deleted: {},
    recording: null,
    account: null,
    settings: null,
    update: null,
    launches: null,
    conversations,
    seq: 0,
  }
}
