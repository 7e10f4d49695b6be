import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { quoteFolder } from '../contract/domain/searchLanguage.ts'
import { type Display, listMissingForDisplay, startDisplay } from './display.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { watchScreen } from './screen.ts'
import { expect, test } from './stage.ts'
import { codexExec, eventually, outline, readOnlySession, readSessions, type Server, tapedeck } from './tapedeck.ts'

const missing = await listMissingForDisplay()
const why = missing.length > 0 ? ` (skipped: there is no ${missing.join(', no ')} here)` : ''

/** Names that a shell would read differently, were it let. */
const project = `a b'c"$(touch x);é`

test.describe(`a real terminal${why}`, () => {
  test.skip(missing.length > 0)

  let display: Display
  test.beforeEach(async () => {
    display = await startDisplay()
  })
  test.afterEach(() => display.close())

  test('terminal/open: the terminal opens, codex runs in the folder, and the turn is in the archive', async ({
    fake,
    makeHome,
    startServer,
  }) => {
    const home = makeHome({ project })
    fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
    const screen = watchScreen(home, display)
    const server = await startServer(home, [], { ...display.env, TAPEDECK_TERMINAL: screen.terminal })

    const opened = await server.call('terminal/open', { cwd: home.cwd, start: { type: 'new' } })
    expect(opened).toEqual({ launchId: expect.any(String), terminal: { id: 'custom', name: 'xterm' } })
    expect((await server.call('app/status', {})).proxy.launches).toBe(1)
    expect(readdirSync(join(server.dataDir, 'launchers'))).toEqual([])

    await screen.waitFor('OpenAI Codex')
    await screen.submit('good morning')
    await screen.waitFor('Heard: good morning')
    const { session, turns } = await eventually(
      () => readOnlySession(home),
      ({ session: { status } }) => status === 'completed',
    )
    expect(session.cwd).toBe(home.cwd)
    expect(turns.map(outline)).toEqual([['userMessage: good morning', 'assistantMessage: Heard: good morning']])
    expect(readdirSync(dirname(home.cwd))).not.toContain('x')
    expect(readdirSync(home.cwd)).not.toContain('x')
    expect((await server.call('folder/recent', {})).folders).toEqual([
      { path: home.cwd, name: project, lastUsedAt: session.updatedAt },
    ])

    // Nobody tells of the end of this codex; its connections do.
    await screen.submit('/quit')
    await eventually(
      () => display.countWindows(),
      (count) => count === 0,
    )
    await eventually(
      () => countLiveLaunches(server),
      (count) => count === 0,
    )
  })

  test('tapedeck resume goes on with a session in another terminal, and a fork begins one of its own', async ({
    fake,
    makeHome,
    startServer,
  }) => {
    const home = makeHome()
    fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
    const screen = watchScreen(home, display)
    await startServer(home, [], { ...display.env, TAPEDECK_TERMINAL: screen.terminal })
    await codexExec(home, 'the first')
    const [first] = await readSessions(home)

    const resumed = await tapedeck(home, ['resume', first?.id as string])
    expect(resumed).toEqual({ code: 0, stdout: `Codex runs in xterm, in ${home.cwd}\n`, stderr: '' })
    await screen.waitFor('Heard: the first')
    await screen.submit('the second')
    await screen.waitFor('Heard: the second')
    const { turns } = await eventually(
      () => readOnlySession(home),
      ({ session }) => session.turnCount === 2 && session.status === 'completed',
    )
    expect(turns.map(({ prompt }) => prompt)).toEqual(['the first', 'the second'])
    await screen.submit('/quit')
    await eventually(
      () => display.countWindows(),
      (count) => count === 0,
    )

    screen.forgetClosed()
    expect((await tapedeck(home, ['fork', first?.id as string])).code).toBe(0)
    await screen.waitFor('Heard: the second')
    await screen.submit('the third')
    const sessions = await eventually(
      () => readSessions(home),
      (found) => found.length === 2 && found.every(({ status }) => status === 'completed'),
    )
    expect(sessions.map(({ id }) => id).includes(first?.id as string)).toBe(true)
    expect(sessions[0]?.id).not.toBe(first?.id)
  })

  test('a session whose folder has been moved goes on where it is now, from then on by itself', async ({
    fake,
    makeHome,
    startServer,
  }) => {
    const home = makeHome()
    fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
    const screen = watchScreen(home, display)
    const server = await startServer(home, [], { ...display.env, TAPEDECK_TERMINAL: screen.terminal })
    await codexExec(home, 'the first')
    const [first] = await readSessions(home)
    const id = first?.id as string
    const moved = `${home.cwd} moved`
    renameSync(home.cwd, moved)
    const turnsAre = (turnCount: number) =>
      eventually(
        () => server.call('session/read', { id }),
        ({ session }) => session.turnCount === turnCount && session.status === 'completed',
      )

    const outside = { ...home, cwd: dirname(moved) }
    const refused = await tapedeck(outside, ['resume', id.slice(-8)])
    const command = `tapedeck resume ${id} -C .`
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: `tapedeck: The folder of this session is gone: ${home.cwd}\nTo go on in the folder that you are in:  ${command}\n`,
    })
    const there = await tapedeck({ ...home, cwd: moved }, command.split(' ').slice(1))
    expect(there).toEqual({ code: 0, stdout: `Codex runs in xterm, in ${moved}\n`, stderr: '' })
    await screen.waitFor('Trust this folder?')
    await display.press('Return')
    // Codex does not ask for the old one.
    await screen.waitFor('Heard: the first')
    await screen.submit('the second')
    expect((await turnsAre(2)).session).toMatchObject({ cwd: home.cwd, goesOnIn: moved })
    await screen.submit('/quit')
    await eventually(
      () => display.countWindows(),
      (count) => count === 0,
    )

    screen.forgetClosed()
    expect((await tapedeck(outside, ['resume', id])).stdout).toBe(`Codex runs in xterm, in ${moved}\n`)
    await screen.waitFor('Heard: the second')
    await screen.submit('the third')
    await turnsAre(3)
    const listed = await tapedeck(outside, ['sessions', '--json', '--filter', `cwd:${quoteFolder(home.cwd)}`])
    expect(JSON.parse(listed.stdout).sessions).toMatchObject([{ id, goesOnIn: moved }])
  })

  test('the terminals that are here are listed, with the one that opens and why', async ({ makeHome, startServer }) => {
    const home = makeHome()
    const server = await startServer(home, [], { ...display.env, TERMINAL: 'xterm' })
    const listed = await server.call('terminal/list', {})
    expect(listed.terminals).toContainEqual({ id: 'xterm', name: 'xterm' })
    expect(listed.default).toEqual({ id: 'xterm', name: 'xterm', why: '$TERMINAL names it.' })
  })
})

test.describe('a terminal that does not start is said, with the command to run instead', () => {
  const start = { type: 'resume', threadId: '019a-b' } as const

  const refusal = async (server: Server, cwd: string) =>
    server.call('terminal/open', { cwd, start }).then(
      () => '',
      (error: Error) => error.message,
    )

  test('one that is not there, one that fails, and none at all', async ({ makeHome, startServer }) => {
    const home = makeHome({ project })
    const failing = join(home.folder, 'failing')
    writeFileSync(failing, '#!/bin/sh\necho "no screen for me" >&2\nexit 1\n', { mode: 0o755 })
    const quoted = `'${home.cwd.replaceAll("'", "'\\''")}'`
    const byHand = `Start codex by hand instead:\ncd ${quoted} && `
    const cases = [
      ['/no/such/terminal', 'unavailable: terminal is not at /no/such/terminal.'],
      [failing, 'unavailable: failing ended with code 1: no screen for me'],
      ['', 'unavailable: No terminal was found on this computer'],
    ]
    for (const [terminal, reason] of cases) {
      const server = await startServer(home, [], { TAPEDECK_TERMINAL: terminal })
      const message = await refusal(server, home.cwd)
      expect(message).toContain(reason)
      expect(message).toContain(byHand)
      expect(message).toMatch(/ codex -C \. resume 019a-b$/)
      expect((await server.call('app/status', {})).proxy.launches).toBe(0)
      expect(
        existsSync(join(server.dataDir, 'launchers')) ? readdirSync(join(server.dataDir, 'launchers')) : [],
      ).toEqual([])
      await server.stop()
    }
  })

  test('a folder that is not there is said before anything is opened', async ({ makeHome, startServer }) => {
    const home = makeHome()
    const server = await startServer(home)
    expect(await refusal(server, join(home.cwd, 'gone'))).toContain(`There is no folder ${join(home.cwd, 'gone')}.`)
    expect(await refusal(server, 'relative')).toContain('Give the whole path of the folder')
  })

  test('the command line says when no Tapedeck runs', async ({ makeHome }) => {
    const { code, stderr } = await tapedeck(makeHome(), ['open'])
    expect(code).toBe(1)
    expect(stderr).toContain('No Tapedeck is running')
    expect(stderr).toContain('tapedeck codex')
  })

  test('the command line says what does the same in another folder where no Tapedeck runs', async ({ makeHome }) => {
    const home = makeHome()
    await codexExec(home, 'the first')
    const [first] = await readSessions(home)
    const { code, stderr } = await tapedeck(home, ['fork', String(first?.id).slice(-8), '-C', '/srv/my project'])
    expect(code).toBe(1)
    expect(stderr).toContain(`tapedeck codex -C '/srv/my project' fork ${first?.id}\n`)
  })
})

/** As it is stored, without asking the app, which looks whenever it is asked. */
function countLiveLaunches({ dataDir }: Server): number {
  const database = new DatabaseSync(join(dataDir, 'archive.db'), { readOnly: true })
  try {
    const row = database.prepare(
      "SELECT COUNT(*) AS count FROM launch WHERE endedAt IS NULL AND record NOT LIKE '%app-server%'",
    )
    return Number((row.get() as { count: number }).count)
  } finally {
    database.close()
  }
}
