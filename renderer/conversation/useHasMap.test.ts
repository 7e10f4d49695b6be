import { expect, test } from 'vitest'
import { needsMap } from './useHasMap.ts'

test('many turns have a map, and so have few that do not fit two windows', () => {
  expect(needsMap(4, 100, 800)).toBe(true)
  expect(needsMap(3, 1_600, 800)).toBe(false)
  expect(needsMap(2, 1_700, 800)).toBe(true)
})

test('one turn has none, and neither has what was not measured yet', () => {
  expect(needsMap(1, 9_000, 800)).toBe(false)
  expect(needsMap(3, 9_000, 0)).toBe(false)
})
