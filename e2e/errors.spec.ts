import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruinPages } from '../main/archive/ruinPages.ts'
import { violationsOf } from './axe.ts'
import { answer, cut, fail, httpError, run, say, usageLimit } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, codexUntil, outline, readOnlySession, readSessions, tapedeck } from './tapedeck.ts'

for (const webSocket of ['accept', 426] as const) {
  const over = webSocket === 'accept' ? 'WebSocket' : 'SSE'

  test(`the plan's limit is told with its code, over ${over}`, async ({ fake, makeHome }) => {
    const home = makeHome()
    fake.webSocket = webSocket
    fake.scenario = usageLimit
    const { code } = await codexExec(home, 'hello')
    expect(code).toBe(1)
    const { session, turns } = await readOnlySession(home)
    expect(session).toMatchObject({ status: 'failed', errorMessage: 'The usage limit has been reached' })
    expect(turns[0]?.exchanges.at(-1)).toMatchObject({ httpStatus: 429, errorCode: 'usage_limit_reached' })
    expect(turns.map(outline)).toEqual([['userMessage: hello', 'error: usage_limit_reached']])
  })

  test(`what fails and is asked again belongs to one turn, over ${over}`, async ({ fake, makeHome }) => {
    const home = makeHome()
    fake.webSocket = webSocket
    fake.scenario = ({ attempt }) =>
      attempt === 1 ? fail('server_error', 'Something broke.') : answer(say('Here I am.'))
    const { code } = await codexExec(home, 'hello')
    expect(code).toBe(0)
    const { session, turns } = await readOnlySession(home)
    expect(session).toMatchObject({ status: 'completed', errorMessage: null, turnCount: 1 })
    expect(turns.map(outline)).toEqual([['userMessage: hello', 'error: server_error', 'assistantMessage: Here I am.']])
    expect(turns[0]?.exchanges.map(({ status }) => status)).toEqual(['failed', 'completed'])
  })

  test(`a stream that breaks off is kept as far as it came, over ${over}`, async ({ fake, makeHome }) => {
    const home = makeHome()
    fake.webSocket = webSocket
    fake.scenario = ({ attempt }) =>
      attempt === 1 ? cut(answer(say('Half of what I wanted to say')), 6) : answer(say('All of it.'))
    const { code } = await codexExec(home, 'hello')
    expect(code).toBe(0)
    const { turns } = await readOnlySession(home)
    expect(turns.map(outline)).toEqual([['userMessage: hello', 'error: cut', 'assistantMessage: All of it.']])
    expect(turns[0]?.exchanges).toMatchObject([{ status: 'cut' }, { status: 'completed' }])
  })
}

test('an API that is down is told with its status', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.webSocket = 426
  fake.scenario = ({ attempt }) =>
    attempt <= 2 ? httpError(503, { code: 'server_is_overloaded', message: 'Try later.' }) : answer(say('Back again.'))
  const { code } = await codexExec(home, 'hello')
  expect(code).toBe(0)
  const { turns } = await readOnlySession(home)
  expect(turns[0]?.exchanges.map(({ httpStatus, errorCode }) => [httpStatus, errorCode])).toEqual([
    [503, 'server_is_overloaded'],
    [503, 'server_is_overloaded'],
    [200, null],
  ])
  expect(turns[0]).toMatchObject({ status: 'completed' })
})

test('a key that the API does not know is told as it words it', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'apiKey' })
  // Good for the handshake, which is refused for another reason: so codex posts at once.
  let asked = 0
  fake.identities.isApiKey = () => asked++ === 0
  fake.webSocket = 426
  const { code, stderr } = await codexExec(home, 'hello')
  expect(code).toBe(1)
  expect(stderr).toContain('Incorrect API key provided.')
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ status: 'failed', errorMessage: 'Incorrect API key provided.' })
  expect(turns[0]?.exchanges.at(-1)).toMatchObject({ httpStatus: 401, errorCode: 'invalid_api_key' })
})

test('a command that came twice, because its stream broke off, is shown once', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = ({ attempt, lastOutput }) => {
    if (lastOutput !== null) return answer(say('It printed something.'))
    return attempt === 1 ? cut(answer(run('echo kept')), -1) : answer(run('echo kept'))
  }
  const { code } = await codexExec(home, 'hello')
  expect(code).toBe(0)
  const { turns } = await readOnlySession(home)
  expect(turns.map(outline)).toEqual([
    ['userMessage: hello', 'error: cut', 'toolCall: echo kept', 'assistantMessage: It printed something.'],
  ])
})

test('an upstream that cannot be reached is told to codex in a sentence', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'apiKey' })
  home.env.TAPEDECK_UPSTREAM_OPENAI = 'http://127.0.0.1:9'
  fake.webSocket = 426
  await codexUntil(home, /could not reach 127\.0\.0\.1:9 \(ECONNREFUSED\)/, 'hello')
})

test('a damaged archive: codex goes on, and every command says what happened and what to do', async ({
  fake,
  makeHome,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  await codexExec(home, 'before')
  const path = join(String(home.env.TAPEDECK_HOME), 'archive.db')
  ruinPages(path, 2)
  const alone = await codexExec(home, 'alone')
  expect(alone).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
  expect(alone.stderr).toContain(`The archive ${path} is damaged`)
  for (const args of [['sessions'], ['search', 'before'], ['status']]) {
    const { code, stderr } = await tapedeck(home, args)
    expect({ args, code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('is damaged') })
    expect(stderr).not.toContain('malformed')
  }
  expect((await tapedeck(home, ['doctor'])).stdout).toMatch(
    /^✗ Archive +The archive .* is damaged.*tapedeck set-aside\.$/m,
  )
})

test('with a damaged archive the page says so, all is counted, and a new archive begins beside the old one', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  const folder = String(home.env.TAPEDECK_HOME)
  const path = join(folder, 'archive.db')
  const first = await startServer(home)
  await first.stop()
  ruinPages(path, 2)

  const server = await startServer(home)
  expect(await codexExec(home, 'beside')).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
  const status = await server.call('app/status', {})
  expect(status.missed.storage).toBe(status.total)
  expect(status.total).toBeGreaterThan(0)

  const page = await openPage(server)
  await expect(page.getByRole('status').filter({ hasText: 'is damaged' })).toContainText('tapedeck set-aside')
  await expect(page.getByRole('alert').filter({ hasText: 'The sessions could not be read' })).toContainText(
    'is damaged',
  )
  expect(await violationsOf(page)).toEqual([])

  const refused = await tapedeck(home, ['set-aside'])
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Tapedeck runs') })
  await server.stop()
  const ruined = readFileSync(path)
  expect(await tapedeck(home, ['set-aside'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Set aside') })
  const aside = readdirSync(folder).find((name) => name.startsWith('set-aside-'))
  expect(readFileSync(join(folder, String(aside), 'archive.db')).equals(ruined)).toBe(true)
  await codexExec(home, 'after')
  expect((await readSessions(home)).map(({ title }) => title)).toEqual(['after'])
})

test('an archive that is damaged while Tapedeck runs: codex goes on, and who reads it is told', async ({
  fake,
  makeHome,
  startServer,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  await codexExec(home, 'before')
  const server = await startServer(home)
  const path = join(String(home.env.TAPEDECK_HOME), 'archive.db')
  ruinPages(path, 2)
  expect(await codexExec(home, 'while')).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
  await expect(server.call('session/list', {})).rejects.toThrow(/unavailable: The archive .* is damaged/)
  const { findings } = await server.call('app/doctor', {})
  expect(findings.find(({ check }) => check === 'Archive')).toMatchObject({ verdict: 'fail' })
  expect((await tapedeck(home, ['doctor'])).stdout).toMatch(/^✗ Archive/m)
  expect(await codexExec(home, 'later')).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
})
