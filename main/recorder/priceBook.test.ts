import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { builtInPrices } from '../../contract/domain/price.ts'
import { openPriceBook } from './priceBook.ts'

let dataDir = ''
const write = (text: string) => writeFileSync(join(dataDir, 'prices.json'), text)

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-prices-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('without a file of the user the built-in prices count', () => {
  const book = openPriceBook(dataDir)
  expect({ table: book.current(), problem: book.problem() }).toEqual({ table: builtInPrices, problem: null })
})

test("the user's prices stand above the built-in ones, from when the file is there", () => {
  const book = openPriceBook(dataDir)
  const before = book.fingerprint()
  write(
    '{"asOf":"2027-01-01","models":{"gpt-6.1-sol":{"input":3,"cached":1,"output":9},"mine":{"input":1,"cached":0,"output":1}}}',
  )
  expect(book.current()).toEqual({
    asOf: '2027-01-01',
    source: 'prices.json, and the list for what is not in it',
    models: {
      ...builtInPrices.models,
      'gpt-6.1-sol': { input: 3, cached: 1, output: 9 },
      mine: { input: 1, cached: 0, output: 1 },
    },
  })
  expect(book.fingerprint()).not.toBe(before)
})

test.each([
  ['no JSON', '{', 'it is no JSON'],
  [
    'a price below nothing',
    '{"models":{"a":{"input":-1,"cached":0,"output":0}}}',
    'models.a.input has to be a number of dollars from 0 to 100000',
  ],
  ['a price for all', '{"models":3}', 'models has to be an object'],
  ['a model without its prices', '{"models":{"a":[]}}', 'models.a has to be an object with input, cached and output'],
  ['a price too few', '{"models":{"a":{"input":1,"output":0}}}', 'models.a.cached has to be a number'],
  ['a date that is none', '{"asOf":7}', 'asOf has to be a short text'],
  ['a list', '[]', 'it has to be an object, as {'],
])('a file that is %s is told of and does not count', (_name, text, problem) => {
  write(text)
  const book = openPriceBook(dataDir)
  expect(book.current()).toEqual(builtInPrices)
  expect(book.problem()).toMatch(/^prices\.json in the data folder cannot be used, so .* Correct it, or remove it\.$/)
  expect(book.problem()).toContain(`count: ${problem}`)
})

test('whoever wants to know is told of a change, until they do not', async () => {
  write('{}')
  const book = openPriceBook(dataDir)
  const listener = vi.fn()
  const unwatch = book.watch(listener)
  // The first look at the file takes place some time after this.
  await vi.waitFor(
    () => {
      write(`{"source":"${Math.random()}"}`)
      expect(listener).toHaveBeenCalled()
    },
    { timeout: 15_000, interval: 500 },
  )
  unwatch()
})
