import { expect, test } from 'vitest'
import { describeChange } from './describeChange.ts'

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
