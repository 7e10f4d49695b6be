import { judgeCall } from '../../contract/domain/openCall.ts'
import type { Session } from '../../contract/domain/session.ts'
import { formatDuration } from '../ui/formatting.ts'

/** What may be going on with the call that a live session waits for, in the words that all places show. */
export interface OpenCallState {
  kind: 'works' | 'mayWait' | 'silent'
  text: string
  /** The command, or the files to be edited. */
  code: string
  since: number
}

/** Null while there is no such call. */
export function readOpenCall({ status, openCall }: Session, now: number): OpenCallState | null {
  if (status !== 'live' || !openCall) return null
  const { what: code, since } = openCall
  switch (judgeCall(openCall, now)) {
    case 'runs':
      return { kind: 'works', text: 'Runs', code, since }
    case 'mayWait':
      return { kind: 'mayWait', text: 'May be waiting for you', code, since }
    case 'silent':
      return { kind: 'silent', text: `No word from Codex for ${formatMinutes(now - since)}`, code, since }
  }
}

/** How many of the sessions run, as far as anybody can say, and how many do not surely. */
export function countStates(
  sessions: readonly Session[],
  now: number,
): { running: number; mayWait: number; silent: number } {
  const counts = { running: 0, mayWait: 0, silent: 0 }
  for (const session of sessions) {
    if (session.status !== 'live') continue
    const kind = readOpenCall(session, now)?.kind
    if (kind === 'mayWait' || kind === 'silent') counts[kind] += 1
    else counts.running += 1
  }
  return counts
}

/** `2 running, 1 may be waiting for you`. */
export function describeCounts({ running, mayWait, silent }: ReturnType<typeof countStates>): string[] {
  return [
    ...(running > 0 ? [`${running} running`] : []),
    ...(mayWait > 0 ? [`${mayWait} may be waiting for you`] : []),
    ...(silent > 0 ? [`${silent} without a word from Codex`] : []),
  ]
}

const formatMinutes = (ms: number) => formatDuration(ms - (ms % 60_000))
