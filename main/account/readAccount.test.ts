import { expect, test } from 'vitest'
import { toAccount, toBroken, toLimits, toSignInFailure } from './readAccount.ts'

test('what codex answers becomes who is signed in', () => {
  const chatgpt = { type: 'chatgpt', email: 'ada@example.com', planType: 'plus', workspaceName: null }
  expect(toAccount({ account: chatgpt, workspaceRouting: { accountId: 'acc-1234567' } })).toEqual({
    state: 'chatgpt',
    email: 'ada@example.com',
    plan: 'plus',
    workspace: null,
    accountEnd: '4567',
  })
  expect(toAccount({ account: { type: 'apiKey' } })).toEqual({ state: 'apiKey' })
  expect(toAccount({ account: null })).toEqual({ state: 'nobody' })
  expect(toAccount('nonsense')).toEqual({ state: 'nobody' })
  expect(toAccount({ account: { type: 'amazonBedrock' } })).toMatchObject({ state: 'broken', problem: 'other' })
})

test.each([
  [
    'Your access token could not be refreshed because your refresh token has expired. Please log out and sign in again.',
    'signedOutByServer',
  ],
  ['failed to read from keyring: no secret service', 'keyring'],
  ['error sending request for url (http://127.0.0.1:4000/t/abc/backend-api/wham)', 'noNetwork'],
  ["error: unrecognized subcommand 'app-server'", 'oldCodex'],
  ['something else', 'other'],
])('%s: %s', (message, problem) => {
  expect(toBroken(message)).toMatchObject({ state: 'broken', problem })
})

test('an address of ours, which carries a path token, is not shown', () => {
  const broken = toBroken('error sending request for url (http://127.0.0.1:4000/t/0123456789abcdef/v1/models)')
  expect(JSON.stringify(broken)).not.toMatch(/127\.0\.0\.1|0123456789abcdef/)
})

test.each([
  ['Login server error: Login was not completed', 'cancelled'],
  ['Login server error: Sign-in failed: The user said no.', 'denied'],
  ['failed to bind 127.0.0.1:1455: Address already in use (os error 98)', 'portBusy'],
  ['device code expired', 'expired'],
  ['device auth timed out after 15 minutes', 'expired'],
  ['error sending request', 'noNetwork'],
  ['who knows', 'other'],
])('a sign-in that ends with "%s" was %s', (message, reason) => {
  expect(toSignInFailure('browser', message)).toEqual({
    method: 'browser',
    reason,
    message: expect.stringContaining(message),
  })
})

test('limits are told in percent and milliseconds, and only where there are any', () => {
  const primary = { usedPercent: 27, windowDurationMins: 300, resetsAt: 1_800_000 }
  expect(toLimits({ rateLimits: { primary, secondary: null, planType: 'plus' } }, 5)).toEqual({
    at: 5,
    planType: 'plus',
    windows: [{ name: 'primary', usedPercent: 27, windowMinutes: 300, resetsAt: 1_800_000_000 }],
  })
  expect(toLimits({ rateLimits: { primary: null } }, 5)).toBeNull()
  expect(toLimits(null, 5)).toBeNull()
})
