import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { describeActivity } from '../conversation/describeActivity.ts'
import { readOpenCall } from './openCallState.ts'

export interface LiveState {
  kind: 'works' | 'mayWait' | 'silent' | 'waits'
  /** What happens, for people. */
  text: string
  /** The command or tool that runs. */
  code: string | null
  /** Since when it does; null where that is not known. */
  since: number | null
}

/** What a session does at this moment, as far as what codex and the model say tells. */
export function readLiveState(session: Session, turns: Turn[], now: number): LiveState {
  if (session.status !== 'live') {
    return { kind: 'waits', text: 'Waits for your next prompt', code: null, since: session.updatedAt }
  }
  const open = readOpenCall(session, now)
  if (open && open.kind !== 'works') return open
  const turn = currentTurn(session, turns)
  if (!turn) return { kind: 'works', text: 'Works', code: null, since: null }
  const { text, code } = describeActivity(turn)
  const call = turn.items.findLast((item) => item.type === 'toolCall' && item.status === 'running')
  const agents = countAgents(turn, turns)
  if (call && agents > 0) {
    const words = agents === 1 ? 'A sub-agent works' : `${agents} sub-agents work`
    return { kind: 'works', text: words, code, since: call.at }
  }
  return { kind: 'works', text: capitalize(text), code, since: (call ?? turn.items.at(-1))?.at ?? turn.startedAt }
}

function countAgents(turn: Turn, turns: Turn[]): number {
  return turns.filter(({ status, threadId }) => status === 'live' && threadId !== turn.threadId).length
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The root's turn that runs; while only a sub-agent works, that one's; else the one that ended last. */
export function currentTurn(session: Session, turns: Turn[]): Turn | null {
  const roots = new Set(session.threads.filter((thread) => thread.parentThreadId === null).map((thread) => thread.id))
  const latest = [...turns].sort((a, b) => b.startedAt - a.startedAt)
  return (
    latest.find((turn) => turn.status === 'live' && roots.has(turn.threadId)) ??
    latest.find((turn) => turn.status === 'live') ??
    latest.find((turn) => roots.has(turn.threadId)) ??
    latest[0] ??
    null
  )
}

/** The sessions that run or wait for their user, in the order in which they began, so that no card moves; and the few that ended last. */
export function listLive(sessions: Session[], launchIds: readonly string[]): { open: Session[]; ended: Session[] } {
  const byUpdate = sessions.toSorted((a, b) => b.updatedAt - a.updatedAt)
  const taken = new Set<string>()
  const open = new Set<Session>()
  for (const session of byUpdate) {
    const { launchId } = session
    // In one terminal codex can have had sessions one after the other; only the last can wait.
    const isWaiting = launchId !== undefined && launchIds.includes(launchId) && !taken.has(launchId)
    if (session.status === 'live' || isWaiting) open.add(session)
    if (launchId !== undefined) taken.add(launchId)
  }
  return {
    open: [...open].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id)),
    ended: byUpdate.filter((session) => !open.has(session)).slice(0, mostEnded),
  }
}

const mostEnded = 5
