import { expect, test } from 'vitest'
import type { UsageRow } from '../../../contract/domain/usageReport.ts'
import { describeUsageReport, readSince, reportUsage } from './usage.ts'

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
const asked = { since: Date.UTC(2026, 10, 23), timeZone: 'UTC', prices }

test('days stand in their order, with what each used, their sum, and what has no price', () => {
  expect(describeUsageReport(reportUsage(rows, { ...asked, by: 'day' })).split('\n')).toEqual([
    'Used since 2026-11-23, by day; days of UTC.',
    '',
    'Day         Requests  Input  Cached  Reasoning  Output      Cost',
    '2026-11-23         2  1.0 M    50 %       40 k   100 k     $2.05',
    '2026-11-24         4  2.0 M    50 %       80 k   200 k  $2.05 +?',
    'Total              6  3.0 M    50 %      120 k   300 k  $4.10 +?',
    '',
    'Cost at API prices of 2026-11-18 (a list); a ChatGPT plan covers what was asked with it.',
    'No price is known for new: put one into prices.json.',
  ])
})

test('projects and models stand by what they cost, and steer no terminal', () => {
  const lines = (by: 'project' | 'model') => describeUsageReport(reportUsage(rows, { ...asked, by })).split('\n')
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
  expect(describeUsageReport(reportUsage(paid, { ...asked, by: 'day' }))).not.toContain('plan')
  expect(describeUsageReport(reportUsage([], { ...asked, by: 'day' }))).toBe('Nothing was used since 2026-11-23.')
})

test('a time is told in days, as a day, or as all', () => {
  const now = new Date(2026, 10, 24, 15).getTime()
  expect(readSince('1d', now)).toBe(new Date(2026, 10, 24).getTime())
  expect(readSince('7d', now)).toBe(new Date(2026, 10, 18).getTime())
  expect(readSince('2026-02-03', now)).toBe(new Date(2026, 1, 3).getTime())
  expect(readSince('all', now)).toBe(0)
  for (const wrong of ['', 'd', '7', '2026-02-31', '2026-13-01', 'yesterday']) expect(readSince(wrong, now)).toBeNull()
})
