import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './stage.ts'
import { codexExec, eventually, readOnlySession, readSessions, tapedeck } from './tapedeck.ts'
import { openCodex, openTapedeck } from './terminal.ts'

test('two sessions that renew at the same moment: each asks once, and the sign-in holds', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const home = makeHome({ accessTokenLivesS: 60 })
  const server = await startServer(home)
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  const runs = await Promise.all(['one', 'two'].map((prompt) => codexExec(home, prompt)))
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  // Both may find the same token about to expire. A third request would be one that a proxy has made up or repeated.
  const refreshes = fake.seen.filter(({ path }) => path === '/oauth/token')
  expect([1, 2]).toContain(refreshes.length)
  expect((await readSessions(home)).map(({ status }) => status)).toEqual(['completed', 'completed'])
  const { status } = await server.call('account/read', { isFresh: true })
  expect(status).toMatchObject({ account: { state: 'chatgpt' }, next: { use: 'chatgpt' } })
})

test('the interface of a codex without any login works with the key that is put in', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'none' })
  home.env.OPENAI_API_KEY = fake.identities.mintApiKey()
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  const terminal = await openCodex(home, 'hello from the keychain')
  try {
    await terminal.waitFor('Heard: hello from the keychain')
  } finally {
    await terminal.close()
  }
  const { session } = await eventually(
    () => readOnlySession(home),
    ({ session }) => session.status === 'completed',
  )
  expect(session).toMatchObject({ accountMode: 'apiKey', turnCount: 1 })
  expect(() => home.readAuth()).toThrow('ENOENT')
})

test('a command that holds no conversation runs without a login, also behind options of codex’s', async ({
  makeHome,
}) => {
  const home = makeHome({ login: 'none' })
  for (const options of [[], ['-c', 'model="o3"'], ['--config=model="o3"', '-m', 'exec']]) {
    const { code, stderr } = await tapedeck(home, ['codex', ...options, 'login', 'status'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Not logged in') })
  }
  // A value is no command, whatever it is called.
  expect((await tapedeck(home, ['codex', '-m', 'login', 'exec', 'hello'])).code).toBe(2)
})

test('a login that codex keeps in a keyring that is not there is told as that', async ({ makeHome }) => {
  const home = makeHome({ login: 'none', config: 'cli_auth_credentials_store = "keyring"' })
  const { stdout } = await tapedeck(home, ['auth', 'status', '--json'])
  const { account } = JSON.parse(stdout)
  expect(['nobody', 'broken']).toContain(account.state)
  expect(JSON.stringify(account)).not.toMatch(/127\.0\.0\.1|\/t\//)
})

test('a CODEX_HOME elsewhere is where the sign-in is looked for', async ({ makeHome }) => {
  const home = makeHome()
  const { stdout } = await tapedeck(home, ['auth', 'status', '--json'], { HOME: home.cwd })
  expect(JSON.parse(stdout)).toMatchObject({ account: { state: 'chatgpt', email: 'ada@example.com' } })
})

test('without a codex the account says so and how to get one', async ({ makeHome }) => {
  const home = makeHome()
  home.env.TAPEDECK_CODEX = `${home.cwd}/no-such-codex`
  const { code, stdout } = await tapedeck(home, ['auth', 'status', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    account: { state: 'broken', problem: 'noCodex', message: expect.stringContaining('no-such-codex') },
  })
})

test('the codex of the settings is the one that runs', async ({ makeHome, startServer }) => {
  const home = makeHome()
  const path = String(home.env.TAPEDECK_CODEX)
  delete home.env.TAPEDECK_CODEX
  const server = await startServer(home)
  await server.call('settings/change', { codex: '/no/such/codex' })
  expect((await server.call('app/status', {})).codex).toMatchObject({
    path: null,
    message: expect.stringContaining('/no/such/codex'),
  })
  expect((await codexExec(home, 'cannot')).code).toBe(127)
  await server.call('settings/change', { codex: path })
  expect((await server.call('app/status', {})).codex).toMatchObject({ path, message: null })
  expect((await codexExec(home, 'can')).code).toBe(0)
})

test('a key that is typed is not shown, and is kept', async ({ fake, makeHome, startServer }) => {
  const home = makeHome({ login: 'none' })
  const server = await startServer(home)
  const key = fake.identities.mintApiKey()
  const terminal = await openTapedeck(home, 'auth', 'key', 'set')
  try {
    await terminal.waitFor('API key:')
    await terminal.submitUnseen(key)
    expect(await terminal.waitFor('the key is kept until Tapedeck ends')).not.toContain(key.slice(0, 12))
  } finally {
    await terminal.close()
  }
  const { status } = await server.call('account/read', {})
  expect(status.apiKey).toEqual({ state: 'inMemory', shown: `sk-…${key.slice(-4)}`, from: 'user' })
})
