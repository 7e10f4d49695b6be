import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from './codexHome.ts'
import { dialogOf, menuOf } from './desk/desk.ts'
import { asStandIn, expect, test } from './desk/deskStage.ts'
import type { StandInDesk } from './desk/standInDesk.ts'
import type { FakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { never } from './gate.ts'
import { codexExec } from './tapedeck.ts'

/** When the computer shuts down, as each system tells of it. */

/** What it says about itself when it has ended in order; a process that was cut off leaves its number there. */
function endedInOrder(home: CodexHome): boolean {
  const instance = readFileSync(join(String(home.env.TAPEDECK_HOME), 'instance.json'), 'utf8')
  return JSON.parse(instance).pid === null
}

async function startWithSession(desk: StandInDesk, fake: FakeOpenAi, home: CodexHome) {
  fake.scenario = () => answer(say('An answer that never comes to its end.', { restAfter: never }))
  // Nobody waits for its end: it is cut off with its test.
  void codexExec(home, 'work').catch(() => {})
  await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
}

test('macOS is asked to wait, is not refused, and nobody is asked about the session that runs', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const env = { TAPEDECK_STAND_IN_PLATFORM: 'darwin' }
  const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  await startWithSession(desk, fake, home)
  // A quit of its user is asked about, and may be taken back.
  desk.want({ type: 'quit' })
  const question = await dialogOf(desk)
  expect(question.message).toBe('Quit while a session runs?')
  await desk.answer(question, 'Cancel')
  expect(await desk.hasEnded()).toBe(false)
  desk.want({ type: 'shutdown' })
  await expect.poll(desk.hasEnded).toBe(true)
  expect(desk.toldSoFar().filter(({ type }) => type === 'shutDown')).toEqual([
    { type: 'shutDown', isDelayed: true, isRefused: false },
  ])
  expect(await desk.dialogs()).toEqual([])
  expect(endedInOrder(home)).toBe(true)
})

test('a shutdown comes through a question that is still open', async ({ fake, startWithTray }) => {
  const { home, desk: started } = await startWithTray(['--hidden'])
  const desk = asStandIn(started)
  await startWithSession(desk, fake, home)
  desk.want({ type: 'quit' })
  await dialogOf(desk)
  desk.want({ type: 'shutdown' })
  await expect.poll(desk.hasEnded).toBe(true)
  expect(endedInOrder(home)).toBe(true)
})

test('Windows tells its windows: the application ends in order, though none was ever opened', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const env = { TAPEDECK_STAND_IN_PLATFORM: 'win32' }
  const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  await startWithSession(desk, fake, home)
  desk.want({ type: 'endSession' })
  await expect.poll(desk.hasEnded).toBe(true)
  expect(await desk.dialogs()).toEqual([])
  expect(endedInOrder(home)).toBe(true)
})
