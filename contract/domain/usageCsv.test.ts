import { expect, test } from 'vitest'
import { writeUsageCsv } from './usageCsv.ts'
import type { UsageRow } from './usageReport.ts'

const prices = { asOf: '', source: '', models: { m: { input: 1, cached: 0.5, output: 10 } } }
const row = (more: Partial<UsageRow>): UsageRow => ({
  day: '2026-11-24',
  project: '/p',
  model: 'm',
  isLong: false,
  accountMode: 'chatgpt',
  requestCount: 2,
  usage: { inputTokens: 1000, cachedInputTokens: 400, outputTokens: 10, reasoningTokens: 4, totalTokens: 1010 },
  ...more,
})
const lines = (...rows: UsageRow[]) => writeUsageCsv(rows, prices).split('\r\n').slice(1)

test('a line for each day, project, model and account; what differs by its length alone is one', () => {
  expect(writeUsageCsv([], prices)).toBe(
    'Day,Project,Model,Account,Requests,Input tokens,Cached input tokens,Output tokens,Reasoning tokens,Total tokens,Cost in USD\r\n',
  )
  expect(lines(row({}), row({ isLong: true }), row({ accountMode: 'apiKey' }))).toEqual([
    '2026-11-24,/p,m,ChatGPT,4,2000,800,20,8,2020,0.0018',
    '2026-11-24,/p,m,API key,2,1000,400,10,4,1010,0.0009',
    '',
  ])
})

test('what is not known is empty, and no name is taken for a formula or for two cells', () => {
  expect(lines(row({ project: null, model: null, accountMode: null }))[0]).toBe('2026-11-24,,,,2,1000,400,10,4,1010,')
  expect(lines(row({ project: '=HYPERLINK("x,y")', model: '@m' }))[0]).toBe(
    `2026-11-24,"'=HYPERLINK(""x,y"")",'@m,ChatGPT,2,1000,400,10,4,1010,`,
  )
})

test('a line for each of what is asked for; half a cost is none', () => {
  const rows = [row({}), row({ day: '2026-11-25', project: '/q' }), row({ day: '2026-11-25', model: 'new' })]
  expect(writeUsageCsv(rows, prices, ['day'])).toBe(
    [
      'Day,Requests,Input tokens,Cached input tokens,Output tokens,Reasoning tokens,Total tokens,Cost in USD',
      '2026-11-24,2,1000,400,10,4,1010,0.0009',
      '2026-11-25,4,2000,800,20,8,2020,',
      '',
    ].join('\r\n'),
  )
})
