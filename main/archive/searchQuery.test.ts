import { expect, test } from 'vitest'
import { parseSearch, snippetOf } from './searchQuery.ts'

const mark = (text: string, query: string) => {
  const search = parseSearch(query)
  return search && snippetOf(text, search.pattern).replaceAll('\u{E000}', '[').replaceAll('\u{E001}', ']')
}

test('a query is read as words, a beginning and phrases', () => {
  expect(parseSearch('one two')?.match).toBe('"one" "two"*')
  expect(parseSearch('one two ')?.match).toBe('"one" "two"')
  expect(parseSearch('one t')?.match).toBe('"one" "t"')
  expect(parseSearch('one "two three"')?.match).toBe('"one" "two three"')
  expect(parseSearch('"left open')?.match).toBe('"left open"')
  expect(parseSearch(' -- * ')).toBeNull()
})

test('every hit in the snippet is marked, whole words only', () => {
  expect(mark('Cats, a cat and concat; CAT!', 'cat ')).toBe('Cats, a [cat] and concat; [CAT]!')
  expect(mark('Cats, a cat and concat', 'cat')).toBe('[Cats], a [cat] and concat')
  expect(mark('in src/app.ts\nand src', 'src/app.ts ')).toBe('in [src/app.ts] and src')
})

test('a snippet is cut around its first hit and says so', () => {
  const text = `${'before '.repeat(100)}needle${' after'.repeat(100)}`
  const snippet = mark(text, 'needle') ?? ''
  expect(snippet).toMatch(/^….*before \[needle\] after.*…$/)
  expect(snippet.length).toBeLessThan(260)
})

test('marks that the text brings along are no marks', () => {
  expect(snippetOf('a \u{E000}b\u{E001} needle', /needle/giu)).toBe('a b \u{E000}needle\u{E001}')
})
