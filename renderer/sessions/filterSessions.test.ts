import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { startOfNarrowed } from '../client/listings.ts'
import { listSessions } from './filterSessions.ts'

function session(id: string, more: Partial<Session> = {}): Session {
  return sampleSession(id, {
    cwd: '/w/api',
    startedAt: 100,
    updatedAt: 200,
    model: 'gpt-5.5',
    accountMode: 'chatgpt',
    ...more,
  })
}

const sessions = {
  a: session('a', { updatedAt: 1, startedAt: 3, durationMs: 5, usage: { ...noUsage, totalTokens: 1 } }),
  b: session('b', { updatedAt: 3, startedAt: 1, durationMs: 9, apiEquivalentUsd: 0.5, isStarred: true }),
  c: session('c', { updatedAt: 2, startedAt: 2, status: 'live', usage: { ...noUsage, totalTokens: 7 } }),
}
const shown = (query: string, sort: SessionSort = 'updated', ids: string[] = []) =>
  listSessions(
    { sessions, view: { query, sort }, narrowed: { ...startOfNarrowed, state: 'ready', ids: new Set(ids) } },
    1_000,
  ).map(({ id }) => id)

test('the list has its order, and what runs is on top where it is one of time', () => {
  const sorts: SessionSort[] = ['updated', 'started', 'tokens', 'duration', 'cost']
  expect(sorts.map((sort) => shown('', sort).join(''))).toEqual(['cba', 'acb', 'cab', 'bac', 'bac'])
})

test('a session leaves the list as soon as it does not fit, and only main says which ones have the words', () => {
  expect(shown('is:starred')).toEqual(['b'])
  expect(shown('clock', 'updated', ['a', 'b'])).toEqual(['b', 'a'])
  expect(shown('clock is:starred', 'updated', ['a', 'b'])).toEqual(['b'])
})

test('of a query that means nothing there is no session', () => {
  expect(shown('is:nothing', 'updated', ['a'])).toEqual([])
})
