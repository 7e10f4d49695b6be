import { expect, test } from 'vitest'
import type { Limits } from '../../contract/domain/limits.ts'
import { findNearest, layOutStrips, type Mark } from './limitStrips.ts'

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null
const hour = 3_600_000
const day = 24 * hour
const now = new Date('2026-11-23T12:00:00').getTime()

function snapshot(at: number, short: [used: number, resetsAt: number], long: [used: number, resetsAt: number]): Limits {
  return {
    at,
    planType: 'plus',
    windows: [
      { name: 'primary', usedPercent: short[0], windowMinutes: 300, resetsAt: short[1] },
      { name: 'secondary', usedPercent: long[0], windowMinutes: 10_080, resetsAt: long[1] },
    ],
  }
}

const weekEnd = now + 2 * day
const history = [
  snapshot(now - 9 * day, [90, now - 9 * day + hour], [80, weekEnd - 7 * day]),
  snapshot(now - 4 * day, [40, now - 4 * day + 4 * hour], [10, weekEnd]),
  snapshot(now - 4 * day + 3.5 * hour, [100, now - 4 * day + 4 * hour], [15, weekEnd]),
  snapshot(now - hour, [62, now + 4 * hour], [18, weekEnd]),
]

test('windows of hours are bars from their begin to their reset, told in words', () => {
  const { short } = layOutStrips(history, 7, now)
  expect(short.title).toBe('5-hour windows')
  expect(short.marks.map(({ percent, isFull, words }) => [percent, isFull, plain(words)])).toEqual([
    [100, true, 'Thursday 11:00 to 16:00: 100 % used, full at Thursday 15:30'],
    [62, false, '11:00 to 16:00: 62 % used'],
  ])
  expect(short.heads).toEqual(['Window', 'Used', 'Full at'])
  expect(short.marks.map(({ cells }) => cells.map(plain))).toEqual([
    ['Thursday 11:00 to 16:00', '100 %', 'Thursday 15:30'],
    ['11:00 to 16:00', '62 %', ''],
  ])
  expect(plain(short.fullWords)).toBe('Full once: Thursday 15:30.')
  const last = short.marks.at(-1)
  expect(last && last.left + last.width).toBe(100)
})

test('windows of days are a line that begins anew at each reset, and goes on to this moment', () => {
  const { long } = layOutStrips(history, 7, now)
  expect(long.title).toBe('Weeks')
  const whole = 7 * day + 4 * hour
  const x = (at: number) => (100 * (at - (now - 7 * day))) / whole
  expect(long.runs).toEqual([
    {
      corners: [
        { x: 0, percent: 80 },
        { x: x(weekEnd - 7 * day), percent: 80 },
      ],
      resetX: null,
    },
    {
      corners: [
        { x: x(weekEnd - 7 * day), percent: 0 },
        { x: x(now - 4 * day), percent: 10 },
        { x: x(now - 4 * day + 3.5 * hour), percent: 15 },
        { x: x(now - hour), percent: 18 },
        { x: x(now), percent: 18 },
      ],
      resetX: x(weekEnd - 7 * day),
    },
  ])
  expect(long.marks.map(({ words }) => plain(words)).at(-1)).toBe('11:00: 18 % used, resets Wednesday 12:00')
  expect(long.heads).toEqual(['Time', 'Used', 'Resets'])
  expect(long.marks.at(-1)?.cells.map(plain)).toEqual(['11:00', '18 %', 'Wednesday 12:00'])
  expect(long.fullWords).toBe(null)
})

test('days are named for a week, and weeks for a month', () => {
  expect(layOutStrips(history, 7, now).days.map(({ label }) => label)).toEqual([
    'Tue',
    'Wed',
    'Thu',
    'Fri',
    'Sat',
    'Sun',
    'Mon',
  ])
  expect(layOutStrips(history, 30, now).days.map(({ label }) => label)).toEqual([
    '26 Oct',
    '2 Nov',
    '9 Nov',
    '16 Nov',
    '23 Nov',
  ])
})

test('only the last moments at which a window was full are named', () => {
  const many = [5, 4, 3, 2, 1, 0].map((back) =>
    snapshot(now - back * day, [100, now - back * day + hour], [20, weekEnd]),
  )
  expect(layOutStrips(many, 7, now).short.fullWords).toBe(
    'Full 6 times: 3 earlier, then Saturday 12:00, yesterday 12:00, today 12:00.',
  )
})

test('nothing known is nothing drawn', () => {
  const empty = { title: '', marks: [], runs: [], fullWords: null }
  expect(layOutStrips([], 7, now)).toMatchObject({ short: empty, long: empty })
})

test('the nearest mark is the one under the pointer, else the closest', () => {
  const marks = [0, 20, 60].map(
    (left): Mark => ({ left, width: 10, percent: 1, isFull: false, words: '', cells: ['', '', ''] }),
  )
  expect([5, 14, 16, 29, 99].map((x) => findNearest(marks, x))).toEqual([0, 0, 1, 1, 2])
  expect(findNearest([], 5)).toBe(-1)
})
