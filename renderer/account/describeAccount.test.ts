import { expect, test } from 'vitest'
import type { Account } from '../../contract/domain/account.ts'
import { describeExpiry, describeInShort, describeRenewal } from './describeAccount.ts'
import { sampleAccount } from './sampleAccount.ts'

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const now = new Date('2026-11-23T13:56:00').getTime()
const hour = 3_600_000

function chatgpt(more: Partial<Extract<Account, { state: 'chatgpt' }>> = {}): Account {
  return { state: 'chatgpt', email: 'jane@example.com', plan: 'plus', workspace: null, accountEnd: null, ...more }
}

test('the sidebar says the plan, or what the user has to do', () => {
  const cases = [
    sampleAccount({ account: { state: 'asking' } }),
    sampleAccount({ account: chatgpt() }),
    sampleAccount({ account: chatgpt({ plan: null, email: null }) }),
    sampleAccount({ account: { state: 'apiKey' } }),
    sampleAccount(),
    sampleAccount({ next: { use: 'storedKey', why: '' } }),
    sampleAccount({ account: { state: 'broken', problem: 'signedOutByServer', message: '' } }),
    sampleAccount({ account: { state: 'broken', problem: 'noNetwork', message: '' } }),
  ]
  expect(cases.map((status) => Object.values(describeInShort(status)))).toEqual([
    ['', false, 'Codex is being asked who is signed in'],
    ['Plus', false, 'Signed in as jane@example.com'],
    ['ChatGPT', false, 'Signed in'],
    ['API key', false, 'Codex is signed in with an API key of its own'],
    ['Sign in', true, 'Nobody is signed in: sign in, or set an API key'],
    ['API key', false, 'Codex is not signed in: the key that Tapedeck keeps steps in'],
    ['Needs you', true, 'Sign in again'],
    ['Offline', false, 'OpenAI cannot be reached'],
  ])
})

test('the last renewal is told by whoever saw it last', () => {
  const seen = (at: number, outcome: 'ok' | 'reused') => ({ at, outcome })
  const cases = [
    sampleAccount(),
    sampleAccount({ renewedAt: now - 3 * hour }),
    sampleAccount({ lastRefresh: seen(now - 2 * hour, 'ok') }),
    sampleAccount({ lastRefresh: seen(now - 2 * hour, 'ok'), renewedAt: now - 2 * hour + 900 }),
    sampleAccount({ lastRefresh: seen(now - 5 * hour, 'ok'), renewedAt: now - 2 * hour }),
    sampleAccount({ lastRefresh: seen(now - 2 * hour, 'reused'), renewedAt: now - 9 * hour }),
    sampleAccount({ lastRefresh: seen(now - 2 * hour, 'reused'), renewedAt: now - hour }),
  ]
  expect(cases.map((status) => plain(describeRenewal(status, now)?.text))).toEqual([
    undefined,
    'Renewed 3 h ago',
    'Renewed 2 h ago through Tapedeck',
    'Renewed 2 h ago through Tapedeck',
    'Renewed 2 h ago',
    'The renewal of 11:56 failed: another program had renewed it first. Sign in again.',
    'Renewed 1 h ago',
  ])
})

test('the next renewal lies ahead or is due', () => {
  const cases = [null, now + 190 * hour, now - hour].map((renewsAt) => sampleAccount({ renewsAt }))
  expect(cases.map((status) => plain(describeExpiry(status, now)?.text))).toEqual([
    undefined,
    '1 Dec 11:56, in 7 d. Codex does it by itself.',
    'Was due 12:56. Codex does it when it runs next.',
  ])
})
