import { expect, test } from 'vitest'
import { chipsOf, offerChoices, withoutChip } from './filterChips.ts'

const now = new Date(2026, 10, 24, 15).getTime()
const known = {
  projects: [
    { cwd: '/home/me/src/api', sessionCount: 4 },
    { cwd: null, sessionCount: 1 },
  ],
  models: ['gpt-6.1-sol'],
  tags: ['later'],
}
const offer = (typed: string) => offerChoices(typed, known, now)

test('a filter stands there as chips, each of which can be taken away', () => {
  const filter = {
    project: '/home/me/src/api',
    status: 'aborted',
    hasEdits: true,
    tag: 'later',
    text: 'clock',
  } as const
  expect(chipsOf(filter, now).map(({ label }) => label)).toEqual(['api', 'stopped', 'with edits', '#later', '“clock”'])
  expect(withoutChip(filter, 'status')).toEqual({
    project: '/home/me/src/api',
    hasEdits: true,
    tag: 'later',
    text: 'clock',
  })
  expect(chipsOf({}, now)).toEqual([])
})

test('words come first, and then what they may mean', () => {
  expect(offer('api').map(({ text, patch }) => [text, patch])).toEqual([
    ['api', { text: 'api' }],
    ['project:api', { project: '/home/me/src/api' }],
  ])
  expect(offer('clock').map(({ text }) => text)).toEqual(['clock'])
})

test('a name with its colon is meant', () => {
  expect(offer('tag:').map(({ patch }) => patch)).toEqual([{ tag: 'later' }])
  expect(offer('status:st').map(({ patch }) => patch)).toEqual([{ status: 'aborted' }])
  expect(offer('https://x').map(({ patch }) => patch)).toEqual([{ text: 'https://x' }])
})

test('before anything is typed the most useful is offered, days from their midnight on', () => {
  expect(offer('').map(({ text }) => text)).toContain('is:starred')
  expect(offer('since:today')[0]?.patch).toEqual({ from: new Date(2026, 10, 24).getTime() })
})
