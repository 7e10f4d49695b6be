import { expect, test } from 'vitest'
import type { Limits } from '../../contract/domain/limits.ts'
import { findSpans, findWindow, readWindows, thinOut } from './limitHistory.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 10, 20)

type Window = Limits['windows'][number]
function window(name: string, usedPercent: number, windowMinutes: number | null, resetsAt: number | null): Window {
  return { name, usedPercent, windowMinutes, resetsAt }
}
function snapshot(at: number, ...windows: Window[]): Limits {
  return { at, planType: 'plus', windows }
}

test('windows are told apart by their length, and by their name where it is missing', () => {
  const limits = snapshot(
    start,
    window('secondary', 18.4, 10_080, null),
    window('primary', -1, 300, null),
    window('codex_other primary', 5, 90, null),
    window('codex_other secondary', 6, null, null),
    window('tertiary', 7, 43_200, null),
  )
  expect(readWindows(limits).map(({ kind, label, usedPercent }) => [kind, label, usedPercent])).toEqual([
    ['short', '5-hour window', 0],
    ['long', 'Week', 18],
    ['short', 'codex_other: 90-minute window', 5],
    ['long', 'codex_other: Window of days', 6],
    ['long', 'tertiary: 30-day window', 7],
  ])
  expect(findWindow(limits, 'long')?.name).toBe('secondary')
  expect(findWindow(snapshot(start), 'short')).toBe(null)
})

test('a snapshot belongs to the window that resets at about the same time', () => {
  const first = start + 5 * hour
  const second = start + 13 * hour
  const history = [
    snapshot(start + hour, window('primary', 20, 300, first)),
    snapshot(start + 2 * hour, window('primary', 100, 300, first + 2_000)),
    snapshot(start + 3 * hour, window('primary', 100, 300, first - 3_000)),
    snapshot(start + 9 * hour, window('primary', 4, 300, second)),
  ]
  expect(findSpans(history, 'short')).toEqual([
    {
      startsAt: start,
      endsAt: first,
      peakPercent: 100,
      fullAt: start + 2 * hour,
      points: [
        { at: start + hour, usedPercent: 20 },
        { at: start + 2 * hour, usedPercent: 100 },
        { at: start + 3 * hour, usedPercent: 100 },
      ],
    },
    {
      startsAt: start + 8 * hour,
      endsAt: second,
      peakPercent: 4,
      fullAt: null,
      points: [{ at: start + 9 * hour, usedPercent: 4 }],
    },
  ])
  expect(findSpans(history, 'long')).toEqual([])
})

test('a window that is set back early ends where the next begins', () => {
  const history = [
    snapshot(start, window('secondary', 70, 10_080, start + 5 * day)),
    snapshot(start + day, window('secondary', 1, 10_080, start + 8 * day)),
  ]
  expect(findSpans(history, 'long').map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
    [start - 2 * day, start + day],
    [start + day, start + 8 * day],
  ])
})

test('without a reset, a fall begins a new window', () => {
  const history = [
    snapshot(start, window('primary', 10, null, null)),
    snapshot(start + hour, window('primary', 30, null, null)),
    snapshot(start + 2 * hour, window('primary', 5, null, null)),
    snapshot(start + 8 * hour, window('primary', 6, null, null)),
  ]
  expect(findSpans(history, 'short').map(({ startsAt, peakPercent }) => [startsAt - start, peakPercent])).toEqual([
    [0, 30],
    [2 * hour, 5],
    [8 * hour, 6],
  ])
})

test('thinning keeps the last point of each step, and always the last of all', () => {
  const points = [0, 1, 5, 6, 11, 12].map((at) => ({ at, usedPercent: at }))
  expect(thinOut(points, 6).map(({ at }) => at)).toEqual([5, 11, 12])
})
