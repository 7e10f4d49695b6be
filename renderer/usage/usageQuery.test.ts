import { expect, test } from 'vitest'
import { fitsSession } from '../../contract/domain/fitsSession.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { queryForChoice } from './usageQuery.ts'

const exactly = (text: string) => ({ text, isExact: true })

test('what is chosen is found by the language of the search, unless it has no words for it', () => {
  const time = 'after:2026-11-24'
  expect(queryForChoice(time, { model: [], project: [] })).toBe(time)
  const query = queryForChoice(time, { model: ['m', 'n o'], project: ['/a, b', '/c', '/'] }) ?? ''
  const { terms, problems } = readSearch(query, 0)
  expect(problems).toEqual([])
  expect(terms.slice(1).map((term) => term.type === 'condition' && term.condition)).toEqual([
    { key: 'model', values: [exactly('m'), exactly('n o')] },
    { key: 'cwd', values: [{ text: '/a, b', isExact: false }, { text: '/c', isExact: false }, exactly('/')] },
  ])
  expect(queryForChoice('', { model: [null], project: [] })).toBeNull()
  expect(queryForChoice('', { model: ['x'.repeat(1000)], project: [] })).toBeNull()
})

test('of a model whose name is a part of another one’s only its own sessions are found, and of a folder those in no folder of it', () => {
  const isFound = (query: string | null, { model = '', cwd = '' }) => {
    const { terms } = readSearch(query ?? '', 0)
    return fitsSession(sampleSession('a', { model, cwd }), terms)
  }
  const ofModel = queryForChoice('', { model: ['gpt-5'], project: [] })
  expect(['gpt-5', 'gpt-5.5', 'gpt-5-codex'].map((model) => isFound(ofModel, { model }))).toEqual([true, false, false])
  for (const project of ['/', 'C:\\', '~', 'api', '/srv/api', '=a']) {
    const ofFolder = queryForChoice('', { model: [], project: [project] })
    expect(isFound(ofFolder, { cwd: project }), project).toBe(true)
    expect(isFound(ofFolder, { cwd: `${project}/in` }), project).toBe(false)
    expect(isFound(ofFolder, { cwd: `${project}in` }), project).toBe(false)
  }
})
