import type { Result } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { isLooserQuery } from './looserQuery.ts'
import { type AppState, type ListView, type NarrowedListing, putSessions, withSeq } from './state.ts'

export type SessionPage = Result<'session/list'>

export const pageSize = 100

/** A page of the list of all sessions. */
export function applyPage(state: AppState, page: SessionPage): AppState {
  const { total, nextCursor } = page
  const next = withSeq(putSessions(state, page.sessions), page.seq)
  return { ...next, listing: { state: 'ready', message: null, total, nextCursor, isPaging: false } }
}

/**
 * All that is listed, read anew in as many sessions as were listed. What is not among them is gone, or is read again when
 * the list comes to it. What is newer than the answer stays, and what somebody reads, which is read for itself.
 */
export function applySnapshot(state: AppState, page: SessionPage, narrowed: SessionPage | null): AppState {
  const present = new Set([page, narrowed].flatMap((each) => each?.sessions.map(({ id }) => id) ?? []))
  const sessions = Object.fromEntries(
    Object.entries(state.sessions).filter(
      ([id, { seq }]) => present.has(id) || seq > page.seq || id in state.conversations,
    ),
  )
  const next = applyPage({ ...state, sessions }, page)
  return narrowed ? applyNarrowedPage(next, narrowed, true) : next
}

export function failListing(state: AppState, message: string): AppState {
  return { ...state, listing: { ...state.listing, state: 'failed', isPaging: false, message } }
}

export const startOfNarrowed: NarrowedListing = {
  state: 'loading',
  message: null,
  total: 0,
  nextCursor: null,
  isPaging: true,
  isPartial: false,
  ids: new Set(),
  certain: new Set(),
}

/** While a view is read that was chosen just now, in place of the one that is still in the state. */
export function beginNarrowed({ narrowed, sessions, view }: AppState, { query }: ListView): NarrowedListing {
  const isLooser = narrowed !== null && isLooserQuery(query, view.query, Date.now())
  return {
    ...startOfNarrowed,
    ids: narrowed?.ids ?? new Set(Object.keys(sessions)),
    certain: isLooser ? narrowed.certain : startOfNarrowed.certain,
  }
}

/**
 * A page of the narrowed list; the one it belongs to is still the one that is shown. After a part of one comes the whole. What
 * was listed, fits still, and comes behind the first page stays: somebody may have chosen it.
 */
export function applyNarrowedPage(state: AppState, page: SessionPage, isFirst: boolean): AppState {
  const next = withSeq(putSessions(state, page.sessions), page.seq)
  const isPartial = page.isPartial === true
  const before = isFirst ? certainBehind(next, page) : (state.narrowed?.ids ?? [])
  const ids = new Set([...before, ...page.sessions.map(({ id }) => id)])
  const nextCursor = isPartial ? null : page.nextCursor
  return {
    ...next,
    narrowed: {
      ...{ state: 'ready', message: null, total: page.total },
      ...{ nextCursor, isPaging: isPartial, isPartial, ids, certain: ids },
    },
  }
}

/** Of what comes before the end of the page, the page itself tells; and a whole list has no more. */
function certainBehind({ narrowed, sessions, view }: AppState, page: SessionPage): string[] {
  const certain = [...(narrowed?.certain ?? [])]
  if (page.isPartial) return certain
  const last = page.sessions.at(-1)
  if (page.nextCursor === null || !last) return []
  const end = measureFor(last, view.sort)
  return certain.filter((id) => {
    const session = sessions[id]
    return session !== undefined && measureFor(session, view.sort) <= end
  })
}

/** What a list is sorted by, the largest first. */
export function measureFor(session: Session, sort: SessionSort): number {
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

export function failNarrowed(state: AppState, message: string): AppState {
  const narrowed = state.narrowed?.state === 'loading' || !state.narrowed ? startOfNarrowed : state.narrowed
  return { ...state, narrowed: { ...narrowed, state: 'failed', isPaging: false, isPartial: false, message } }
}
