import type { Session } from '../../contract/domain/session.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { formatDay } from '../ui/formatting.ts'

export type ListRow = { kind: 'day'; label: string } | { kind: 'session'; session: Session }

/** Live sessions first, in the order they began so that they do not jump about; then the others, last active first. */
export function orderSessions(sessions: Session[]): Session[] {
  return [...sessions].sort((a, b) => {
    if (a.status === 'live' && b.status === 'live') return b.startedAt - a.startedAt || a.id.localeCompare(b.id)
    if (a.status === 'live') return -1
    if (b.status === 'live') return 1
    return b.updatedAt - a.updatedAt || a.id.localeCompare(b.id)
  })
}

/** With headings where the order is one of time. */
export function groupSessions(ordered: Session[], sort: SessionSort, now: number): ListRow[] {
  return sort === 'updated' ? groupByDay(ordered, now) : ordered.map((session) => ({ kind: 'session', session }))
}

/** Ordered sessions with a heading in front of each day. */
export function groupByDay(ordered: Session[], now: number): ListRow[] {
  const rows: ListRow[] = []
  let day: string | null = null
  for (const session of ordered) {
    const label = session.status === 'live' ? 'Today' : formatDay(session.updatedAt, now)
    if (label !== day) rows.push({ kind: 'day', label })
    day = label
    rows.push({ kind: 'session', session })
  }
  return rows
}
