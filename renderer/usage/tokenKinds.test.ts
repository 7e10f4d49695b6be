import { expect, test } from 'vitest'
import { countTokens, splitTokens, tellTokens, tokenKinds } from './tokenKinds.ts'

const usage = {
  inputTokens: 21_000,
  cachedInputTokens: 5_000,
  outputTokens: 9_511,
  reasoningTokens: 2_217,
  totalTokens: 30_511,
}

test('the output is all that was billed as output, and what was thought a part of it', () => {
  expect(countTokens(usage)).toEqual({ cached: 5_000, fresh: 16_000, output: 9_511, reasoning: 2_217 })
  expect(tokenKinds.map((kind) => tellTokens(usage, kind).replaceAll(/\s/g, ' '))).toEqual([
    '5 k cached',
    '16 k fresh',
    '9.5 k output',
    'of which 2.2 k reasoning',
  ])
})

test('a stack adds up to all tokens', () => {
  const parts = splitTokens(usage)
  expect(parts.output).toBe(7_294)
  expect(tokenKinds.reduce((sum, kind) => sum + parts[kind], 0)).toBe(usage.totalTokens)
})
