import { rootThreadId } from '../../../contract/domain/session.ts'
import type { HostState, TurnInShort } from './hostState.ts'
import { shownText } from './shownText.ts'

/** What the system shows, and where a click on it leads. */
export interface Notice {
  kind: 'turnFinished' | 'waitsForUser' | 'signInAgain' | 'limitNear'
  title: string
  body: string
  /** In the window. */
  route: string
}

/** From here on people plan differently. */
const nearPercent = 90

/**
 * What changed from one state to the next that its user would want to be called for. Nobody is called for what is on the
 * screen, nor for what was so already when Tapedeck started.
 */
export function notificationsFor(before: HostState, after: HostState): Notice[] {
  if (after.window === 'focused') return []
  return [...turnNotices(before, after), ...signInNotices(before, after), ...limitNotices(before, after)]
}

function turnNotices(before: HostState, after: HostState): Notice[] {
  return Object.values(after.turns).flatMap((turn): Notice[] => {
    const known = before.turns[turn.id]
    if (known === turn || !wasRunning(turn, known, after) || !isOfUser(turn, after)) return []
    const title = titleOf(turn, after)
    const route = `#/session/${encodeURIComponent(turn.sessionId)}`
    if (turn.waitsForUser && known?.waitsForUser !== true) {
      return [{ kind: 'waitsForUser', title: 'Codex waits for you', body: title, route }]
    }
    // What its user ended needs no telling.
    if (after.window !== 'hidden' || (turn.status !== 'completed' && turn.status !== 'failed')) return []
    return [
      {
        kind: 'turnFinished',
        title: turn.status === 'completed' ? 'Codex is done' : 'Codex failed',
        body: title,
        route,
      },
    ]
  })
}

/** A short one is over before it is first told of. */
function wasRunning(turn: TurnInShort, known: TurnInShort | undefined, { since }: HostState): boolean {
  return known === undefined ? turn.startedAt >= since : known.status === 'live'
}

/** Not that of a sub-agent, which ends many times before its user gets an answer. */
function isOfUser({ sessionId, threadId }: TurnInShort, { sessions }: HostState): boolean {
  const session = sessions.find(({ id }) => id === sessionId)
  return session === undefined || rootThreadId(session) === threadId
}

function titleOf({ sessionId, prompt }: TurnInShort, { sessions }: HostState): string {
  return shownText(sessions.find(({ id }) => id === sessionId)?.title ?? prompt, 120)
}

function signInNotices(before: HostState, after: HostState): Notice[] {
  const isLost = ({ account }: HostState) =>
    account?.account.state === 'broken' && account.account.problem === 'signedOutByServer'
  if (before.account === null || isLost(before) || !isLost(after)) return []
  const body = 'OpenAI has ended the sign-in of Codex. Sessions fail until you sign in again.'
  return [{ kind: 'signInAgain', title: 'Sign in again', body, route: '#/account' }]
}

function limitNotices(before: HostState, after: HostState): Notice[] {
  const earlier = before.account?.limits?.windows
  if (!earlier) return []
  return (after.account?.limits?.windows ?? []).flatMap((window): Notice[] => {
    const known = earlier.find(({ name }) => name === window.name)
    // A new window begins anew, whatever its predecessor had come to.
    const isSame = known && Math.abs((known.resetsAt ?? 0) - (window.resetsAt ?? 0)) < sameWindowMs
    const wasNear = isSame && known.usedPercent >= nearPercent
    if (wasNear || window.usedPercent < nearPercent) return []
    const percent = Math.min(100, Math.round(window.usedPercent))
    const body = `${percent} % of the ${nameWindow(window.windowMinutes)} is used.`
    return [{ kind: 'limitNear', title: 'Your plan’s limit is near', body, route: '#/account' }]
  })
}

/** The server tells how long it is until the reset, so the moment wobbles by seconds. */
const sameWindowMs = 5 * 60_000

/** In the middle of a sentence. */
function nameWindow(minutes: number | null): string {
  if (minutes === null) return 'limit'
  if (minutes === 10_080) return 'week’s limit'
  return minutes < 1_440 ? `${Math.round(minutes / 60)}-hour limit` : `${Math.round(minutes / 1_440)}-day limit`
}
