import { expect, test } from 'vitest'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { layOutSeries, stackSeries } from './usageSeries.ts'

const price = (input: number) => ({ input, cached: 0, output: 0 })
const prices = { asOf: '', source: '', models: { cheap: price(1), dear: price(100) } }
const row = (model: string | null, inputTokens: number, more: Partial<UsageRow> = {}): UsageRow => ({
  day: '2026-11-24',
  project: '/p',
  model,
  isLong: false,
  accountMode: 'apiKey',
  requestCount: 1,
  usage: { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens: inputTokens },
  ...more,
})
const outline = (rows: UsageRow[], by: 'model' | 'project' = 'model', chosen: (string | null)[] = []) =>
  layOutSeries(rows, { by, chosen, prices }).map(({ tone, members, sum }) => [
    tone,
    members.join('+'),
    sum.usd,
    sum.requestCount,
  ])

test('what costs most comes first, and what has no price last', () => {
  expect(outline([row('new', 9e6), row('cheap', 5e6), row('dear', 1e6), row(null, 1e6), row('cheap', 1e6)])).toEqual([
    ['1', 'dear', 100, 1],
    ['2', 'cheap', 6, 2],
    ['3', 'new', null, 1],
    ['4', '', null, 1],
  ])
})

test('seven have a colour each; of more, the small ones share one', () => {
  const projects = (count: number) =>
    Array.from({ length: count }, (_, at) => row('cheap', (count - at) * 1e6, { project: `/${at}` }))
  expect(outline(projects(7), 'project').map(([tone, name]) => `${tone}${name}`)).toEqual([
    ...['1/0', '2/1', '3/2', '4/3', '5/4', '6/5', 'rest/6'],
  ])
  expect(outline(projects(9), 'project').slice(5)).toEqual([
    ['6', '/5', 4, 1],
    ['rest', '/6+/7+/8', 6, 3],
  ])
})

test('a small one that is chosen has its own colour; all of the small ones together do not', () => {
  const rows = Array.from({ length: 9 }, (_, at) => row('cheap', (9 - at) * 1e6, { project: `/${at}` }))
  const names = (...chosen: string[]) => outline(rows, 'project', chosen).map(([tone, name]) => `${tone}${name}`)
  expect(names('/7')).toEqual(['1/0', '2/1', '3/2', '4/3', '5/4', '6/7', 'rest/5+/6+/8'])
  expect(names('/2')).toEqual(names())
  expect(names('/6', '/7', '/8')).toEqual(names())
})

test('what lies in a bucket adds up to it', () => {
  const rows = [
    row('cheap', 1e6),
    row('cheap', 2e6, { day: '2026-11-26' }),
    row('dear', 1e6, { day: '2026-11-26' }),
    row('cheap', 4e6, { day: '2026-11-30' }),
  ]
  const stacked = (length: 'day' | 'week') =>
    stackSeries(rows, layOutSeries(rows, { by: 'model', chosen: [], prices }), { by: 'model', length, prices }).map(
      (sums) => [...sums].map(([key, { usd }]) => `${key} ${usd}`),
    )
  expect(stacked('day')).toEqual([['2026-11-26 100'], ['2026-11-24 1', '2026-11-26 2', '2026-11-30 4']])
  expect(stacked('week')).toEqual([['2026-11-23 100'], ['2026-11-23 3', '2026-11-30 4']])
})
