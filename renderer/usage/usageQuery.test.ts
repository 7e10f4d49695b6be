import { expect, test } from 'vitest'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { queryForChoice } from './usageQuery.ts'

test('what is chosen is found by the language of the search, unless it has no words for it', () => {
  const time = 'after:2026-11-24'
  expect(queryForChoice(time, { model: [], project: [] })).toBe(time)
  const query = queryForChoice(time, { model: ['m', 'n o'], project: ['/a, b', '/c'] }) ?? ''
  const { terms, problems } = readSearch(query, 0)
  expect(problems).toEqual([])
  expect(terms.slice(1).map((term) => term.type === 'condition' && term.condition)).toEqual([
    { key: 'model', values: ['m', 'n o'] },
    { key: 'cwd', values: ['/a, b', '/c'] },
  ])
  expect(queryForChoice('', { model: [null], project: [] })).toBeNull()
  expect(queryForChoice('', { model: ['x'.repeat(1000)], project: [] })).toBeNull()
})
