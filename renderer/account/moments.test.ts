import { expect, test } from 'vitest'
import { formatMoment, formatSpan, formatUntil } from './moments.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-23T13:56:00')

test('a moment is named as near as it is', () => {
  const moments = [
    '2026-11-23T14:20:00',
    '2026-11-24T09:00:00',
    '2026-11-22T23:10:00',
    '2026-11-26T09:00:00',
    '2026-11-19T16:40:00',
    '2026-12-01T09:00:00',
    '2027-01-02T09:00:00',
  ]
  expect(moments.map((moment) => formatMoment(at(moment), now))).toEqual([
    '14:20',
    'tomorrow 09:00',
    'yesterday 23:10',
    'Thursday 09:00',
    'Thursday 16:40',
    '1 Dec 09:00',
    '2 Jan 2027 09:00',
  ])
})

test('what is left is never told as more than it is', () => {
  const moments = [now - 1, now + 59_999, now + 24.9 * 60_000, now + 3.9 * 3_600_000, now + 47 * 3_600_000]
  expect([...moments, now + 7.9 * 86_400_000].map((moment) => plain(formatUntil(moment, now)))).toEqual([
    'now',
    'in under 1 min',
    'in 24 min',
    'in 3 h 54 min',
    'in 47 h',
    'in 7 d',
  ])
})

test('a stretch of one day names the day once', () => {
  expect(formatSpan(at('2026-11-19T16:40:00'), at('2026-11-19T21:40:00'), now)).toBe('Thursday 16:40 to 21:40')
  expect(formatSpan(at('2026-11-22T22:00:00'), at('2026-11-23T03:00:00'), now)).toBe('yesterday 22:00 to 03:00')
})
