import { expect, test } from 'vitest'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { snippetOf, toTextQuery } from './searchQuery.ts'

const parse = (query: string) => toTextQuery(readSearch(query, 0).terms.filter((term) => term.type === 'words'))
const mark = (text: string, query: string, isLine = false) =>
  snippetOf(text, parse(query).pattern, isLine).replaceAll('\u{E000}', '[').replaceAll('\u{E001}', ']')

test('a query becomes words, a beginning and phrases', () => {
  expect(parse('one two').match).toBe('"one" AND "two"*')
  expect(parse('one two ').match).toBe('"one" AND "two"')
  expect(parse('one t').match).toBe('"one" AND "t"')
  expect(parse('on* -tw* three ')).toMatchObject({ match: '"on"* AND "three"', excluded: '"tw"*' })
  expect(parse('one "two three"').match).toBe('"one" AND "two three"')
  expect(parse('"left open').match).toBe('"left open"')
  expect(parse('one -two -"three four"')).toMatchObject({ match: '"one"', excluded: '"two" OR "three four"' })
  expect(parse('-two')).toMatchObject({ match: null, excluded: '"two"' })
  expect(parse('say:"a ""b"" c"').match).toBe(null)
  expect(parse('"a ""b"" c"').match).toBe('"a  b  c"')
})

test('a long beginning is spelled out as the words that there are, where they are few', () => {
  const asked: string[] = []
  const match = (query: string, known: string[] | null) =>
    toTextQuery(
      readSearch(query, 0).terms.filter((term) => term.type === 'words'),
      (beginning) => {
        asked.push(beginning)
        return known
      },
    ).match
  expect(match('one getUser', ['getuser', 'getuserid'])).toBe('"one" AND ("getuser" OR "getuserid")')
  expect(match('getUser', null)).toBe('"getUser"*')
  expect(match('getUser', [])).toBe('"getUser"*')
  expect(asked).toEqual(['getuser', 'getuser', 'getuser'])
  for (const query of ['parse', 'getUser ', 'src/getUser', 'größere']) match(query, ['never'])
  expect(asked).toHaveLength(3)
})

test('every hit in the snippet is marked, whole words only', () => {
  expect(mark('Cats, a cat and concat; CAT!', 'cat ')).toBe('Cats, a [cat] and concat; [CAT]!')
  expect(mark('Cats, a cat and concat', 'cat')).toBe('[Cats], a [cat] and concat')
  expect(mark('Cats, a cat and concat', 'cat* concat ')).toBe('[Cats], a [cat] and [concat]')
  expect(mark('in src/app.ts\nand src', 'src/app.ts ')).toBe('in [src/app.ts] and src')
})

test('a snippet is cut around its first hit and says so', () => {
  const text = `${'before '.repeat(100)}needle${' after'.repeat(100)}`
  const snippet = mark(text, 'needle')
  expect(snippet).toMatch(/^….*before \[needle\] after.*…$/)
  expect(snippet.length).toBeLessThan(260)
})

test('marks that the text brings along are no marks', () => {
  expect(snippetOf('a \u{E000}b\u{E001} needle', /needle/giu)).toBe('a b \u{E000}needle\u{E001}')
})

test('of what was printed no more than the line of the hit is shown', () => {
  const output = 'first line\n  ok 3 needle found\nlast line'
  expect(mark(output, 'needle', true)).toBe('ok 3 [needle] found')
  expect(mark(output, 'first', true)).toBe('[first] line')
  expect(mark(output, 'last', true)).toBe('[last] line')
  expect(mark('\nneedle', 'needle', true)).toBe('[needle]')
  expect(mark('1..2\npass 1\nfail 0', 'pass 1 ', true)).toBe('[pass] [1]')
})
