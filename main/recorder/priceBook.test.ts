import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
  ['no JSON', '{', 'prices.json cannot be used: '],
  ['a price below nothing', '{"models":{"a":{"input":-1,"cached":0,"output":0}}}', '(models.a.input)'],
  ['a list', '[]', 'prices.json cannot be used: '],
])('a file that is %s is told of and does not count', (_name, text, problem) => {
  write(text)
  const book = openPriceBook(dataDir)
  expect(book.current()).toEqual(builtInPrices)
  expect(book.problem()).toContain(problem)
})
