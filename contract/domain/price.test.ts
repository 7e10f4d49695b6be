import { expect, test } from 'vitest'
import { builtInPrices, findPrice, groupUsage, mergeGroups, type PriceTable, priceGroups } from './price.ts'

const table: PriceTable = {
  asOf: '2026-01-01',
  source: 'a test',
  models: {
    big: { input: 10, cached: 1, output: 50, long: { input: 2, output: 1.5 } },
    small: { input: 1, cached: 0.5, output: 2 },
  },
}
const used = (inputTokens: number, cachedInputTokens: number, outputTokens: number) => ({
  inputTokens,
  cachedInputTokens,
  outputTokens,
  reasoningTokens: 0,
  totalTokens: inputTokens + outputTokens,
})

test('fresh, cached and output tokens have prices of their own', () => {
  const groups = groupUsage([{ model: 'big', usage: used(100_000, 90_000, 1_000) }])
  expect(priceGroups(table, groups)).toEqual({ usd: 0.1 + 0.09 + 0.05, unpriced: [] })
})

test('a long request costs more, all of it, where the model has such a price', () => {
  const usage = used(300_000, 0, 10_000)
  expect(priceGroups(table, groupUsage([{ model: 'big', usage }]))?.usd).toBeCloseTo(6 + 0.75)
  expect(priceGroups(table, groupUsage([{ model: 'small', usage }]))?.usd).toBeCloseTo(0.3 + 0.02)
})

test('many short requests are not one long one', () => {
  const exchanges = [1, 2, 3].map(() => ({ model: 'big', usage: used(100_000, 0, 0) }))
  const groups = groupUsage(exchanges)
  expect(groups).toEqual([{ model: 'big', isLong: false, usage: used(300_000, 0, 0) }])
  expect(priceGroups(table, groups)?.usd).toBeCloseTo(3)
  expect(mergeGroups([...groups, ...groups])).toEqual([{ model: 'big', isLong: false, usage: used(600_000, 0, 0) }])
})

test('a model without a price is named, and never guessed', () => {
  const unknown = { model: 'other', usage: used(1_000, 0, 0) }
  expect(priceGroups(table, groupUsage([unknown]))).toBe(null)
  expect(priceGroups(table, groupUsage([unknown, { model: 'small', usage: used(1_000_000, 0, 0) }]))).toEqual({
    usd: 1,
    unpriced: ['other'],
  })
  expect(findPrice(table, 'bigger')).toBe(null)
  expect(findPrice(table, 'constructor')).toBe(null)
  expect(findPrice(table, null)).toBe(null)
})

test('a model is found by the name with the day of its version', () => {
  expect(findPrice(table, 'small-2026-05-01')).toBe(table.models.small)
})

test('what told of no usage costs nothing', () => {
  expect(priceGroups(table, groupUsage([{ model: 'big', usage: null }]))).toBe(null)
})

test('more cached than read, as only a mistake can tell, does not make money', () => {
  expect(priceGroups(table, groupUsage([{ model: 'small', usage: used(10, 1_000_000, 0) }]))?.usd).toBeCloseTo(0.000005)
})

test('the built-in prices are dearer for fresh tokens than for cached ones', () => {
  for (const { input, cached, output } of Object.values(builtInPrices.models)) {
    expect(cached).toBeLessThan(input)
    expect(output).toBeGreaterThan(input)
  }
})
