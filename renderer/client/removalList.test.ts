import { expect, test } from 'vitest'
import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { addRemoval } from './removalList.ts'
import { type AppState, applyNotification, forgetEpoch, initialState, putDeleted, putSessions } from './state.ts'

const known = putSessions(
  initialState,
  ['a', 'b', 'c'].map((id) => sampleSession(id, { seq: 5 })),
)
const undo = (id: string, batch = id, undoUntil = 10_000): DeletedSession => ({
  id,
  title: `Title ${id}`,
  batch,
  undoUntil,
})
const deleted = (undo: DeletedSession, seq: number) =>
  ({ method: 'session/deleted', params: { id: undo.id, undo, seq } }) as const
const gone = (id: string, seq: number) => ({ method: 'session/deleted', params: { id, seq } }) as const
const back = (id: string, seq: number) =>
  ({ method: 'session/updated', params: { session: sampleSession(id, { seq }), seq } }) as const
const search = { what: 'search', search: { name: 'Failed', query: 'status:failed' }, at: 0, undoUntil: 10_500 } as const

const withSearch = { ...known, removals: addRemoval([], search) }

function idsOf({ removals }: AppState) {
  return removals.map((each) => (each.what === 'sessions' ? each.sessions.map(({ id }) => id).join('+') : each.what))
}

test('what is deleted in any window can be taken back in each, together with what went in the same go, the newest last', () => {
  const news = [
    deleted(undo('a', 'a', 10_000), 6),
    deleted(undo('b', 'b', 11_000), 7),
    deleted(undo('c', 'b', 11_001), 8),
  ]
  const state = news.reduce(applyNotification, withSearch)
  expect(idsOf(state)).toEqual(['a', 'search', 'b+c'])
  expect(state.removals.at(-1)).toEqual({
    what: 'sessions',
    batch: 'b',
    sessions: [undo('b', 'b', 11_000), undo('c', 'b', 11_001)],
    undoUntil: 11_001,
  })
  // Told twice, and again after it was taken back here.
  expect(news.reduce(applyNotification, state)).toBe(state)
})

test('what is back, or gone for good, can be taken back no more, whoever did that', () => {
  const state = [deleted(undo('a'), 6), deleted(undo('b', 'a'), 7), deleted(undo('c'), 8)].reduce(
    applyNotification,
    known,
  )
  const without = [back('a', 9), gone('c', 10)].reduce(applyNotification, state)
  expect(idsOf(without)).toEqual(['b'])
  expect(Object.keys(without.sessions)).toEqual(['a'])
  expect(idsOf(applyNotification(without, back('b', 11)))).toEqual([])
})

test('a snapshot tells all that can be taken back, but for what is newer than itself', () => {
  const state = [deleted(undo('a'), 6), deleted(undo('b'), 7), back('b', 8), deleted(undo('c'), 12)].reduce(
    applyNotification,
    withSearch,
  )
  const snapshot = { sessions: [undo('b'), undo('x', 'x', 9_000)], seq: 7 }
  expect(idsOf(putDeleted(state, snapshot))).toEqual(['x', 'c', 'search'])
  expect(idsOf(putDeleted(state, { sessions: [], seq: 20 }))).toEqual(['search'])
})

test('of another data folder nothing can be taken back; a search still can', () => {
  const state = applyNotification(withSearch, deleted(undo('a'), 6))
  expect(idsOf(forgetEpoch(state))).toEqual(['search'])
})
