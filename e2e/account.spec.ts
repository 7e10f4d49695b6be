import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { userCode } from './fakeOpenAi/signIns.ts'
import { withSignInPort } from './signInPort.ts'
import { expect, test } from './stage.ts'
import { codexExec, eventually, readOnlySession, tapedeck } from './tapedeck.ts'

/** Signs in by browser, or stands in the way of who does. */
const testOfBrowser = test.extend<{ turn: undefined }>({
  turn: [
    ({ fake: _ }, use) => withSignInPort(() => use(undefined)),
    // The first to come is the last to go: by then no codex waits there any more.
    { auto: true },
  ],
})

/** The product never sets this; it leads codex's own sign-in to the stand-in. */
const issuer = (origin: string) => ({ CODEX_APP_SERVER_LOGIN_ISSUER: origin })

test('who is signed in, the limits and what comes next, by codex’s own word', async ({ makeHome }) => {
  const chatgpt = JSON.parse((await tapedeck(makeHome(), ['auth', 'status', '--json'])).stdout)
  expect(chatgpt).toMatchObject({
    account: { state: 'chatgpt', email: 'ada@example.com', plan: 'plus', accountEnd: '8888' },
    limits: { planType: 'plus', windows: [{ name: 'primary', usedPercent: 27 }, { name: 'secondary' }] },
    next: { use: 'chatgpt' },
  })
  const apiKey = JSON.parse((await tapedeck(makeHome({ login: 'apiKey' }), ['auth', 'status', '--json'])).stdout)
  expect(apiKey).toMatchObject({ account: { state: 'apiKey' }, limits: null, next: { use: 'apiKey' } })
  const nobody = await tapedeck(makeHome({ login: 'none' }), ['auth', 'status', '--json'])
  expect(nobody.code).toBe(1)
  expect(JSON.parse(nobody.stdout)).toMatchObject({ account: { state: 'nobody' }, next: { use: 'nothing' } })
  const env = { OPENAI_API_KEY: 'sk-from-the-environment-1234' }
  const withKey = await tapedeck(makeHome({ login: 'none' }), ['auth', 'status', '--json'], env)
  expect(withKey.code).toBe(0)
  expect(JSON.parse(withKey.stdout)).toMatchObject({
    apiKey: { state: 'inMemory', shown: 'sk-…1234', from: 'environment' },
    next: { use: 'storedKey' },
  })
})

testOfBrowser(
  'a sign-in in the browser, from the API, and a session with it; no API key anywhere',
  async ({ fake, makeHome, startServer }) => {
    const home = makeHome({ login: 'none' })
    const server = await startServer(home, [], issuer(fake.origins.auth))
    const { signIn } = await server.call('account/signIn', { method: 'browser' })
    expect(new URL(signIn.url).origin).toBe(fake.origins.auth)
    const landed = await fetch(signIn.url)
    expect(landed.ok).toBe(true)
    const { status } = await eventually(
      () => server.call('account/read', {}),
      ({ status: { account } }) => account.state === 'chatgpt',
    )
    expect(status).toMatchObject({ account: { email: 'ada@example.com' }, signIn: null, signInFailure: null })
    const auth = JSON.parse(home.readAuth())
    expect(auth.tokens.oauth_provenance.issuer).not.toContain(new URL(server.proxy).port)
    expect((await codexExec(home, 'hello')).code).toBe(0)
    const { session } = await readOnlySession(home)
    expect(session).toMatchObject({ accountMode: 'chatgpt', status: 'completed' })
  },
)

test('a sign-in by device code, from the command line', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'none' })
  const login = tapedeck(home, ['auth', 'login', '--device'], issuer(fake.origins.auth))
  await eventually(
    () => fake.seen.filter(({ path }) => path === '/api/accounts/deviceauth/token').length,
    (asked) => asked > 0,
  )
  fake.signIns.approveDevice()
  const { code, stdout } = await login
  expect({ code, stdout }).toMatchObject({ code: 0 })
  expect(stdout).toContain(userCode)
  expect(stdout).toContain('ada@example.com · ChatGPT Plus')
})

testOfBrowser(
  'a sign-in that is called off, and one that the user denies, end in words',
  async ({ fake, makeHome, startServer }) => {
    const home = makeHome({ login: 'none' })
    const server = await startServer(home, [], issuer(fake.origins.auth))
    await server.call('account/signIn', { method: 'browser' })
    await server.call('account/cancelSignIn', {})
    const calledOff = await server.call('account/read', {})
    expect(calledOff.status).toMatchObject({ account: { state: 'nobody' }, signIn: null, signInFailure: null })

    fake.signIns.user = 'denies'
    const { signIn } = await server.call('account/signIn', { method: 'browser' })
    await fetch(signIn.url).catch(() => {})
    const { status } = await eventually(
      () => server.call('account/read', {}),
      ({ status }) => status.signIn === null,
    )
    expect(status.signInFailure).toMatchObject({ reason: 'denied' })
  },
)

test('signing out is codex’s own, and says first what it means', async ({ makeHome }) => {
  const home = makeHome()
  const refused = await tapedeck(home, ['auth', 'logout'])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('everywhere on this computer')
  const { code, stdout } = await tapedeck(home, ['auth', 'logout', '--yes'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Signed out.\n' })
  expect(() => home.readAuth()).toThrow('ENOENT')
})

test('a login in another terminal shows by itself', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ login: 'none' })
  const server = await startServer(home)
  expect((await server.call('account/read', {})).status.account).toEqual({ state: 'nobody' })
  const login = spawn(home.env.TAPEDECK_CODEX as string, ['login', '--with-api-key'], {
    env: home.env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  login.stdin.end(fake.identities.mintApiKey())
  await eventually(
    () => server.call('account/read', {}),
    ({ status }) => status.account.state === 'apiKey',
  )
  rmSync(join(home.folder, 'auth.json'))
  await eventually(
    () => server.call('account/read', {}),
    ({ status }) => status.account.state === 'nobody',
  )
})

test('a renewal that is refused says why, and what to do', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ accessTokenLivesS: 60 })
  const server = await startServer(home)
  await codexExec(home, 'renews')
  const renewed = await server.call('account/read', {})
  expect(renewed.status).toMatchObject({ account: { state: 'chatgpt' }, lastRefresh: { outcome: 'ok' } })
  expect(renewed.status.renewsAt).toBeGreaterThan(Date.now() + 30 * 60_000)

  const other = makeHome({ accessTokenLivesS: -10 })
  const second = await startServer(other)
  fake.identities.failRefreshes('refresh_token_invalidated')
  await codexExec(other, 'cannot')
  const { status } = await eventually(
    () => second.call('account/read', {}),
    ({ status }) => status.lastRefresh !== null,
  )
  expect(status).toMatchObject({
    account: { state: 'broken', problem: 'signedOutByServer' },
    lastRefresh: { outcome: 'revoked' },
  })
})

test('a key is asked of OpenAI when told to, and shown by its end alone', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ login: 'none' })
  const server = await startServer(home)
  await expect(server.call('apiKey/set', { key: 'two words' })).rejects.toThrow('This is no API key')
  await server.call('apiKey/set', { key: 'sk-nobody-knows-me-0000' })
  expect(await server.call('apiKey/verify', {})).toMatchObject({ isValid: false })
  const key = fake.identities.mintApiKey()
  await server.call('apiKey/set', { key })
  expect(await server.call('apiKey/verify', {})).toEqual({ isValid: true, message: 'OpenAI knows the key.' })
  const { status } = await server.call('account/read', {})
  expect(status.apiKey).toMatchObject({ shown: `sk-…${key.slice(-4)}` })
  expect(JSON.stringify(status)).not.toContain(key)
  expect((await codexExec(home, 'with the key')).code).toBe(0)
  const { session } = await readOnlySession(home)
  expect(session).toMatchObject({ accountMode: 'apiKey', status: 'completed' })
  await server.call('apiKey/remove', {})
  expect((await codexExec(home, 'without')).code).toBe(2)
})

testOfBrowser('a port that another sign-in holds is said', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ login: 'none' })
  const holders = await Promise.all([1455, 1457].map(hold))
  try {
    const server = await startServer(home, [], issuer(fake.origins.auth))
    const outcome = await server.call('account/signIn', { method: 'browser' }).then(
      ({ signIn }) => signIn.url,
      (error: Error) => error.message,
    )
    const { status } = await server.call('account/read', {})
    expect({ outcome, failure: status.signInFailure }).toMatchObject({ failure: { reason: 'portBusy' } })
  } finally {
    for (const holder of holders) holder?.close()
  }
})

function hold(port: number) {
  return new Promise<ReturnType<typeof createServer> | null>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

testOfBrowser('a callback that another page made up signs nobody in', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ login: 'none' })
  const server = await startServer(home, [], issuer(fake.origins.auth))
  const { signIn } = await server.call('account/signIn', { method: 'browser' })
  const { headers } = await fetch(signIn.url, { redirect: 'manual' })
  const callback = new URL(String(headers.get('location')))
  callback.searchParams.set('state', 'made-up')
  expect((await fetch(callback)).ok).toBe(false)
  const { status } = await server.call('account/read', { isFresh: true })
  expect(status.account).toEqual({ state: 'nobody' })
  expect(fake.seen.filter(({ path }) => path === '/oauth/token')).toEqual([])
  await server.call('account/cancelSignIn', {})
})

for (const [code, outcome, words] of [
  ['refresh_token_expired', 'expired', 'has expired'],
  ['refresh_token_reused', 'reused', 'first'],
  ['refresh_token_invalidated', 'revoked', 'taken back'],
] as const) {
  test(`a renewal that ends with ${code} is told in a sentence`, async ({ fake, makeHome, startServer }) => {
    const home = makeHome({ accessTokenLivesS: -10 })
    const server = await startServer(home)
    fake.identities.failRefreshes(code)
    await codexExec(home, 'cannot')
    const { status } = await eventually(
      () => server.call('account/read', {}),
      ({ status }) => status.lastRefresh !== null && status.account.state === 'broken',
    )
    expect(status).toMatchObject({ account: { problem: 'signedOutByServer' }, lastRefresh: { outcome } })
    expect(status.account).toMatchObject({ message: expect.stringContaining(words) })
  })
}

test('a codex that is too old to be asked is told as that', async ({ makeHome }) => {
  const home = makeHome()
  const old = join(home.cwd, 'codex')
  writeFileSync(
    old,
    `#!/bin/sh
case "$1" in
  --version) echo 'codex-cli 0.20.0' ;;
  *) echo "error: unrecognized subcommand 'app-server'" >&2; exit 2 ;;
esac
`,
    { mode: 0o755 },
  )
  const { code, stdout } = await tapedeck(home, ['auth', 'status', '--json'], { TAPEDECK_CODEX: old })
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ account: { state: 'broken', problem: 'oldCodex' } })
})
