import { expect, test } from 'vitest'
import { nameChoices, readCount, readDay, readOneOf, readPort } from './readOptions.ts'

test('a port and a count are whole numbers of their range', () => {
  expect([readPort('0'), readPort('65535'), readCount('1'), readCount('1000')]).toEqual([0, 65_535, 1, 1000])
  for (const text of ['-1', '65536', '80.5', 'http']) expect(() => readPort(text)).toThrow('A port is 0 to 65535.')
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
