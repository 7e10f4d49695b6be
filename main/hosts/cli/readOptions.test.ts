import { expect, test } from 'vitest'
import { nameChoices, readCount, readDay, readLastDay, readOneOf, readPort, readSince } from './readOptions.ts'

test('a port and a count are whole numbers of their range', () => {
  expect([readPort('0'), readPort('65535'), readCount('1'), readCount('1000')]).toEqual([0, 65_535, 1, 1000])
  for (const text of ['-1', '65536', '80.5', 'http', ''])
    expect(() => readPort(text)).toThrow('Give a port, 1 to 65535')
  for (const text of ['0', '1001', '2.5', 'many']) expect(() => readCount(text)).toThrow('Give a number, 1 to 1000.')
})

test('a choice is one of those that are named', () => {
  const read = readOneOf(['html', 'markdown', 'har'])
  expect(read('har')).toBe('har')
  for (const text of ['HAR', '', 'pdf', 'constructor']) expect(() => read(text)).toThrow('Give html, markdown or har.')
  expect([nameChoices([]), nameChoices(['a']), nameChoices(['a', 'b'])]).toEqual(['', 'a', 'a or b'])
})

test('a day that is none is told with one that would be', () => {
  expect(readDay('all')).toBe(0)
  expect(() => readDay('someday')).toThrow('such as 2026-11-24')
})

test('the last day ends as the next one begins, and is told by its date', () => {
  expect(readLastDay('2026-11-24')).toBe(new Date(2026, 10, 25).getTime())
  for (const text of ['all', '7d', '2026-02-31', 'someday'])
    expect(() => readLastDay(text)).toThrow('such as 2026-11-24')
})

test('a time is told in days, as a day, or as all', () => {
  const now = new Date(2026, 10, 24, 15).getTime()
  expect(readSince('1d', now)).toBe(new Date(2026, 10, 24).getTime())
  expect(readSince('7d', now)).toBe(new Date(2026, 10, 18).getTime())
  expect(readSince('2026-02-03', now)).toBe(new Date(2026, 1, 3).getTime())
  expect(readSince('all', now)).toBe(0)
  for (const wrong of ['', 'd', '7', '2026-02-31', '2026-13-01', 'yesterday']) expect(readSince(wrong, now)).toBeNull()
})
