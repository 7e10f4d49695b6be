import type { Session } from '../../contract/domain/session.ts'
import type { SessionFilter, SessionSort } from '../../contract/domain/sessionQuery.ts'
import type { AppState } from '../client/state.ts'
import { orderSessions } from './groupSessions.ts'

/** The sessions of the list, in its order. What changes while it is shown joins it or leaves it at once. */
export function listSessions({
  sessions,
  view,
  narrowed,
}: Pick<AppState, 'sessions' | 'view' | 'narrowed'>): Session[] {
  const all = Object.values(sessions)
  if (!narrowed) return orderSessions(all)
  const { filter, sort } = view
  const hasWords = (filter.text?.trim() ?? '') !== ''
  const shown = all.filter((session) => isInFilter(session, filter) && (!hasWords || narrowed.ids.has(session.id)))
  return sort === 'updated' ? orderSessions(shown) : sortSessions(shown, sort)
}

/** All that a filter asks for but its words, which stand in texts that are not here. */
export function isInFilter(session: Session, filter: SessionFilter): boolean {
  return (
    isAsked(filter.project, session.cwd) &&
    isAsked(filter.model, session.model) &&
    isAsked(filter.accountMode, session.accountMode) &&
    isAsked(filter.status, session.status) &&
    isAsked(filter.hasEdits, session.hasEdits) &&
    isAsked(filter.hasErrors, session.hasErrors) &&
    isAsked(filter.isStarred, session.isStarred) &&
    (filter.tag === undefined || session.tags.includes(filter.tag)) &&
    (filter.from === undefined || session.updatedAt >= filter.from) &&
    (filter.to === undefined || session.startedAt <= filter.to)
  )
}

function isAsked<T>(wanted: T | undefined, value: T | null): boolean {
  return wanted === undefined || wanted === value
}

function sortSessions(sessions: Session[], sort: SessionSort): Session[] {
  return sessions.sort((a, b) => measureFor(b, sort) - measureFor(a, sort) || a.id.localeCompare(b.id))
}

function measureFor(session: Session, sort: SessionSort): number {
  switch (sort) {
    case 'updated':
      return session.updatedAt
    case 'started':
      return session.startedAt
    case 'tokens':
      return session.usage.totalTokens
    case 'duration':
      return session.durationMs
    case 'cost':
      return session.apiEquivalentUsd ?? -1
  }
}
