import { expect, test } from 'vitest'
import { sampleExchange, sampleTurn, sampleUsage } from './sampleTurn.ts'
import { selectExchange } from './selectExchange.ts'

const turns = [
  sampleTurn({ id: 't2', startedAt: 2_000, exchanges: [sampleExchange('c'), sampleExchange('d', { kind: 'title' })] }),
  sampleTurn({ id: 't1', startedAt: 1_000, exchanges: [sampleExchange('a'), sampleExchange('b')] }),
]
const brief = (turnId: string | null, exchangeId: string | null = null) => {
  const selected = selectExchange(turns, { turnId, exchangeId })
  return [
    selected?.turn.id,
    selected?.exchange.id,
    selected?.place,
    selected?.before?.exchangeId,
    selected?.after?.exchangeId,
  ]
}

test('without a selection it is the last that was asked', () => {
  expect(brief(null)).toEqual(['t2', 'c', 1, 'b', 'd'])
})

test('of a turn it is the last that was asked in it', () => {
  expect(brief('t1')).toEqual(['t1', 'b', 2, 'a', 'c'])
})

test('of a turn whose cache missed it is the request that did, as it explains most', () => {
  const usage = (cached: number) => ({ usage: sampleUsage(12_000, cached, 1) })
  const missed = [sampleExchange('a', usage(0)), sampleExchange('b', usage(0)), sampleExchange('c', usage(12_000))]
  const turn = sampleTurn({ id: 't1', exchanges: missed })
  expect(selectExchange([turn], { turnId: 't1', exchangeId: null })?.exchange.id).toBe('b')
  expect(selectExchange([turn], { turnId: null, exchangeId: null })?.exchange.id).toBe('b')
  expect(selectExchange([turn], { turnId: 't1', exchangeId: 'c' })?.exchange.id).toBe('c')
})

test('an exchange is found in whichever turn it is', () => {
  expect(brief('t1', 'd')).toEqual(['t2', 'd', 2, 'c', undefined])
  expect(brief(null, 'a')).toEqual(['t1', 'a', 1, undefined, 'b'])
})

test('what is gone leads to no other', () => {
  expect(selectExchange(turns, { turnId: 't1', exchangeId: 'z' })).toBe(null)
  expect(selectExchange(turns, { turnId: 't9', exchangeId: null })).toBe(null)
  expect(selectExchange([sampleTurn({ exchanges: [] })], { turnId: null, exchangeId: null })).toBe(null)
})
