import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { CodexHome } from './codexHome.ts'
import type { FakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { freePort } from './freePort.ts'
import { gate } from './gate.ts'
import { expect, test } from './stage.ts'
import { codexExec, entry, eventually, readInstance, readSessions } from './tapedeck.ts'

/** A codex in the middle of its turn, which records by itself. */
async function startAlone(fake: FakeOpenAi, home: CodexHome) {
  const { goOn, held } = gate()
  fake.scenario = () => answer(say('Long enough. ', { restAfter: held }))
  const done = codexExec(home, 'alone')
  const instance = await eventually(
    () => readInstance(home),
    ({ pid, endsByItself }) => pid !== null && endsByItself,
  )
  return { goOn, done, instance }
}

/** A serve with ports of its own, started beside that codex; all that it prints until it has taken the place and is stopped. */
async function outputOver(fake: FakeOpenAi, home: CodexHome, args: string[]) {
  const { goOn, done, instance } = await startAlone(fake, home)
  const { cwd, env } = home
  const child = spawn(process.execPath, [entry, 'serve', '--no-open', ...args], { cwd, env, stdio: 'pipe' })
  const printed = text(child.stdout)
  try {
    // It waits by then.
    await once(child.stdout, 'data')
    goOn()
    expect((await done).code).toBe(0)
    const next = await eventually(
      () => readInstance(home),
      ({ pid }) => pid === child.pid,
    )
    child.kill('SIGTERM')
    return { instance, next, lines: (await printed).trim().split('\n') }
  } finally {
    child.kill('SIGKILL')
  }
}

test('a serve beside a codex that records alone goes on when that ends, on the same address', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const { goOn, held } = gate()
  fake.scenario = ({ prompt }) => answer(prompt === 'later' ? say('Later.') : say('Long enough. ', { restAfter: held }))
  const home = makeHome()
  const done = codexExec(home, 'alone')
  await eventually(
    () => readSessions(home),
    (sessions) => sessions.length === 1,
  )
  const server = await startServer(home)
  goOn()
  expect(await done).toMatchObject({ code: 0, stdout: expect.stringContaining('Long enough.') })
  await eventually(
    () => server.call('app/status', {}),
    ({ proxy }) => proxy.launches === 0,
  )
  expect(await codexExec(home, 'later')).toMatchObject({ code: 0, stdout: expect.stringContaining('Later.') })
  const { sessions } = await server.call('session/list', {})
  expect(sessions.map(({ title }) => title)).toEqual(['later', 'alone'])
})

test('a serve that was killed in mid-turn and is started again stays, though a codex took its place', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const { goOn, held } = gate()
  fake.scenario = () => answer(say('Long enough. ', { restAfter: held }))
  const home = makeHome()
  const first = await startServer(home)
  const done = codexExec(home, 'on and on')
  await eventually(
    () => readSessions(home),
    (sessions) => sessions.length === 1,
  )
  await first.stop('SIGKILL')
  await eventually(
    () => first.call('app/status', {}),
    ({ running }) => running,
  )
  const second = await startServer(home)
  expect(second.pid).not.toBe(first.pid)
  goOn()
  await done
  await eventually(
    () => second.call('app/status', {}),
    ({ proxy }) => proxy.launches === 0,
  )
  expect((await second.call('session/list', {})).total).toBe(1)
})

test('the ports that a serve was given it has once the codex beside it has ended, as it says before and then', async ({
  fake,
  makeHome,
}) => {
  const [port, proxyPort] = [await freePort(), await freePort()]
  const args = ['--port', `${port}`, '--proxy-port', `${proxyPort}`]
  const { instance, next, lines } = await outputOver(fake, makeHome(), args)
  expect(next).toEqual({ ...instance, pid: next.pid, apiPort: port, proxyPort, endsByItself: false })
  const link = (at: number) => `Window:  http://127.0.0.1:${at}/?token=…   (this link works once)`
  expect(lines.map((line) => line.replace(/(?<=token=)\S+/, '…'))).toEqual([
    `Tapedeck is recording with a codex that runs. When that ends, it goes on here, with its page on port ${port} and its proxy on port ${proxyPort}.`,
    link(instance.apiPort),
    'Stop:    Ctrl-C',
    'Tapedeck is recording. Start codex with:  tapedeck codex',
    link(port),
  ])
})

test('a program that reads what serve prints gets the other addresses in a second line', async ({ fake, makeHome }) => {
  const port = await freePort()
  const { instance, next, lines } = await outputOver(fake, makeHome(), ['--json', '--port', `${port}`])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { api: `http://127.0.0.1:${instance.apiPort}/api`, pid: instance.pid },
    { api: `http://127.0.0.1:${port}/api`, pid: next.pid, proxy: `http://127.0.0.1:${instance.proxyPort}` },
  ])
})

test('of some that are started in the same moment one records, and the others lead to its page', async ({
  makeHome,
  startServer,
}) => {
  const home = makeHome()
  const servers = await Promise.all([startServer(home), startServer(home), startServer(home)])
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1)
  expect((await servers[0].call('app/status', {})).running).toBe(true)
})
