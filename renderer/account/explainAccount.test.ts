import { expect, test } from 'vitest'
import {
  accountProblemSchema,
  refreshOutcomeSchema,
  type SignInFailure,
  signInFailureSchema,
} from '../../contract/domain/account.ts'
import { explainAccountProblem, explainRefresh, explainSignInFailure } from './explainAccount.ts'

test('each problem has one button that repairs it, and a command where the button alone cannot', () => {
  const rows = accountProblemSchema.options.map((problem) => {
    const { title, repair, repairLabel, command } = explainAccountProblem(problem, null)
    return [problem, title, repair, repairLabel, command]
  })
  expect(rows).toEqual([
    ['noCodex', 'Codex was not found', 'askAgain', 'Look again', null],
    [
      'oldCodex',
      'This Codex is too old to say who is signed in',
      'askAgain',
      'Ask again',
      'npm install -g @openai/codex@latest',
    ],
    ['signedOutByServer', 'Sign in again', 'signIn', 'Sign in with ChatGPT', null],
    ['noNetwork', 'OpenAI cannot be reached', 'askAgain', 'Try again', null],
    ['keyring', 'The keychain did not give Codex its sign-in', 'askAgain', 'Try again', null],
    ['other', 'Codex could not say who is signed in', 'askAgain', 'Ask again', null],
  ])
})

test('a sign-out by OpenAI is explained by the renewal that failed', () => {
  const texts = [null, ...refreshOutcomeSchema.options].map((outcome) => [
    outcome,
    explainAccountProblem('signedOutByServer', outcome && { at: 1, outcome }).text,
  ])
  const unknown = 'OpenAI does not accept this sign-in any more; signing in again repairs it.'
  expect(texts).toEqual([
    [null, unknown],
    ['ok', unknown],
    ['expired', 'The sign-in was not renewed for too long and has expired; signing in again repairs it.'],
    ['reused', 'Another program renewed this sign-in first, so OpenAI signed Codex out; signing in again repairs it.'],
    ['revoked', 'The sign-in was taken back, by a sign-out elsewhere or a new password; signing in again repairs it.'],
    ['noNetwork', unknown],
    ['refused', unknown],
  ])
})

const reasons: SignInFailure['reason'][] = signInFailureSchema.shape.reason.options

function curesOf(method: SignInFailure['method']) {
  return reasons.map((reason) => {
    const { title, repair, repairLabel } = explainSignInFailure({ reason, method })
    return [reason, title, repair, repairLabel]
  })
}

test('each failed sign-in has one cure', () => {
  expect(curesOf('browser')).toEqual([
    ['cancelled', 'The sign-in was cancelled', 'signIn', 'Sign in again'],
    ['portBusy', 'The browser could not report back', 'useDeviceCode', 'Use a device code'],
    ['denied', 'OpenAI did not allow the sign-in', 'signIn', 'Sign in again'],
    ['expired', 'The sign-in took too long', 'signIn', 'Sign in again'],
    ['noNetwork', 'OpenAI cannot be reached', 'signIn', 'Try again'],
    ['other', 'The sign-in did not work', 'signIn', 'Try again'],
  ])
})

test('whoever signed in by a code gets another code, and is not sent to a browser that may not be there', () => {
  expect(curesOf('deviceCode')).toEqual([
    ['cancelled', 'The sign-in was cancelled', 'useDeviceCode', 'Get a new code'],
    ['portBusy', 'The browser could not report back', 'useDeviceCode', 'Use a device code'],
    ['denied', 'OpenAI did not allow the sign-in', 'useDeviceCode', 'Get a new code'],
    ['expired', 'The code has expired', 'useDeviceCode', 'Get a new code'],
    ['noNetwork', 'OpenAI cannot be reached', 'useDeviceCode', 'Get a new code'],
    ['other', 'The sign-in did not work', 'useDeviceCode', 'Get a new code'],
  ])
})

test('every explanation is one sentence that ends as one', () => {
  const texts = [
    ...accountProblemSchema.options.map((problem) => explainAccountProblem(problem, null).text),
    ...signInFailureSchema.shape.method.options.flatMap((method) =>
      reasons.map((reason) => explainSignInFailure({ reason, method }).text),
    ),
  ]
  expect(texts.filter((text) => !/^[A-Z][^.]*\.$/.test(text))).toEqual([])
})

test('a failed renewal says why, a good one says nothing', () => {
  expect(refreshOutcomeSchema.options.map((outcome) => [outcome, explainRefresh(outcome)])).toEqual([
    ['ok', null],
    ['expired', 'it had expired. Sign in again.'],
    ['reused', 'another program had renewed it first. Sign in again.'],
    ['revoked', 'it had been taken back. Sign in again.'],
    ['noNetwork', 'OpenAI could not be reached. Codex tries again by itself.'],
    ['refused', 'OpenAI refused it. Codex tries again by itself; if it goes on, sign in again.'],
  ])
})
