import { expect, test } from 'vitest'
import { findPace } from './limitPace.ts'

const hour = 3_600_000
const pace = (usedPercent: number, passedHours: number, more: { now?: number; windowMinutes?: null } = {}) =>
  findPace(
    {
      at: passedHours * hour,
      planType: null,
      windows: [
        {
          name: 'primary',
          usedPercent,
          windowMinutes: 300,
          resetsAt: 5 * hour,
          ...(more.windowMinutes === null ? { windowMinutes: null } : {}),
        },
      ],
    },
    'primary',
    more.now ?? passedHours * hour,
  )

test('a window goes on as it went', () => {
  expect(pace(20, 2)).toEqual({ percentAtReset: 50, fullAt: null })
  expect(pace(50, 2)).toEqual({ percentAtReset: 125, fullAt: 4 * hour })
  expect(pace(0, 2)).toEqual({ percentAtReset: 0, fullAt: null })
})

test('nothing is told of what is full, over, just begun, or of a length that nobody knows', () => {
  expect(pace(100, 2)).toBeNull()
  expect(pace(50, 2, { now: 6 * hour })).toBeNull()
  expect(pace(5, 0.2)).toBeNull()
  expect(pace(50, 2, { windowMinutes: null })).toBeNull()
})
