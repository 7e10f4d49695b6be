import { expect, test } from 'vitest'
import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Item } from '../../contract/domain/turn.ts'
import { describeMiss, findCacheMisses } from './cacheMisses.ts'
import { describeExchange } from './describeExchange.ts'
import { sampleCall, sampleExchange, sampleTurn, sampleUsage } from './sampleTurn.ts'

const asked = (id: string, input: number, cached: number, more: Partial<Exchange> = {}) =>
  sampleExchange(id, {
    model: 'gpt-6.2-sol',
    usage: sampleUsage(input, cached, 10),
    ...more,
  })

test('of each turn the request that read most anew is its miss, whatever the thread beside it does', () => {
  const turns = [
    sampleTurn({ id: 't1', startedAt: 1, exchanges: [asked('a', 12_000, 0), asked('b', 13_000, 12_000)] }),
    sampleTurn({ id: 'agent', threadId: 'agent', startedAt: 2, exchanges: [asked('x', 9_000, 0)] }),
    sampleTurn({
      id: 't2',
      startedAt: 3,
      exchanges: [
        asked('c', 14_000, 0, { model: 'gpt-6.1-terra' }),
        asked('d', 15_000, 9_000, { model: 'gpt-6.1-terra' }),
      ],
    }),
    sampleTurn({ id: 't3', startedAt: 4, exchanges: [asked('e', 16_000, 0, { model: 'gpt-6.1-terra' })] }),
  ]
  const misses = findCacheMisses(turns)
  expect([...misses.keys()]).toEqual(['t2', 't3'])
  expect(misses.get('t2')).toEqual({
    turnId: 't2',
    exchangeId: 'c',
    missedTokens: 13_000,
    reason: 'the model changed',
  })
  expect([...misses.values()].map(describeMiss)).toEqual(['cache missed: the model changed', 'cache missed'])
})

test('a request is told of by what came of it', () => {
  const of = (items: Item[], more: Partial<Exchange> = {}) => {
    const exchange = sampleExchange('x', more)
    return describeExchange(exchange, sampleTurn({ items: items.map((item) => ({ ...item, exchangeId: 'x' })) }))
  }
  const call = { ...sampleCall(1, 1, 'completed'), name: 'exec' }
  const patch = '*** Begin Patch\n*** Update File: a.ts\n@@\n+x\n*** End Patch'
  const said: Item = { id: 'i', exchangeId: 'x', at: 1, type: 'assistantMessage', text: 'Done.' }
  expect(of([{ ...call, patch, commands: [] }])).toBe('edited 1\u00a0file')
  expect(of([said, { ...call, commands: ['node --test'] }])).toBe('ran node --test')
  expect(of([{ ...call, patch, commands: ['ls'] }])).toBe('edited 1\u00a0file, ran ls')
  expect(of([call, call])).toBe('made 2\u00a0calls')
  expect(of([said])).toBe('answered')
  expect(of([], { status: 'failed' })).toBe('failed')
  expect(of([], { kind: 'prewarm' })).toBe('opened the connection')
})
