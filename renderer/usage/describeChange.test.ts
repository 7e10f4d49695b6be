import { expect, test } from 'vitest'
import { describeChange, describeDifference } from './describeChange.ts'

test('how much more or less than before, in words', () => {
  const cases: [number | null, number | null][] = [
    [null, 1],
    [1, null],
    [1, 0],
    [1, 1],
    [1.34, 1],
    [0.88, 1],
    [0, 1],
    [2, 1],
    [320, 100],
    [12_345, 1],
  ]
  expect(cases.map(([now, before]) => describeChange(now, before)?.replace('\u00a0', ' ') ?? null)).toEqual([
    ...[null, null, null, 'as much', '34 % more', '12 % less', '100 % less'],
    ...['2.0 times as much', '3.2 times as much', '12,345 times as much'],
  ])
})

test('how much more or less it cost', () => {
  const cases: [number | null, number | null | undefined][] = [
    [3, 1.5],
    [1.5, 3],
    [2, 2.001],
    [2, undefined],
    [null, 1],
    [2, null],
    [2500, 0],
  ]
  expect(cases.map(([now, before]) => describeDifference(now, before))).toEqual([
    ...['+$1.50', '−$1.50', '±$0.00', 'new', '–', '–', '+$2,500'],
  ])
})
