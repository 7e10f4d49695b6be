import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { never } from './gate.ts'
import { expect, test } from './stage.ts'
import { eventually, outline, readOnlySession, readSessions } from './tapedeck.ts'
import { openCodex } from './terminal.ts'

test('the TUI with an ordinary account: two turns over one socket, and the title that codex makes', async ({
  fake,
  makeHome,
}) => {
  const home = makeHome()
  const auth = home.readAuth()
  const config = home.readConfig()
  fake.scenario = ({ kind, prompt }) =>
    kind === 'title' ? answer(say('{"title":"Greetings in two parts"}')) : answer(say(`Heard: ${prompt}`))
  const terminal = await openCodex(home, 'good morning')
  try {
    await terminal.waitFor('Heard: good morning')
    await terminal.submit('good evening')
    await terminal.waitFor('Heard: good evening')
    const sessions = await eventually(
      () => readSessions(home),
      ([session]) => session?.title === 'Greetings in two parts' && session.turnCount === 2,
    )
    expect(sessions).toHaveLength(1)
  } finally {
    await terminal.close()
  }
  const { turns } = await readOnlySession(home)
  expect(turns.map(outline)).toEqual([
    ['userMessage: good morning', 'assistantMessage: Heard: good morning'],
    ['userMessage: good evening', 'assistantMessage: Heard: good evening'],
  ])
  const [first, second] = turns.map(({ exchanges }) => exchanges[0])
  expect(second?.previousResponseId).toBe(first?.responseId)
  expect(second?.id.slice(0, 36)).toBe(first?.id.slice(0, 36))
  expect(home.readAuth()).toBe(auth)
  // The TUI itself notes there what it has shown.
  expect(home.readConfig().startsWith(config)).toBe(true)
  expect(home.readConfig()).not.toMatch(/127\.0\.0\.1|base_url/)
})

test('a recorder that is killed and started again in the middle of a turn: the turn goes on and is kept', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const home = makeHome()
  const first = await startServer(home)
  let isKilled = false
  fake.scenario = async ({ lastOutput, attempt }) => {
    if (lastOutput !== null) return answer(say('The turn is complete.'))
    return attempt === 1
      ? answer(say('This will not arrive. '.repeat(20), { restAfter: never }))
      : answer(run('echo again'))
  }
  const terminal = await openCodex(home, 'take your time')
  try {
    await terminal.waitFor('This will not arrive.')
    // A kill may take the last moment of an exchange, and all of it if it had no other; here some of it is on the disk.
    await eventually(
      () => first.call('session/list', {}),
      ({ sessions }) => sessions[0]?.status === 'live',
    )
    await first.stop('SIGKILL')
    isKilled = true
    const second = await startServer(home)
    expect(second.proxy).toBe(first.proxy)
    expect(second.api).toBe(first.api)
    await terminal.waitFor('The turn is complete.')
    const { turns } = await eventually(
      () => readOnlySession(home),
      ({ session }) => session.status === 'completed',
    )
    expect(isKilled && turns.length).toBe(1)
    expect(outline(turns[0] as (typeof turns)[number])).toEqual([
      'userMessage: take your time',
      'error: cut',
      'toolCall: echo again',
      'assistantMessage: The turn is complete.',
    ])
    const { recorded, total, missed } = await second.call('app/status', {})
    expect({ recorded, total, missed }).toEqual({ recorded: total, total, missed: {} })
  } finally {
    await terminal.close()
  }
})

test('a recorder that is killed for good: the codex that it served takes its place', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  const terminal = await openCodex(home, 'before')
  try {
    await terminal.waitFor('Heard: before')
    // What came in the last quarter of a second may be lost with the process; the whole turn was as quick as that.
    await eventually(
      () => server.call('session/list', {}),
      ({ sessions }) => sessions[0]?.status === 'completed',
    )
    await server.stop('SIGKILL')
    await terminal.submit('after')
    await terminal.waitFor('Heard: after')
    const { turns } = await eventually(
      () => readOnlySession(home),
      ({ session }) => session.turnCount === 2 && session.status === 'completed',
    )
    expect(turns.map(outline)).toEqual([
      ['userMessage: before', 'assistantMessage: Heard: before'],
      ['userMessage: after', 'assistantMessage: Heard: after'],
    ])
  } finally {
    await terminal.close()
  }
})
