import { expect, test } from 'vitest'
import { fitsSession } from './fitsSession.ts'
import { sampleSession } from './sampleSession.ts'
import { readSearch } from './searchLanguage.ts'

test.each([
  ['cwd:~/src', '/home/ada/src', true],
  // It may be in a home that looks like none.
  ['cwd:~/src', '/data/ada/src', 'unknown'],
  ['cwd:~/src', null, false],
  ['cwd:~/src status:failed', '/data/ada/src', false],
  ['cwd:/srv', '/data/ada/src', false],
] as const)('whether %s asks for %s', (query, cwd, fits) => {
  const session = sampleSession('s1', { cwd, status: 'completed' })
  expect(fitsSession(session, readSearch(query, 0).terms)).toBe(fits)
})
