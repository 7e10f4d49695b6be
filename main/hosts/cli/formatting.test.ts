import { expect, test } from 'vitest'
import { ago, duration, roughDuration, shortCount, shortFolder, wrap } from './formatting.ts'

test('counts and durations are as short as they can be without being wrong', () => {
  expect([0, 812, 1_100, 9_940, 9_960, 61_400, 999_499, 999_500, 1_240_000, 51e9].map(shortCount)).toEqual([
    '0',
    '812',
    '1.1 k',
    '9.9 k',
    '10 k',
    '61 k',
    '999 k',
    '1 M',
    '1.2 M',
    '51 B',
  ])
  expect(
    [-5, 12, 99.4, 99.6, 200, 9_940, 48_000, 59_600, 112_000, 31 * 60_000, 119.6 * 60_000, 125 * 60_000].map(duration),
  ).toEqual([
    '0 s',
    '12 ms',
    '99 ms',
    '0.1 s',
    '0.2 s',
    '9.9 s',
    '48 s',
    '1 min',
    '1 min 52 s',
    '31 min',
    '1 h 59 min',
    '2 h 05 min',
  ])
  expect([0, 59 * 60_000, 26 * 3_600_000, 72 * 3_600_000].map(roughDuration)).toEqual([
    '0 min',
    '59 min',
    '26 h',
    '3 days',
  ])
})

test('a moment is told by how long ago it was, and after a week by its date', () => {
  const now = new Date(2026, 10, 24, 15).getTime()
  const hour = 3_600_000
  expect([0, 0.5, 3, 47, 4 * 24, 8 * 24, 400 * 24].map((hours) => ago(now - hours * hour, now))).toEqual([
    'now',
    '30 min ago',
    '3 h ago',
    '47 h ago',
    '4 days ago',
    '16 Nov',
    '20 Oct 2025',
  ])
})

test('of a folder the end stays, and the home is a ~', () => {
  const folders = ['/home/ada/src/api', '/home/ada', '/home/adam/x', 'C:\\x', '/a\u001b[31m/b']
  expect(folders.map((folder) => shortFolder(folder, 30, '/home/ada'))).toEqual([
    '~/src/api',
    '~',
    '/home/adam/x',
    'C:\\x',
    '/a/b',
  ])
  expect(shortFolder('/srv/a-long-name/checkout', 12, '/home/ada')).toBe('…me/checkout')
})

test('lines end between words, inside of the terminal; what is piped stays as it is', () => {
  const text = 'one two three four five six\n  seven'
  expect(wrap(text, null)).toBe(text)
  expect(wrap(text, 20, 2)).toBe('one two three four\n  five six\n  seven')
  expect(wrap(`see ${'x'.repeat(30)} there`, 20)).toBe(`see\n${'x'.repeat(30)} there`)
  expect(wrap('a\u001b[2Jb', 80)).toBe('ab')
})
