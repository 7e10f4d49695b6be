import { expect, test } from 'vitest'
import { chipsOf, withoutBroken, withoutChip } from './filterChips.ts'

const now = new Date(2026, 10, 24, 15).getTime()
const labels = (query: string) => chipsOf(query, now).map(({ label }) => label)

test('a query stands there as chips, each of which can be taken away', () => {
  const query = 'cwd:/home/me/src/api status:aborted has:edits fake clock tag:later'
  expect(labels(query)).toEqual(['api', 'aborted', 'with edits', '“fake clock”', '#later'])
  const [, status] = chipsOf(query, now)
  expect(status && withoutChip(query, status)).toBe('cwd:/home/me/src/api has:edits fake clock tag:later')
  expect(labels('')).toEqual([])
})

test('what is excluded, alternatives and phrases say so', () => {
  expect(labels('-status:failed,cut -old new "the clock" model:a,b')).toEqual([
    'not failed or cut',
    'not “old”',
    '“new”',
    '“the clock”',
    'a or b',
  ])
  expect(labels('-ol* has:edits clo*')).toEqual(['not “ol*”', 'with edits', '“clo*”'])
  expect(labels('after:2026-11-03 before:2026-11-05 is:starred account:key')).toEqual([
    'since 3 Nov',
    'before 5 Nov',
    'starred',
    'API key',
  ])
})

test('what means nothing can be taken away too', () => {
  expect(labels('clock status:broken')).toEqual(['“clock”', 'status:broken'])
  expect(chipsOf('clock status:broken', now).map(({ isBroken }) => isBroken)).toEqual([false, true])
  expect(withoutBroken('status:broken clock modle:gpt tag:later', now)).toBe('clock tag:later')
  expect(withoutBroken('status:broken', now)).toBe('')
})
