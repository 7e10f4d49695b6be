import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import { groupByDay, orderSessions } from './groupSessions.ts'

const now = new Date('2026-11-23T13:00:00').getTime()
const hoursAgo = (hours: number) => now - hours * 3_600_000

function session(
  id: string,
  updatedAt: number,
  status: Session['status'] = 'completed',
  startedAt = updatedAt,
): Session {
  return sampleSession(id, { startedAt, updatedAt, status })
}

test('live sessions stand first and keep their places while they work', () => {
  const first = [
    session('old', hoursAgo(1)),
    session('a', now - 5, 'live', hoursAgo(2)),
    session('b', now - 9, 'live', hoursAgo(1)),
  ]
  const later = [
    session('old', hoursAgo(1)),
    session('a', now - 9, 'live', hoursAgo(2)),
    session('b', now - 5, 'live', hoursAgo(1)),
  ]
  expect(orderSessions(first).map(({ id }) => id)).toEqual(['b', 'a', 'old'])
  expect(orderSessions(later).map(({ id }) => id)).toEqual(['b', 'a', 'old'])
})

test('each day has one heading', () => {
  const ordered = orderSessions([
    session('c', hoursAgo(30)),
    session('a', hoursAgo(1)),
    session('b', hoursAgo(2)),
    session('d', hoursAgo(80)),
  ])
  expect(groupByDay(ordered, now).map((row) => (row.kind === 'day' ? row.label : row.session.id))).toEqual([
    'Today',
    'a',
    'b',
    'Yesterday',
    'c',
    'Friday 20 November',
    'd',
  ])
})
