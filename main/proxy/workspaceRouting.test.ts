import { expect, test } from 'vitest'
import { readAccountsCheck } from './workspaceRouting.ts'

const bodyWith = (origin: unknown, override: unknown = 'NO_CONSTRAINT') =>
  JSON.stringify({
    accounts: { a1: { workspace_backend_origin: origin, account_routing_override: override } },
    x: 'NO_CONSTRAINT',
  })
const routeOf = (origin: unknown, override?: unknown) =>
  readAccountsCheck(bodyWith(origin, override), undefined)?.routes.get('a1')

test('no constraint is told to codex by the real name of the usual place, and nothing else is changed', () => {
  const check = readAccountsCheck(bodyWith('NO_CONSTRAINT'), undefined)
  expect(check?.answer).toBe(bodyWith('https://chatgpt.com'))
  expect(check?.routes.get('a1')).toEqual({ origin: null, override: null })
})

test("a workspace's own origin and its override are learnt", () => {
  expect(routeOf('https://gov.chatgpt.com', 'us')).toEqual({ origin: 'https://gov.chatgpt.com', override: 'us' })
  expect(routeOf('https://chatgpt.com')).toEqual({ origin: null, override: null })
})

test.each([
  'http://gov.chatgpt.com',
  'https://evil.example',
  'https://chatgpt.com.evil.example',
  'https://notchatgpt.com',
  'https://a:b@x.chatgpt.com',
  'https://x.openai.com:8443',
  7,
  null,
])('%s would get the token, and is ignored', (origin) => {
  expect(routeOf(origin)?.origin).toBeNull()
})

test('lists of accounts and answers about one account are understood', () => {
  const account = { workspace_backend_origin: 'https://gov.chatgpt.com' }
  const listed = readAccountsCheck(
    JSON.stringify({
      accounts: [
        { id: 'a1', ...account },
        { account_id: 'a2', ...account },
      ],
    }),
    'a9',
  )
  expect([...(listed?.routes.keys() ?? [])]).toEqual(['0', 'a1', '1', 'a2'])
  expect(readAccountsCheck(JSON.stringify({ accounts: { default: account } }), 'a9')?.routes.get('a9')?.origin).toBe(
    'https://gov.chatgpt.com',
  )
})

test('what is not such an answer is left alone', () => {
  for (const body of ['', 'null', '{}', '[]', '{"accounts":7}', '<html>'])
    expect(readAccountsCheck(body, undefined)).toBeNull()
})
