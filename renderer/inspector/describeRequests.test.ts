import { expect, test } from 'vitest'
import { describeRequests } from './describeRequests.ts'
import { sampleExchange, sampleTurn, sampleUsage } from './sampleTurn.ts'

const told = sampleExchange('told', { usage: sampleUsage(100, 0, 10) })
const failed = sampleExchange('failed', { status: 'failed' })
const describe = (exchanges: (typeof told)[], exchangeCount: number) => {
  const { count, besides } = describeRequests([sampleTurn({ exchanges })], exchangeCount)
  return [count, besides].map((words) => words?.replaceAll('\u00a0', ' '))
}

test('requests are those that the usage page counts, and all that is besides is said', () => {
  expect(describe([told, told], 2)).toEqual(['2 requests', undefined])
  expect(describe([told], 3)).toEqual([
    '1 request',
    'And 2 more outside of turns, to open a connection or to make a title.',
  ])
  expect(describe([told, failed], 3)).toEqual([
    '1 request',
    'And 1 more that reported no tokens, 1 more outside of turns, to open a connection or to make a title.',
  ])
})
