import { expect, test } from 'vitest'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { describeTotalCost } from './describeTotalCost.ts'

const prices = { asOf: '', source: '', models: { m: { input: 1, cached: 1, output: 1 } } }
const row = (accountMode: UsageRow['accountMode'], model = 'm'): UsageRow => ({
  day: '2026-11-24',
  project: null,
  model,
  isLong: false,
  accountMode,
  requestCount: 1,
  usage: { inputTokens: 1e6, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens: 1e6 },
})

test('a plan covers its part, a key pays for its own', () => {
  expect(describeTotalCost([row('chatgpt')], prices)).toEqual({ sum: '≈ $1.00', words: 'at API prices' })
  expect(describeTotalCost([row('apiKey')], prices)).toEqual({ sum: '$1.00', words: 'paid with a key' })
  expect(describeTotalCost([row('apiKey'), row('chatgpt'), row(null)], prices)).toEqual({
    sum: '≈ $3.00',
    words: 'at API prices; $1.00 of it with a key',
  })
  expect(describeTotalCost([row('chatgpt', 'new')], prices)).toEqual({ sum: '–', words: 'no price is known' })
})
