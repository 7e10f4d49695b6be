import { expect, test } from 'vitest'
import {
  cachedPercent,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatRelative,
  formatTokens,
  formatWhen,
  projectName,
  shortenPath,
} from './formatting.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const at = (text: string) => new Date(text).getTime()

test('tokens are written with one or two digits that matter', () => {
  const counts = [
    0, 812, 999, 1_000, 1_149, 6_100, 9_949, 9_950, 61_234, 999_499, 999_500, 1_234_567, 12_345_678, 50_833_000_000,
  ]
  expect(counts.map(formatTokens).map(plain)).toEqual([
    '0',
    '812',
    '999',
    '1 k',
    '1.1 k',
    '6.1 k',
    '9.9 k',
    '10 k',
    '61 k',
    '999 k',
    '1 M',
    '1.2 M',
    '12 M',
    '51 B',
  ])
})

test('durations lose precision as they grow', () => {
  const durations = [
    0,
    12,
    99.4,
    99.6,
    240,
    9_949,
    9_950,
    48_000,
    59_600,
    60_000,
    112_000,
    605_000,
    31 * 60_000,
    7_500_000,
    7_200_000,
    260_000_000,
  ]
  expect(durations.map(formatDuration).map(plain)).toEqual([
    '0 s',
    '12 ms',
    '99 ms',
    '0.1 s',
    '0.2 s',
    '9.9 s',
    '10 s',
    '48 s',
    '1 min',
    '1 min',
    '1 min 52 s',
    '10 min',
    '31 min',
    '2 h 05 min',
    '2 h',
    '3 d',
  ])
})

test('a clock never runs backwards below zero', () => {
  expect([-500, 0, 42_900, 725_000, 3_725_000].map(formatClock)).toEqual(['0:00', '0:00', '0:42', '12:05', '1:02:05'])
})

test('times are relative until they are better told as a date', () => {
  const now = at('2026-11-23T13:00:00')
  const moments = [
    '2026-11-23T12:59:30',
    '2026-11-23T12:57:00',
    '2026-11-23T08:00:00',
    '2026-11-22T23:50:00',
    '2026-11-19T12:00:00',
    '2026-11-02T12:00:00',
    '2025-03-03T12:00:00',
  ]
  expect(moments.map((moment) => plain(formatRelative(at(moment), now)))).toEqual([
    'now',
    '3 min ago',
    '5 h ago',
    'yesterday',
    '4 days ago',
    '2 Nov',
    '3 Mar 2025',
  ])
  expect(plain(formatRelative(at('2026-11-22T23:50:00'), at('2026-11-23T01:00:00')))).toBe('1 h ago')
})

test('days have names near today, and a year far from it', () => {
  const now = at('2026-11-23T00:10:00')
  const moments = ['2026-11-23T00:05:00', '2026-11-22T23:59:00', '2026-11-20T12:00:00', '2025-03-03T12:00:00']
  expect(moments.map((moment) => formatDay(at(moment), now))).toEqual([
    'Today',
    'Yesterday',
    'Friday 20 November',
    '3 March 2025',
  ])
})

test('a time of another day has that day’s name, then its date, where no heading says it', () => {
  const now = at('2026-11-23T13:30:00')
  const moments = [
    '2026-11-23T13:24:00',
    '2026-11-22T13:24:00',
    '2026-11-19T13:24:00',
    '2026-11-17T00:01:00',
    '2026-11-16T23:59:00',
    '2025-06-12T10:35:00',
  ]
  expect(moments.map((moment) => formatWhen(at(moment), now))).toEqual([
    '13:24',
    'Yesterday',
    'Thu',
    'Tue',
    '16 Nov',
    '12 Jun 2025',
  ])
})

test('the cached share is rounded down, and unknown without input', () => {
  expect(cachedPercent({ inputTokens: 1_000, cachedInputTokens: 999 })).toBe(99)
  expect(cachedPercent({ inputTokens: 0, cachedInputTokens: 0 })).toBe(null)
})

test('counts, paths and projects', () => {
  expect([formatCount(1, 'turn'), formatCount(4_350, 'turn')].map(plain)).toEqual(['1 turn', '4,350 turns'])
  expect(['/home/jane/src/api', '/Users/jane', '/homes/x', '/srv/app'].map(shortenPath)).toEqual([
    '~/src/api',
    '~',
    '/homes/x',
    '/srv/app',
  ])
  expect(['/home/jane/src/api/', 'C:\\work\\web', '/'].map(projectName)).toEqual(['api', 'web', '/'])
})
