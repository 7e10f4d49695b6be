import { expect, test } from 'vitest'
import { explainCost, formatCost, formatShortCost, formatUsd } from './money.ts'

test('money is written in dollars and cents, and what is less than a cent says so', () => {
  expect([0, 0.001, 0.0049, 0.005, 0.42, 12.4, 999.99, 1_204.4].map(formatUsd)).toEqual([
    '$0.00',
    '< $0.01',
    '< $0.01',
    '$0.01',
    '$0.42',
    '$12.40',
    '$999.99',
    '$1,204',
  ])
})

test('on a plan it is called what it is', () => {
  expect([formatCost(0.42, 'chatgpt'), formatCost(0.42, 'apiKey'), formatCost(0.42, null)]).toEqual([
    '≈ $0.42 at API prices',
    '$0.42',
    '≈ $0.42 at API prices',
  ])
  expect([
    formatShortCost(0.42, 'chatgpt'),
    formatShortCost(0.001, 'chatgpt'),
    formatShortCost(0.42, 'apiKey'),
  ]).toEqual(['≈ $0.42', '< $0.01', '$0.42'])
})

test('what is missing from the sum is told', () => {
  expect(explainCost('apiKey', { unpriced: [] })).toBe('')
  expect(explainCost('chatgpt', { unpriced: ['a', 'b'] })).toBe(
    'What the same tokens cost with a key. The plan covers them. Without a, b, of which no price is known.',
  )
})
