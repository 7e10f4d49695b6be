import { expect, test } from 'vitest'
import { isTimeZone, localDays } from './localDays.ts'

const hourMs = 3_600_000
const hoursOf = (timeZone: string, from: number, to: number) =>
  localDays(timeZone, from, to).map((one) => `${one.day}: ${(one.to - one.from) / hourMs}`)

test('in Berlin the day has 23 hours when the clocks go forward, and 25 when they go back', () => {
  expect(hoursOf('Europe/Berlin', Date.UTC(2026, 2, 27, 23), Date.UTC(2026, 2, 30, 22))).toEqual([
    '2026-03-28: 24',
    '2026-03-29: 23',
    '2026-03-30: 24',
  ])
  expect(hoursOf('Europe/Berlin', Date.UTC(2026, 9, 23, 22), Date.UTC(2026, 9, 26, 23))).toEqual([
    '2026-10-24: 24',
    '2026-10-25: 25',
    '2026-10-26: 24',
  ])
})

test('a year has each of its days once, without a gap between two of them', () => {
  const [from, to] = [Date.UTC(2026, 0, 1, 8), Date.UTC(2027, 0, 1, 8)]
  for (const zone of ['UTC', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
    const days = localDays(zone, from, to)
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
    expect(days.slice(1).map((day) => day.from)).toEqual(days.slice(0, -1).map((day) => day.to))
    expect([days[0]?.from, days.at(-1)?.to]).toEqual([from, to])
    const format = new Intl.DateTimeFormat('sv', { timeZone: zone })
    expect(days.filter((day) => format.format(day.from) !== day.day || format.format(day.to - 1) !== day.day)).toEqual(
      [],
    )
  }
})

test('zones between the hours have their own midnight; no time has no days', () => {
  const midnight = Date.UTC(2026, 10, 23, 18, 15)
  expect(localDays('Asia/Kathmandu', midnight - 1, midnight + 1)).toEqual([
    { day: '2026-11-23', from: midnight - 1, to: midnight },
    { day: '2026-11-24', from: midnight, to: midnight + 1 },
  ])
  expect(localDays('UTC', midnight, midnight)).toEqual([])
})

test('only zones that there are count', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true)
  expect(isTimeZone('Moon/Tranquility')).toBe(false)
})
