import { expect, test } from 'vitest'
import type { UsageRow } from '../../../contract/domain/usageReport.ts'
import { describeUsageReport } from './describeUsage.ts'
import { reportUsage } from './usageReport.ts'

const prices = { asOf: '2026-11-18', source: 'a list', models: { sol: { input: 2, cached: 0.1, output: 10 } } }
const row = (
  day: string,
  project: string,
  model: string,
  accountMode: UsageRow['accountMode'] = 'chatgpt',
): UsageRow => ({
  day,
  project,
  model,
  isLong: false,
  accountMode,
  requestCount: 2,
  usage: {
    inputTokens: 1_000_000,
    cachedInputTokens: 500_000,
    outputTokens: 100_000,
    reasoningTokens: 40_000,
    totalTokens: 1_100_000,
  },
})
const rows = [
  row('2026-11-23', '/home/ada/api', 'sol'),
  row('2026-11-24', '/home/ada/web\u001b[31m', 'sol'),
  row('2026-11-24', '/home/ada/web\u001b[31m', 'new'),
]
const asked = { since: Date.UTC(2026, 10, 23), until: null, timeZone: 'UTC', prices }

test('days stand in their order, with what each used, their sum, and what has no price', () => {
  expect(describeUsageReport(reportUsage(rows, { ...asked, by: 'day' }), null).split('\n')).toEqual([
    'Used since 2026-11-23, by day; days of UTC.',
    '',
    'Day         Requests  Input  Cached  Output  of which reasoning      Cost',
    '2026-11-23         2    1 M    50 %   100 k                40 k     $2.05',
    '2026-11-24         4    2 M    50 %   200 k                80 k  $2.05 +?',
    'Total              6    3 M    50 %   300 k               120 k  $4.10 +?',
    '',
    'Cost at API prices of 2026-11-18 (a list); a ChatGPT plan covers what was asked with it.',
    'No price is known for new: put one into prices.json of the data folder.',
  ])
})

test('projects and models stand by what they cost, and steer no terminal', () => {
  const lines = (by: 'project' | 'model') => describeUsageReport(reportUsage(rows, { ...asked, by }), null).split('\n')
  expect(
    lines('model')
      .slice(3, 5)
      .map((line) => line.split('  ')[0]),
  ).toEqual(['sol', 'new'])
  expect(lines('model')[4]).toMatch(/no price$/)
  expect(
    lines('project')
      .slice(3, 5)
      .map((line) => line.split('  ')[0]),
  ).toEqual(['/home/ada/web', '/home/ada/api'])
  expect(lines('project').join('')).not.toContain('\u001b')
})

test('what a key paid for is not said to be covered, and nothing is said to be nothing', () => {
  const paid = rows.slice(0, 1).map((one) => ({ ...one, accountMode: 'apiKey' as const }))
  expect(describeUsageReport(reportUsage(paid, { ...asked, by: 'day' }), null)).not.toContain('plan')
  const nothing = (since: number, until: number | null) =>
    describeUsageReport(reportUsage([], { ...asked, since, until, by: 'day' }), null)
  const lookAtAll = 'Look at all that is recorded with:  --since all'
  expect([nothing(asked.since, null), nothing(asked.since, Date.UTC(2026, 10, 25)), nothing(0, null)]).toEqual([
    `Nothing was used since 2026-11-23. ${lookAtAll}`,
    `Nothing was used from 2026-11-23 to 2026-11-24. ${lookAtAll}`,
    'Nothing was used.',
  ])
})

test('a narrow terminal keeps whole lines: names are shortened, then what is missed least goes', () => {
  const long = [row('2026-11-23', '/srv/a/very/long/way/to/the/checkout', 'sol')]
  const lines = (columns: number) =>
    describeUsageReport(reportUsage(long, { ...asked, by: 'project' }), columns)
      .split('\n')
      .slice(2, 5)
  expect(lines(60)).toEqual([
    'Project               Requests  Input  Cached  Output   Cost',
    '…way/to/the/checkout         2    1 M    50 %   100 k  $2.05',
    'Total                        2    1 M    50 %   100 k  $2.05',
  ])
  expect(lines(40).every((line) => line.length <= 40)).toBe(true)
})

test('a total that is not the sum of what stands above it says that it is about so much', () => {
  const small = (day: string): UsageRow => ({
    ...row(day, '/home/ada/api', 'sol'),
    usage: { inputTokens: 2_000, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens: 2_000 },
  })
  const days = ['2026-11-23', '2026-11-24', '2026-11-25'].map(small)
  const costs = describeUsageReport(reportUsage(days, { ...asked, by: 'day' }), null)
    .split('\n')
    .slice(3, 7)
    .map((line) => line.split(/ {2,}/).at(-1))
  expect(costs).toEqual(['$0.00', '$0.00', '$0.00', '≈ $0.01'])
})
