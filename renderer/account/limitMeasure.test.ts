import { expect, test } from 'vitest'
import { measureLimit } from './limitMeasure.ts'

function measure(usedPercent: number, resetsAt: number | null) {
  return Object.values(measureLimit({ kind: 'short', name: 'primary', label: '', usedPercent, resetsAt }, 1_000))
}

test('a limit warns before it is full, and what has been reset says nothing any more', () => {
  expect([measure(62, 2_000), measure(80, null), measure(140, 2_000), measure(100, 900)]).toEqual([
    [62, 'plain', false],
    [80, 'warn', false],
    [100, 'fail', false],
    [0, 'plain', true],
  ])
})
