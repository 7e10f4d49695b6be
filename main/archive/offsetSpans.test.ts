import { expect, test } from 'vitest'
import { isTimeZone, offsetSpans } from './offsetSpans.ts'

const hourMs = 3_600_000

test('a year in Berlin is cut where its clocks are set', () => {
  expect(offsetSpans('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toEqual([
    { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 2, 29, 1), offsetMs: hourMs },
    { from: Date.UTC(2026, 2, 29, 1), to: Date.UTC(2026, 9, 25, 1), offsetMs: 2 * hourMs },
    { from: Date.UTC(2026, 9, 25, 1), to: Date.UTC(2027, 0, 1), offsetMs: hourMs },
  ])
})

test('zones without summer time are one span, on both sides of UTC and between the hours', () => {
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 1)]
  expect(offsetSpans('UTC', from, to)).toEqual([{ from, to, offsetMs: 0 }])
  expect(offsetSpans('Asia/Kathmandu', from, to)).toEqual([{ from, to, offsetMs: 5.75 * hourMs }])
  expect(offsetSpans('America/Phoenix', from, to)).toEqual([{ from, to, offsetMs: -7 * hourMs }])
  expect(offsetSpans('UTC', to, from)).toEqual([])
})

test('only zones that there are count', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true)
  expect(isTimeZone('Moon/Tranquility')).toBe(false)
})
