import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { type AccountView, createAccount } from './account.ts'
import { type CodexServer, NoCodex } from './codexServer.ts'

/** A codex that answers what it is told to, and counts how often it was started. */
let answers: Record<string, unknown>
let asked: string[]
let starts: number
let tellCodexSays: (method: string, params: Record<string, unknown>) => void
let told: AccountStatus[]
let folder: string
let account: AccountView
let startServer: () => Promise<CodexServer>

beforeEach(() => {
  answers = { 'account/read': { account: null }, 'account/rateLimits/read': null }
  asked = []
  starts = 0
  told = []
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-account-'))
  startServer = async () => {
    starts += 1
    const ended = Promise.withResolvers<void>()
    return {
      async request(method) {
        asked.push(method)
        const answer = answers[method]
        if (answer instanceof Error) throw answer
        return answer ?? {}
      },
      onNotification(listener) {
        tellCodexSays = (method, params) => listener({ method, params })
        return () => {}
      },
      ended: ended.promise,
      async stop() {
        ended.resolve()
      },
    }
  }
  let seq = 0
  account = createAccount({
    codexHome: folder,
    startServer: () => startServer(),
    apiKey: () => ({ state: 'none' }),
    usesKeyAlways: () => false,
    now: () => 1_000,
    nextSeq: () => ++seq,
    onUpdated: (status) => told.push(status),
    onLimits() {},
    report() {},
  })
})

afterEach(async () => {
  await account.close()
  rmSync(folder, { recursive: true })
})

async function until(condition: () => boolean) {
  while (!condition()) await pause(5)
}

const signedIn = { account: { type: 'chatgpt', email: 'ada@example.com', planType: 'plus' } }

test('codex is asked when somebody looks, and not again while nothing changed', async () => {
  expect(starts).toBe(0)
  expect((await account.read({ isFresh: false })).account).toEqual({ state: 'nobody' })
  expect((await account.read({ isFresh: false })).account).toEqual({ state: 'nobody' })
  expect({ starts, asked }).toEqual({ starts: 1, asked: ['account/read'] })
  answers['account/read'] = signedIn
  expect((await account.read({ isFresh: true })).account).toMatchObject({ state: 'chatgpt', email: 'ada@example.com' })
  expect(starts).toBe(1)
})

test('a change of the file is noticed, and a codex is asked that has not read the old one', async () => {
  await account.read({ isFresh: false })
  answers['account/read'] = signedIn
  const exp = Buffer.from(JSON.stringify({ exp: 5_000 })).toString('base64url')
  const auth = { tokens: { access_token: `a.${exp}.c` }, last_refresh: '2026-01-01T00:00:00Z' }
  writeFileSync(join(folder, 'auth.json'), JSON.stringify(auth))
  await until(() => told.at(-1)?.account.state === 'chatgpt')
  expect(starts).toBe(2)
  expect(told.at(-1)).toMatchObject({
    renewsAt: 5_000_000,
    renewedAt: Date.UTC(2026, 0, 1),
    keptIn: join(folder, 'auth.json'),
  })
})

test('a sign-in is under way until codex says how it ended', async () => {
  answers['account/login/start'] = { loginId: 'l1', authUrl: 'https://auth.example/authorize' }
  const signIn = await account.signIn('browser')
  expect(signIn).toEqual({ id: 'l1', method: 'browser', url: 'https://auth.example/authorize' })
  expect(told.at(-1)).toMatchObject({ signIn })
  tellCodexSays('account/login/completed', { loginId: 'another', success: true })
  expect(told.at(-1)).toMatchObject({ signIn })
  answers['account/read'] = signedIn
  tellCodexSays('account/login/completed', { loginId: 'l1', success: true })
  await until(() => told.at(-1)?.account.state === 'chatgpt')
  expect(told.at(-1)).toMatchObject({ signIn: null, signInFailure: null })
})

test('a sign-in that cannot begin is told, and rejects with the same sentence', async () => {
  answers['account/login/start'] = new Error('failed to bind: Address already in use')
  await expect(account.signIn('browser')).rejects.toMatchObject({ code: 'unavailable' })
  expect(told.at(-1)).toMatchObject({ signIn: null, signInFailure: { method: 'browser', reason: 'portBusy' } })
})

test('a sign-in that fails says which way it went, and what fails beside it is none', async () => {
  answers['account/login/start'] = { loginId: 'l2', verificationUrl: 'https://auth.example/device', userCode: 'AB-CD' }
  await account.signIn('deviceCode')
  tellCodexSays('account/login/completed', { loginId: 'l2', success: false, error: 'device auth timed out' })
  expect(told.at(-1)).toMatchObject({ signIn: null, signInFailure: { method: 'deviceCode', reason: 'expired' } })

  await account.cancelSignIn()
  answers['account/login/start'] = { loginId: 'l3', authUrl: 'https://auth.example/authorize' }
  await account.signIn('browser')
  tellCodexSays('account/login/completed', { loginId: 'l3', success: true })
  tellCodexSays('account/login/completed', { loginId: null, success: false, error: 'The key is wrong.' })
  expect(told.at(-1)).toMatchObject({ signIn: null, signInFailure: null })
})

test('without a codex there is nothing to ask, and that is said', async () => {
  startServer = async () => {
    throw new NoCodex('There is no codex. Install it.')
  }
  expect((await account.read({ isFresh: true })).account).toEqual({
    state: 'broken',
    problem: 'noCodex',
    message: 'There is no codex. Install it.',
  })
})

test('a renewal that failed breaks the sign-in, unless the file shows that another one went through', async () => {
  await account.noteRefresh({ at: 900, outcome: 'revoked' })
  expect(told.at(-1)).toMatchObject({
    account: { state: 'broken', problem: 'signedOutByServer' },
    lastRefresh: { at: 900, outcome: 'revoked' },
  })
  answers['account/read'] = signedIn
  const exp = Buffer.from(JSON.stringify({ exp: 5_000 })).toString('base64url')
  writeFileSync(join(folder, 'auth.json'), JSON.stringify({ tokens: { access_token: `a.${exp}.c` } }))
  await account.read({ isFresh: true })
  await account.noteRefresh({ at: 950, outcome: 'reused' })
  expect(told.at(-1)).toMatchObject({ account: { state: 'chatgpt' }, lastRefresh: { outcome: 'reused' } })
})

test('of two words on the limits the newer counts', async () => {
  const limits = (at: number) => ({ at, planType: 'plus', windows: [] })
  account.noteLimits(limits(10))
  account.noteLimits(limits(5))
  expect(told.at(-1)?.limits).toEqual(limits(10))
})
