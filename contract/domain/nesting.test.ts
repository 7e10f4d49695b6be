import { expect, test } from 'vitest'
import { isNestedDeeperThan, isNestedTooDeep } from './nesting.ts'

const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

test('levels are counted of lists and objects, and what holds nothing has none', () => {
  for (const flat of [null, 7, 'text', [], {}]) expect(isNestedDeeperThan(flat, 0)).toBe(false)
  expect(isNestedDeeperThan({ a: [{ b: 1 }] }, 2)).toBe(false)
  expect(isNestedDeeperThan({ a: [{ b: 1 }] }, 1)).toBe(true)
})

test('what is nested far beyond the stack is told, not walked into', () => {
  expect(isNestedTooDeep(nested(501))).toBe(false)
  expect(isNestedTooDeep(nested(502))).toBe(true)
  let bottomless: unknown = 1
  for (let level = 0; level < 1_000_000; level++) bottomless = [bottomless]
  expect(isNestedTooDeep(bottomless)).toBe(true)
})
