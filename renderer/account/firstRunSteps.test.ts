import { expect, test } from 'vitest'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { findSteps } from './firstRunSteps.ts'
import { sampleAccount } from './sampleAccount.ts'

const found = {
  path: '/home/jane/bin/codex',
  version: '0.169.0',
  message: null,
  isTested: true,
  isFromEnvironment: false,
}
const missing = { path: null, version: null, message: null, isTested: true, isFromEnvironment: false }

function states(codex: typeof found | typeof missing, status: AccountStatus | null) {
  const { codex: first, signIn, start } = findSteps(codex, status)
  return [first.state, signIn.state, start.state]
}

const signedIn = sampleAccount({
  account: { state: 'chatgpt', email: 'jane@example.com', plan: 'plus', workspace: null, accountEnd: null },
  next: { use: 'chatgpt', why: '' },
})
const withKey = sampleAccount({
  apiKey: { state: 'stored', shown: 'sk-…7f3a' },
  next: { use: 'storedKey', why: '' },
})

test('one step at a time is the one to do', () => {
  expect([
    states(missing, sampleAccount({ account: { state: 'broken', problem: 'noCodex', message: '' } })),
    states(found, null),
    states(found, sampleAccount({ account: { state: 'asking' } })),
    states(found, sampleAccount()),
    states(found, signedIn),
    states(found, withKey),
    states(missing, signedIn),
  ]).toEqual([
    ['now', 'next', 'next'],
    ['done', 'now', 'next'],
    ['done', 'now', 'next'],
    ['done', 'now', 'next'],
    ['done', 'done', 'now'],
    ['done', 'done', 'now'],
    ['now', 'done', 'next'],
  ])
})

test('what is done says with what', () => {
  const { codex, signIn } = findSteps(found, signedIn)
  expect([codex.title, codex.text, signIn.title, signIn.text]).toEqual([
    'Codex found',
    '~/bin/codex · 0.169.0',
    'Signed in',
    'jane@example.com',
  ])
  expect(findSteps(found, withKey).signIn.text).toBe('sk-…7f3a, kept by Tapedeck')
  expect(findSteps(missing, sampleAccount()).codex.text).toBe('Install it with\n  npm install -g @openai/codex')
})
