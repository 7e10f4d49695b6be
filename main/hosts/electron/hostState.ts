import type { Notification } from '../../../contract/api.ts'
import type { AccountStatus } from '../../../contract/domain/account.ts'
import { troubleOf } from '../../../contract/domain/recording.ts'
import type { Session } from '../../../contract/domain/session.ts'
import type { Turn } from '../../../contract/domain/turn.ts'
import { lastItemOf, type TurnChange } from '../../../contract/domain/turnChange.ts'

/** What the tray and the notifications are made of. */
export interface HostState {
  account: AccountStatus | null
  isPaused: boolean
  /** Why what passes may not be recorded, in a few words. */
  trouble: string | null
  /** How many sessions run of which nothing is kept. */
  privateCount: number
  /** Those that run, and the newest of the others; the newest first. */
  sessions: readonly Session[]
  /** Those that run, and the newest of those that ended. */
  turns: Readonly<Record<string, TurnInShort>>
  /** When this state began to follow the app: what started earlier and has ended is nobody's news. */
  since: number
  /** Where sessions were lately, the newest first. */
  folders: readonly string[]
  window: 'hidden' | 'visible' | 'focused'
}

export interface TurnInShort
  extends Pick<Turn, 'id' | 'sessionId' | 'threadId' | 'status' | 'prompt' | 'startedAt' | 'seq'> {
  waitsForUser: boolean
}

export const initialHostState: HostState = {
  account: null,
  isPaused: false,
  trouble: null,
  privateCount: 0,
  sessions: [],
  turns: {},
  since: Number.POSITIVE_INFINITY,
  folders: [],
  window: 'hidden',
}

const keptSessions = 20
/** So that a turn which is told of again, as after a derivation, is known to have been told of. */
const keptEndedTurns = 100

/** Puts what main told into the state; what changes nothing gives the same object back. */
export function applyNotification(state: HostState, { method, params }: Notification): HostState {
  switch (method) {
    case 'account/updated':
      return state.account && state.account.seq >= params.seq ? state : { ...state, account: params.status }
    case 'recording/updated': {
      const [isPaused, trouble] = [params.isPaused, troubleOf(params)?.title ?? null]
      return state.isPaused === isPaused && state.trouble === trouble ? state : { ...state, isPaused, trouble }
    }
    case 'launch/updated':
      return state.privateCount === params.privateCount ? state : { ...state, privateCount: params.privateCount }
    case 'session/updated':
      return putSessions(state, [params.session])
    case 'session/deleted':
      return { ...state, sessions: state.sessions.filter(({ id }) => id !== params.id) }
    case 'turn/updated':
      return putTurn(state, params.change)
    default:
      return state
  }
}

export function putSessions(state: HostState, added: Session[]): HostState {
  const byId = new Map(state.sessions.map((session) => [session.id, session]))
  for (const session of added) {
    if ((byId.get(session.id)?.seq ?? -1) < session.seq) byId.set(session.id, session)
  }
  const ordered = [...byId.values()].sort((a, b) => b.updatedAt - a.updatedAt)
  return { ...state, sessions: ordered.filter(({ status }, at) => status === 'live' || at < keptSessions) }
}

function putTurn(state: HostState, change: TurnChange): HostState {
  const { id, sessionId, threadId, status, prompt, startedAt, seq } = change.head
  if ((state.turns[id]?.seq ?? -1) >= seq) return state
  const short: TurnInShort = {
    id,
    sessionId,
    threadId,
    status,
    prompt,
    startedAt,
    seq,
    waitsForUser: waitsForUser(change),
  }
  const others = Object.values(state.turns).filter((each) => each.id !== id)
  const live = others.filter((each) => each.status === 'live')
  const ended = others.filter((each) => each.status !== 'live').slice(-keptEndedTurns)
  return { ...state, turns: Object.fromEntries([...ended, ...live, short].map((each) => [each.id, each])) }
}

/**
 * Codex asks its user before it answers one of these calls: the model wants to know something, or wants to leave the sandbox. Codex
 * says nothing of it over the wire, so one that was told never to ask is taken for waiting too, until its call is answered.
 */
function waitsForUser(change: TurnChange): boolean {
  const last = lastItemOf(change)
  if (change.head.status !== 'live' || last?.type !== 'toolCall' || last.output !== null) return false
  return (
    /(^|\.)request_user_input$/.test(last.name) ||
    /\brequire_escalated\b|"with_escalated_permissions":\s*true/.test(last.input)
  )
}

export function liveSessions({ sessions }: Pick<HostState, 'sessions'>): Session[] {
  return sessions.filter(({ status }) => status === 'live')
}
