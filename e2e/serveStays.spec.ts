import { answer, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './stage.ts'
import { codexExec, eventually, readSessions } from './tapedeck.ts'

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

test('of some that are started in the same moment one records, and the others lead to its page', async ({
  makeHome,
  startServer,
}) => {
  const home = makeHome()
  const servers = await Promise.all([startServer(home), startServer(home), startServer(home)])
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1)
  expect((await servers[0].call('app/status', {})).running).toBe(true)
})
