import type { Result } from '../../contract/api.ts'
import { type AppState, type NarrowedListing, putSession, withSeq } from './state.ts'

export type SessionPage = Result<'session/list'>

/** A page of the list of all sessions. */
export function applyPage(state: AppState, page: SessionPage): AppState {
  const { total, nextCursor } = page
  const next = withSeq(page.sessions.reduce(putSession, state), page.seq)
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
}

/** While a view is read that was chosen just now. */
export function beginNarrowed({ narrowed, sessions }: AppState): NarrowedListing {
  return { ...startOfNarrowed, ids: narrowed?.ids ?? new Set(Object.keys(sessions)) }
}

/** A page of the narrowed list; the one it belongs to is still the one that is shown. After a part of one comes the whole. */
export function applyNarrowedPage(state: AppState, page: SessionPage, isFirst: boolean): AppState {
  const next = withSeq(page.sessions.reduce(putSession, state), page.seq)
  const before = isFirst ? [] : (state.narrowed?.ids ?? [])
  const ids = new Set([...before, ...page.sessions.map(({ id }) => id)])
  const isPartial = page.isPartial === true
  const nextCursor = isPartial ? null : page.nextCursor
  return {
    ...next,
    narrowed: { state: 'ready', message: null, total: page.total, nextCursor, isPaging: isPartial, isPartial, ids },
  }
}

export function failNarrowed(state: AppState, message: string): AppState {
  const narrowed = state.narrowed?.state === 'loading' || !state.narrowed ? startOfNarrowed : state.narrowed
  return { ...state, narrowed: { ...narrowed, state: 'failed', isPaging: false, isPartial: false, message } }
}
