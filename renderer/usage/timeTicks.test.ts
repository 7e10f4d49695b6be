import { expect, test } from 'vitest'
import { builtInPrices } from '../../contract/domain/price.ts'
import { layOutTicks } from './timeTicks.ts'
import { bucketUsage } from './usageBuckets.ts'

function ticks(firstDay: string, lastDay: string, today: string): string[] {
  const { buckets, needsYears } = bucketUsage([], { firstDay, lastDay, today, prices: builtInPrices })
  return layOutTicks(buckets, { most: 4, needsYears }).map(({ label, year }) => [label, year].filter(Boolean).join(' '))
}

test('few names, the last one among them, and each year where it begins', () => {
  expect(ticks('2026-11-24', '2026-11-26', '2026-11-26')).toEqual(['24 Nov', '25 Nov', '26 Nov'])
  expect(ticks('2026-10-28', '2026-11-26', '2026-11-26')).toEqual(['2 Nov', '10 Nov', '18 Nov', '26 Nov'])
  expect(ticks('2025-06-17', '2026-11-26', '2026-11-26')).toEqual(['20 Oct 2025', '2 Mar 2026', '13 Jul', '23 Nov'])
  expect(ticks('2025-06-17', '2025-06-18', '2026-11-26')).toEqual(['17 Jun 2025', '18 Jun'])
  expect(ticks('2022-01-01', '2026-11-26', '2026-11-26')).toEqual(['Feb 2023', 'May 2024', 'Aug 2025', 'Nov 2026'])
})
