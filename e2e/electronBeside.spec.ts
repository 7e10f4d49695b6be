import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { MethodName, Params, Result } from '../contract/api.ts'
import type { CodexHome } from './codexHome.ts'
import { conversation } from './conversationView.ts'
import { dialogOf, menuOf } from './desk/desk.ts'
import { asStandIn, expect, isOn, test } from './desk/deskStage.ts'
import { withoutTray, withTray } from './desk/withTray.ts'
import type { FakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { codexExec, eventually, readInstance } from './tapedeck.ts'

/** The desktop application, started while another Tapedeck records. */

/** What the recorder says, whoever it is. */
async function ask<M extends MethodName>(home: CodexHome, method: M, params: Params<M>): Promise<Result<M>> {
  const { apiPort, apiToken } = readInstance(home)
  const response = await fetch(`http://127.0.0.1:${apiPort}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return ((await response.json()) as { value: Result<M> }).value
}

const besideMenu = [
  'A codex in a terminal has its own recorder',
  'Tapedeck takes over when that ends',
  '---',
  'Open in Browser',
  '---',
  'Quit Tapedeck',
]

/** A codex in the middle of its turn, which records by itself. */
async function startAlone(fake: FakeOpenAi, home: CodexHome) {
  const { goOn, held } = gate()
  fake.scenario = ({ prompt }) => answer(prompt === 'alone' ? say('Long enough. ', { restAfter: held }) : say('Later.'))
  const done = codexExec(home, 'alone')
  const [session] = await eventually(
    async () => (await ask(home, 'session/list', {})).sessions,
    (sessions) => sessions.length === 1,
  )
  const instance = readInstance(home)
  expect(instance.endsByItself).toBe(true)
  return { goOn, done, instance, route: `#/session/${session?.id}` }
}

test('beside a codex that records alone it waits in its tray, leads to that one’s page, and takes its place on the same ports', async ({
  fake,
  makeHome,
  startDesk,
  browser,
}) => {
  const home = makeHome()
  const { goOn, done, instance, route } = await startAlone(fake, home)
  const desk = asStandIn(await startDesk(home, { env: withTray(home) }))
  await expect.poll(() => menuOf(desk)).toEqual(besideMenu)
  expect((await desk.tray())?.tooltip).toContain('takes over')
  await expect.poll(async () => (await desk.opened()).length).toBe(1)
  await desk.startAgain([`tapedeck://${route.slice(2)}`])
  const [, link = ''] = await eventually(desk.opened, (opened) => opened.length === 2)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await isOn(page, route)
  await expect(page.getByRole('heading', { name: 'alone' })).toBeVisible()
  await desk.clickTray('Open in Browser')
  await expect.poll(async () => (await desk.opened()).length).toBe(3)
  expect(readInstance(home)).toEqual(instance)
  expect(desk.toldSoFar().filter(({ type }) => type === 'made')).toEqual([])

  goOn()
  expect(await done).toMatchObject({ code: 0, stdout: expect.stringContaining('Long enough.') })
  await expect.poll(() => readInstance(home)).toEqual({ ...instance, pid: desk.pid, endsByItself: false })
  await expect.poll(desk.isWindowVisible).toBe(true)
  await expect.poll(() => menuOf(desk)).toContain('Open Tapedeck')
  expect(desk.toldSoFar().filter((message) => message.type === 'seen' && message.isFocused)).toEqual([])

  await expect(conversation(page).getByText('Long enough.')).toBeVisible()
  expect((await codexExec(home, 'later')).stdout).toContain('Later.')
  for (const each of [page, await desk.page()]) {
    await expect(each.getByRole('link', { name: /alone/ })).toBeVisible()
    await expect(each.getByRole('link', { name: /later/ })).toBeVisible()
  }
  expect([(await desk.opened()).length, await desk.dialogs()]).toEqual([3, []])
  await desk.startAgain([`tapedeck://${route.slice(2)}`])
  await isOn(await desk.page(), route)
  await context.close()
})

test('started at login it opens nothing, and records the rest of a turn whose own recorder was killed', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const { goOn, instance } = await startAlone(fake, home)
  const desk = asStandIn(await startDesk(home, { env: withTray(home), args: ['--hidden'] }))
  await expect.poll(() => menuOf(desk)).toEqual(besideMenu)
  process.kill(Number(instance.pid), 'SIGKILL')
  await expect.poll(() => readInstance(home)).toEqual({ ...instance, pid: desk.pid, endsByItself: false })
  goOn()
  await expect
    .poll(async () => (await ask(home, 'session/list', {})).sessions.map(({ title, status }) => `${title}: ${status}`))
    .toEqual(['alone: completed'])
  await expect.poll(() => menuOf(desk)).toContain('Open Tapedeck')
  expect(desk.toldSoFar().filter(({ type }) => type === 'made')).toEqual([])
  expect([await desk.opened(), await desk.dialogs()]).toEqual([[], []])
})

test('it can be quit and shut down while it waits, unasked, and the codex beside it goes on', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const { goOn, done, instance } = await startAlone(fake, home)
  const start = async () => {
    const desk = asStandIn(await startDesk(home, { env: withTray(home), args: ['--hidden'] }))
    await expect.poll(() => menuOf(desk)).toEqual(besideMenu)
    return desk
  }
  const quit = await start()
  await quit.clickTray('Quit Tapedeck')
  await expect.poll(quit.hasEnded).toBe(true)
  const shut = await start()
  shut.want({ type: 'shutdown' })
  await expect.poll(shut.hasEnded).toBe(true)
  expect([await quit.dialogs(), await shut.dialogs(), readInstance(home)]).toEqual([[], [], instance])
  goOn()
  expect((await done).code).toBe(0)
  expect(readInstance(home).pid).toBeNull()
})

test('where nothing shows a tray a box says the same, until the window takes its place', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform !== 'linux', 'The other systems always have a tray.')
  const home = makeHome()
  const { goOn, done } = await startAlone(fake, home)
  const desk = await startDesk(home, { env: withoutTray(home) })
  const box = await dialogOf(desk)
  expect(box).toMatchObject({ message: besideMenu[0], detail: `${besideMenu[1]}.` })
  await desk.answer(box, 'Open in Browser')
  await expect.poll(async () => (await desk.opened()).length).toBe(2)
  expect((await dialogOf(desk)).message).toBe(box.message)
  goOn()
  expect((await done).code).toBe(0)
  await expect.poll(desk.isWindowVisible).toBe(true)
  expect(await desk.dialogs()).toEqual([])
  await desk.closeWindow()
  await expect.poll(desk.hasEnded).toBe(true)
})

test('a start that is to be proven does not wait', async ({ fake, makeHome, startDesk }) => {
  const home = makeHome()
  const { goOn, done, instance } = await startAlone(fake, home)
  const desk = await startDesk(home, { env: withTray(home), args: ['--prove-start'] })
  await expect.poll(desk.hasEnded).toBe(true)
  expect(existsSync(join(String(home.env.TAPEDECK_HOME), 'start-proof.json'))).toBe(false)
  expect([await desk.opened(), await desk.dialogs(), readInstance(home)]).toEqual([[], [], instance])
  goOn()
  expect((await done).code).toBe(0)
})

test('beside a serve, which stays, it opens the page of that one and is done; at login it is just done', async ({
  makeHome,
  startServer,
  startDesk,
  browser,
}) => {
  const home = makeHome()
  await codexExec(home, 'once')
  const server = await startServer(home)
  const hidden = await startDesk(home, { env: withTray(home), args: ['--hidden'] })
  await expect.poll(hidden.hasEnded).toBe(true)
  expect(await hidden.opened()).toEqual([])

  const { sessions } = await server.call('session/list', {})
  const desk = await startDesk(home, { env: withTray(home), args: [`tapedeck://session/${sessions[0]?.id}`] })
  await expect.poll(desk.hasEnded).toBe(true)
  const [link = ''] = await desk.opened()
  const page = await browser.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'once' })).toBeVisible()
  await page.close()
  expect(await desk.tray()).toBeNull()
  expect((await server.call('app/status', {})).running).toBe(true)
})

test('of a serve and the application that both wait one takes the place, and the other is done', async ({
  fake,
  makeHome,
  startServer,
  startDesk,
}) => {
  const home = makeHome()
  const { goOn, done, instance } = await startAlone(fake, home)
  const desk = await startDesk(home, { env: withTray(home) })
  await expect.poll(() => menuOf(desk)).toEqual(besideMenu)
  await startServer(home)
  goOn()
  expect((await done).code).toBe(0)
  const { pid } = await eventually(
    () => readInstance(home),
    (next) => next.pid !== null && next.pid !== instance.pid,
  )
  if (pid === desk.pid) await expect.poll(() => menuOf(desk)).toContain('Open Tapedeck')
  else await expect.poll(desk.hasEnded).toBe(true)
  // The page of the one that waited goes on by itself.
  expect(await desk.opened()).toHaveLength(1)
  expect((await codexExec(home, 'later')).code).toBe(0)
  expect(readInstance(home).pid).toBe(pid)
})

test.describe('as the other systems do it', () => {
  test('macOS: nothing in the dock; a link and a click on the icon open the page of the other one', async ({
    fake,
    makeHome,
    startDesk,
  }) => {
    const home = makeHome()
    const { goOn, done, route } = await startAlone(fake, home)
    const desk = asStandIn(await startDesk(home, { env: { TAPEDECK_STAND_IN_PLATFORM: 'darwin' }, args: ['--hidden'] }))
    await expect.poll(() => menuOf(desk)).toEqual(besideMenu)
    const dock = () => desk.toldSoFar().flatMap((message) => (message.type === 'dock' ? [message.isShown] : []))
    expect(dock()).toEqual([false])
    desk.want({ type: 'openUrl', url: `tapedeck://${route.slice(2)}` })
    desk.want({ type: 'activate' })
    const opened = await eventually(desk.opened, (links) => links.length === 2)
    expect(opened.map((link) => new URL(link).hash)).toEqual([route, ''])
    goOn()
    expect((await done).code).toBe(0)
    await expect.poll(() => menuOf(desk)).toContain('Open Tapedeck')
    expect(dock()).not.toContain(true)
  })

  test('Windows: a click on the icon opens the page of the other one', async ({ fake, makeHome, startDesk }) => {
    const home = makeHome()
    const { goOn, done } = await startAlone(fake, home)
    const desk = asStandIn(await startDesk(home, { env: { TAPEDECK_STAND_IN_PLATFORM: 'win32' }, args: ['--hidden'] }))
    await expect.poll(async () => (await menuOf(desk))[0]).toBe('Open in browser')
    desk.want({ type: 'clickTray' })
    await expect.poll(async () => (await desk.opened()).length).toBe(1)
    goOn()
    expect((await done).code).toBe(0)
    await expect.poll(async () => (await menuOf(desk))[0]).toBe('Open Tapedeck')
    desk.want({ type: 'clickTray' })
    await expect.poll(desk.isWindowVisible).toBe(true)
  })
})
