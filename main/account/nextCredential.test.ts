import { expect, test } from 'vitest'
import type { Account, ApiKey } from '../../contract/domain/account.ts'
import { chooseCredential } from './nextCredential.ts'

const chatgpt: Account = { state: 'chatgpt', email: null, plan: null, workspace: null, accountEnd: null }
const broken: Account = { state: 'broken', problem: 'signedOutByServer', message: '' }
const none: ApiKey = { state: 'none' }
const stored: ApiKey = { state: 'stored', shown: 'sk-…abcd' }

test.each<[Account, ApiKey, string]>([
  [chatgpt, none, 'chatgpt'],
  [chatgpt, stored, 'chatgpt'],
  [{ state: 'apiKey' }, stored, 'apiKey'],
  [{ state: 'nobody' }, stored, 'storedKey'],
  [{ state: 'nobody' }, none, 'nothing'],
  [{ state: 'nobody' }, { state: 'unavailable', message: '' }, 'nothing'],
  [broken, stored, 'chatgpt'],
])('%o with %o uses %s', (account, apiKey, use) => {
  const next = chooseCredential(account, apiKey, false)
  expect(next.use).toBe(use)
  expect(next.why).toMatch(/^[A-Z].*\.$/)
})

test('who wants the key always gets it where there is one', () => {
  expect(chooseCredential(chatgpt, stored, true).use).toBe('storedKey')
  expect(chooseCredential(chatgpt, none, true).use).toBe('chatgpt')
})
