import { expect, test } from 'vitest'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import {
  chooseRows,
  formatUsageView,
  pressAlone,
  pressToggle,
  readUsageView,
  type UsageView,
  wholeView,
} from './usageView.ts'

const read = (search: string) => readUsageView(new URLSearchParams(search))

test('each view survives its own address, and the usual one needs none', () => {
  const views: UsageView[] = [
    wholeView,
    {
      range: 'all',
      by: 'project',
      model: ['gpt-5.5', null],
      project: ['/a b/c&d=e#f'],
      at: '2026-11-24',
      isTable: true,
    },
    { ...wholeView, range: '7', project: [null] },
  ]
  expect(views.map((view) => read(formatUsageView(view)))).toEqual(views)
  expect(formatUsageView(wholeView)).toBe('')
})

test('what an address says wrongly is not heard', () => {
  expect(read('range=8&by=day&at=yesterday&as=x&model=a&model=a')).toEqual({ ...wholeView, model: ['a'] })
})

test('what is chosen holds for models and projects together', () => {
  const row = (model: string | null, project: string | null) => ({ model, project }) as UsageRow
  const rows = [row('a', '/x'), row('b', '/x'), row('a', '/y'), row(null, null)]
  const outline = (view: Partial<UsageView>) =>
    chooseRows(rows, { ...wholeView, ...view }).map(({ model, project }) => `${model} ${project}`)
  expect(outline({})).toHaveLength(4)
  expect(outline({ model: ['a'] })).toEqual(['a /x', 'a /y'])
  expect(outline({ model: ['a', null], project: ['/y', null] })).toEqual(['a /y', 'null null'])
  expect(chooseRows(rows, { model: ['a'], project: ['/y'] }, ['project'])).toEqual([rows[2]])
})

test('a press leaves one alone, the next brings all back; with Shift one is taken out and put back', () => {
  const all = ['a', 'b', 'c']
  expect(pressAlone([], ['a'])).toEqual(['a'])
  expect(pressAlone(['a'], ['a'])).toEqual([])
  expect(pressAlone(['a'], ['b', 'c'])).toEqual(['b', 'c'])
  expect(pressAlone(['c', 'b'], ['b', 'c'])).toEqual([])
  expect(pressToggle([], ['b'], all)).toEqual(['a', 'c'])
  expect(pressToggle(['a', 'c'], ['b'], all)).toEqual([])
  expect(pressToggle(['a'], ['c'], all)).toEqual(['a', 'c'])
  expect(pressToggle(['a'], ['a'], all)).toEqual(['a'])
})
