import { fitsSession } from '../../contract/domain/fitsSession.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { measureFor } from '../client/listings.ts'
import type { AppState } from '../client/state.ts'
import { orderSessions } from './groupSessions.ts'

/** The sessions of the list, in its order. What changes while it is shown joins it or leaves it at once. */
export function listSessions(
  { sessions, view, narrowed }: Pick<AppState, 'sessions' | 'view' | 'narrowed'>,
  now: number,
): Session[] {
  const all = Object.values(sessions)
  if (!narrowed) return orderSessions(all)
  const { terms, problems } = readSearch(view.query, now)
  if (problems.length > 0) return []
  const shown = all.filter((session) => {
    const fits = fitsSession(session, terms)
    // Words stand in texts that are not here: only main can say who has them.
    return fits === 'unknown' ? narrowed.ids.has(session.id) : fits
  })
  return view.sort === 'updated' ? orderSessions(shown) : sortSessions(shown, view.sort)
}

function sortSessions(sessions: Session[], sort: SessionSort): Session[] {
  return sessions.sort((a, b) => measureFor(b, sort) - measureFor(a, sort) || a.id.localeCompare(b.id))
}
