import { expect, test } from 'vitest'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { describeChain } from './describeChain.ts'
import { sampleAccount } from './sampleAccount.ts'

function rows(status: AccountStatus) {
  return describeChain(status).map(({ title, text, state, isUsed }) => [title, text, state, isUsed])
}
const stored = { state: 'stored', shown: 'sk-…7f3a' } as const

test('the login of codex comes first, and the key stands by', () => {
  const status = sampleAccount({
    account: { state: 'chatgpt', email: 'jane@example.com', plan: 'plus', workspace: null, accountEnd: null },
    apiKey: stored,
    next: { use: 'chatgpt', why: '' },
  })
  expect(rows(status)).toEqual([
    ['ChatGPT login of Codex', 'jane@example.com', 'ready', true],
    ['API key kept by Tapedeck', 'sk-…7f3a, stands by', 'ready', false],
    ['Nobody', 'Codex would not start', 'missing', false],
  ])
})

test('a login that is not accepted any more is tried all the same', () => {
  const status = sampleAccount({
    account: { state: 'broken', problem: 'signedOutByServer', message: '' },
    next: { use: 'chatgpt', why: '' },
  })
  expect(rows(status)[0]).toEqual(['ChatGPT login of Codex', 'Not accepted by OpenAI any more', 'failed', true])
})

test('an API key of codex itself is told from the one that Tapedeck keeps', () => {
  const status = sampleAccount({ account: { state: 'apiKey' }, next: { use: 'apiKey', why: '' } })
  expect(rows(status).slice(0, 2)).toEqual([
    ['API key of Codex itself', 'Billed to your API account', 'ready', true],
    ['API key kept by Tapedeck', 'None is set', 'missing', false],
  ])
})

test('without a login the key steps in, and without both nothing starts', () => {
  expect(rows(sampleAccount({ apiKey: stored, next: { use: 'storedKey', why: '' } }))).toEqual([
    ['ChatGPT login of Codex', 'Nobody is signed in', 'missing', false],
    ['API key kept by Tapedeck', 'sk-…7f3a, billed to your API account', 'ready', true],
    ['Nobody', 'Codex would not start', 'missing', false],
  ])
  expect(rows(sampleAccount({ apiKey: { state: 'unavailable', message: '' } }))).toEqual([
    ['ChatGPT login of Codex', 'Nobody is signed in', 'missing', false],
    ['API key kept by Tapedeck', 'The keychain cannot be used', 'failed', false],
    ['Nobody', 'Codex does not start before one of the above is there', 'failed', true],
  ])
})

test('a keychain that cannot be asked alarms nobody while nobody waits for it', () => {
  const status = sampleAccount({
    account: { state: 'chatgpt', email: 'jane@example.com', plan: 'plus', workspace: null, accountEnd: null },
    apiKey: { state: 'unavailable', message: '' },
    next: { use: 'chatgpt', why: '' },
  })
  expect(rows(status)[1]).toEqual([
    'API key kept by Tapedeck',
    'The keychain cannot be used; not needed now',
    'unknown',
    false,
  ])
})
