import { expect, test } from 'vitest'
import { describeReset, shortenLabel } from './describeWindow.ts'
import type { LimitWindow } from './limitHistory.ts'

const now = new Date('2026-11-23T13:56:00').getTime()
const window: LimitWindow = { kind: 'short', name: 'primary', label: '5-hour window', usedPercent: 62, resetsAt: null }
const at = (text: string) => ({ ...window, resetsAt: new Date(text).getTime() })
const describe = (...[limit, pace]: [LimitWindow, Parameters<typeof describeReset>[1]?]) =>
  describeReset(limit, pace ?? null, now).map((words) => words.replaceAll('\u00a0', ' '))

test('a window says when it resets, then where it is heading', () => {
  expect(describe(window)).toEqual([])
  expect(describe(at('2026-11-23T14:20:00'))).toEqual(['resets 14:20', 'in 24 min'])
  const pace = { percentAtReset: 80, fullAt: null }
  expect(describe(at('2026-11-23T14:20:00'), pace).at(-1)).toBe('at this pace 80 % by then')
  const fullAt = new Date('2026-11-23T14:05:00').getTime()
  expect(describe(at('2026-11-23T14:20:00'), { percentAtReset: 130, fullAt }).at(-1)).toBe('at this pace full 14:05')
})

test('after its reset only what was is told', () => {
  expect(describe(at('2026-11-23T13:00:00'))).toEqual(['reset 13:00', '62 % used before'])
})

test('a label has a short form', () => {
  const labels = ['5-hour window', '3-day window', 'Window of hours', 'Week', 'spark: 5-hour window']
  expect(labels.map(shortenLabel)).toEqual(['5\u00a0h', '3\u00a0d', 'Hours', 'Week', 'spark: 5-hour window'])
})
