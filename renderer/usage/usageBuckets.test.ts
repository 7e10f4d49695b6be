import { expect, test } from 'vitest'
import { builtInPrices } from '../../contract/domain/price.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import {
  type Bucket,
  bucketLength,
  bucketUsage,
  findDearest,
  lastUsed,
  queryForBucket,
  roundUp,
} from './usageBuckets.ts'

const row = (day: string, totalTokens: number): UsageRow => ({
  day,
  project: '/p',
  model: 'gpt-6.1-sol',
  isLong: false,
  accountMode: 'chatgpt',
  requestCount: 1,
  usage: { inputTokens: totalTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens },
})
const outline = (rows: UsageRow[], firstDay: string, lastDay: string, today = lastDay) => {
  const { length, buckets } = bucketUsage(rows, { firstDay, lastDay, today, prices: builtInPrices })
  return { length, buckets: buckets.map(({ name, usage }) => `${name}: ${usage.totalTokens}`) }
}

test('days without anything are there too, also over the end of February', () => {
  expect(
    outline([row('2026-02-27', 5), row('2026-02-27', 2), row('2026-03-02', 1)], '2026-02-27', '2026-03-02'),
  ).toEqual({
    length: 'day',
    buckets: ['Fri 27 Feb: 7', 'Sat 28 Feb: 0', 'Sun 1 Mar: 0', 'Mon 2 Mar: 1'],
  })
})

test('many days are put together to weeks that begin on Monday, and very many to months; nothing gets lost', () => {
  const days = [row('2026-01-01', 1), row('2026-01-04', 2), row('2026-01-05', 4), row('2026-06-30', 8)]
  const weeks = outline(days, '2026-01-01', '2026-06-30')
  expect(weeks.length).toBe('week')
  expect(weeks.buckets.slice(0, 2)).toEqual(['Week of 29 Dec: 3', 'Week of 5 Jan: 4'])
  expect(weeks.buckets.at(-1)).toBe('Week of 29 Jun: 8')
  const months = outline([row('2023-12-31', 1), ...days], '2023-12-31', '2026-06-30')
  expect(months.length).toBe('month')
  expect(months.buckets.slice(0, 2)).toEqual(['December 2023: 1', 'January 2024: 0'])
  expect(months.buckets).toHaveLength(31)
  expect(bucketLength('2026-01-01', '2026-01-01')).toBe('day')
})

test('the year is told where it is not this one alone', () => {
  const namesOf = (firstDay: string, lastDay: string, today: string) => {
    const { buckets, needsYears } = bucketUsage([], { firstDay, lastDay, today, prices: builtInPrices })
    return [needsYears, buckets[0]?.name, buckets.at(-1)?.name]
  }
  expect(namesOf('2026-11-20', '2026-11-26', '2026-11-26')).toEqual([false, 'Fri 20 Nov', 'Thu 26 Nov'])
  expect(namesOf('2026-12-28', '2027-01-03', '2027-01-03')).toEqual([true, 'Mon 28 Dec 2026', 'Sun 3 Jan 2027'])
  expect(namesOf('2025-06-17', '2025-06-20', '2026-11-26')).toEqual([true, 'Tue 17 Jun 2025', 'Fri 20 Jun 2025'])
  expect(namesOf('2025-06-17', '2025-12-20', '2026-11-26')).toEqual([
    true,
    'Week of 16 Jun 2025',
    'Week of 15 Dec 2025',
  ])
})

test('a scale ends at a round number that nothing is above', () => {
  expect([0, 0.07, 1, 1.1, 39, 61_000, 810_000].map(roundUp)).toEqual([1, 0.08, 1, 2, 40, 80_000, 1_000_000])
})

test('a bucket is found again by the language of the search', () => {
  const of = (day: string, length: 'day' | 'week' | 'month') =>
    queryForBucket(
      { ...(bucketUsage([], { firstDay: day, lastDay: day, today: day, prices: builtInPrices }).buckets[0] as Bucket) },
      length,
    )
  expect(of('2026-12-31', 'day')).toBe('after:2026-12-31 before:2027-01-01')
  expect(of('2026-12-28', 'week')).toBe('after:2026-12-28 before:2027-01-04')
  expect(of('2026-12-01', 'month')).toBe('after:2026-12-01 before:2027-01-01')
})

test('what is told first is the last time in which something was used', () => {
  const counts = (...all: number[]) => all.map((requestCount) => ({ requestCount }))
  expect([counts(1, 2, 0, 0), counts(0, 3), counts(0, 0)].map(lastUsed)).toEqual([1, 1, 1])
})

test('the dearest time is one among others', () => {
  const of = (...all: (number | null)[]) => findDearest(all.map((usd) => ({ usd })))?.usd ?? null
  expect([of(1, 3, null, 2), of(0, 3, null), of(null), of(2, 2)]).toEqual([3, null, null, 2])
})
