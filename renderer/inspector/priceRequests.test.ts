import { expect, test } from 'vitest'
import type { PriceTable } from '../../contract/domain/price.ts'
import { priceRequests } from './priceRequests.ts'
import { sampleExchange, sampleUsage } from './sampleTurn.ts'

const table: PriceTable = { asOf: '2026-11-01', source: 'a test', models: { m: { input: 1, cached: 0.1, output: 10 } } }
const small = sampleExchange('small', { usage: sampleUsage(1_000, 900, 10) })
const missed = sampleExchange('missed', { usage: sampleUsage(1_000, 0, 10) })
const unpriced = sampleExchange('unpriced', { model: 'other', usage: sampleUsage(900_000, 0, 10) })
const failed = sampleExchange('failed')

test('the dearest request is the one that cost most, whatever has no price', () => {
  const { costs, dearestId } = priceRequests([small, missed, unpriced, failed], table)
  expect([...costs.keys()]).toEqual(['small', 'missed'])
  expect(dearestId).toBe('missed')
})

test('no request is called the dearest where it is the only one, or as dear as another, or nothing is known', () => {
  expect(priceRequests([missed, failed], table).dearestId).toBeNull()
  expect(priceRequests([missed, { ...missed, id: 'again' }], table).dearestId).toBeNull()
  expect(priceRequests([small, missed], null)).toEqual({ costs: new Map(), dearestId: null })
})
