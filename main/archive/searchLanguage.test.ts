import { expect, test } from 'vitest'
import { readSearch } from './searchLanguage.ts'

/** A Tuesday, a quarter past three in the afternoon. */
const now = new Date(2026, 10, 24, 15, 15).getTime()
const midnight = (day: number, month = 10, year = 2026) => new Date(year, month, day).getTime()
const read = (query: string) => readSearch(query, now)

test('words and phrases stay as they were typed', () => {
  expect(read('fix "the clock" te')).toEqual({ words: 'fix "the clock" te', filters: {} })
  expect(read('fix ')).toEqual({ words: 'fix ', filters: {} })
})

test('names with a colon narrow, wherever they stand', () => {
  expect(read('model:gpt-6 clock cwd:"my folder" Tool:exec_command')).toEqual({
    words: 'clock ',
    filters: { model: 'gpt-6', cwd: 'my folder', tool: 'exec_command' },
  })
  expect(read('status:FAILED')).toEqual({ words: '', filters: { status: 'failed' } })
})

test('what only looks like a name is a word', () => {
  expect(read('https://x.test src/model:x "model:gpt" std::fs')).toEqual({
    words: 'https://x.test src/model:x "model:gpt" std::fs',
    filters: {},
  })
})

test('times are days of this computer, or so long ago', () => {
  const after = (value: string) => read(`after:${value}`).filters.after
  expect(after('2026-11-03')).toBe(midnight(3))
  expect(after('2026-11')).toBe(midnight(1))
  expect(after('2025')).toBe(midnight(1, 0, 2025))
  expect(after('2026-11-03T14:30')).toBe(midnight(3) + 14.5 * 3_600_000)
  expect(after('today')).toBe(midnight(24))
  expect(after('yesterday')).toBe(midnight(23))
  expect(after('12h')).toBe(now - 12 * 3_600_000)
  expect(after('2w')).toBe(now - 14 * 86_400_000)
  expect(read('before:yesterday').filters).toEqual({ before: midnight(23) })
})

test('what means nothing is said in plain words', () => {
  const message = (query: string) => {
    try {
      return JSON.stringify(read(query))
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(['status:broken', 'after:soon', 'before:2026-02-31', 'model: clock'].map(message)).toEqual([
    'status: is live, completed, failed, aborted or cut, not “broken”.',
    'after: takes a day such as 2026-11-24, today or yesterday, or a time ago such as 12h, 7d or 2w; not “soon”.',
    'before: takes a day such as 2026-11-24, today or yesterday, or a time ago such as 12h, 7d or 2w; not “2026-02-31”.',
    'model: wants a value right after the colon, such as model:gpt-5.',
  ])
})

test('a name that is still being typed is left out', () => {
  expect(read('clock status:')).toEqual({ words: 'clock ', filters: {} })
})
