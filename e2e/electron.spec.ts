import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violationsOf } from './axe.ts'
import type { CodexHome } from './codexHome.ts'
import { conversation } from './conversationView.ts'
import { dialogOf, menuOf } from './desk/desk.ts'
import { asStandIn, expect, isOn, runsOn, test } from './desk/deskStage.ts'
import { withoutTray, withTray } from './desk/withTray.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { codexExec, eventually, readSessions, tapedeck } from './tapedeck.ts'

// Once, and not in each worker.
if (process.env.TEST_WORKER_INDEX === undefined) console.log(`The desktop application runs on ${runsOn}.`)

const read = (home: CodexHome, name: string) => readFileSync(join(String(home.env.TAPEDECK_HOME), name), 'utf8')

test('the window shows a turn as codex works, hides when it is closed, and catches up when it is shown', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}, and answered in some length`))
  const desk = await startDesk(home, { env: withTray(home) })
  const page = await desk.page()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await expect.poll(desk.isWindowVisible).toBe(true)
  await codexExec(home, 'first')
  await page.getByRole('link', { name: /first/ }).click()
  await expect(conversation(page).getByText('Heard: first, and')).toBeVisible()
  await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))

  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  expect(await desk.hasEnded()).toBe(false)
  await codexExec(home, 'second')
  await expect
    .poll(async () => (await desk.notifications()).map(({ title, body }) => `${title}: ${body}`))
    .toEqual(['Codex is done: second'])
  await expect(page.getByRole('link', { name: /second/ })).toBeHidden()

  await desk.clickTray('Open Tapedeck')
  await expect.poll(desk.isWindowVisible).toBe(true)
  await expect(page.getByRole('link', { name: /second/ })).toBeVisible()
  expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
})

test('a notification leads to the session that it tells of', async ({ startWithTray }) => {
  const { home, desk } = await startWithTray(['--hidden'])
  await eventually(desk.tray, (tray) => tray !== null)
  expect(await desk.isWindowVisible()).toBe(false)
  await codexExec(home, 'while hidden')
  const [notice] = await eventually(desk.notifications, (all) => all.length > 0)
  await desk.clickNotification(notice?.id ?? 0)
  const [session] = await readSessions(home)
  await isOn(await desk.page(), `#/session/${session?.id}`)
  await expect(conversation(await desk.page())).toBeVisible()
})

test('a new session of the menu begins in the page, over what is looked at, whether the window was there or not', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  await codexExec(home, 'looked at')
  const desk = await startDesk(home, { env: withTray(home), args: ['--hidden'] })
  await eventually(desk.tray, (tray) => tray !== null)
  const place = process.platform === 'darwin' ? 'Session' : 'File'
  await desk.clickMenu(place, 'New Codex Session…')
  const page = await desk.page()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog).toBeVisible()
  await expect.poll(desk.isWindowVisible).toBe(true)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await page.getByRole('link', { name: /looked at/ }).click()
  await expect(conversation(page)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible()
  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  await desk.clickMenu(place, 'New Codex Session…')
  await expect(dialog.getByRole('combobox', { name: 'Folder' })).toHaveValue(home.cwd)
  await expect(page.getByRole('dialog')).toHaveCount(1)
  expect(new URL(page.url()).hash).toContain('#/session/')
  expect(await desk.dialogs()).toEqual([])
})

test('a second start brings the window to the front, and a deep link in it opens its session', async ({
  startWithTray,
}) => {
  const { home, desk } = await startWithTray()
  const page = await desk.page()
  await codexExec(home, 'one')
  await codexExec(home, 'two')
  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  await desk.startAgain([])
  await expect.poll(desk.isWindowVisible).toBe(true)

  const one = (await readSessions(home)).find(({ title }) => title === 'one')
  await desk.startAgain([`tapedeck://session/${one?.id}`])
  await isOn(page, `#/session/${one?.id}`)
  await expect(page.getByRole('heading', { name: 'one' })).toBeVisible()
  await desk.startAgain(['tapedeck://session/../../account'])
  await isOn(page, `#/session/${one?.id}`)
})

test('a second start during the first is kept, be that not ready yet or half-way, and shows the window at its link', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  await codexExec(home, 'one')
  await codexExec(home, 'two')
  const sessions = await readSessions(home)
  const linkTo = (wanted: string) => `tapedeck://session/${sessions.find(({ title }) => title === wanted)?.id}`
  const env = { ...withTray(home), TAPEDECK_STAND_IN_HOLDS_START: '1' }

  const slow = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  await slow.startAgain([linkTo('one')])
  // One that says nothing more takes nothing back.
  await slow.startAgain([])
  expect(slow.toldSoFar().map(({ type }) => type)).toEqual(['held'])
  slow.want({ type: 'ready' })
  await expect((await slow.page()).getByRole('heading', { name: 'one' })).toBeVisible()
  await expect.poll(slow.isWindowVisible).toBe(true)
  await slow.stop('SIGKILL')

  const halfWay = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  // The second is heard while the host of the first opens its archive and its ports.
  halfWay.want({ type: 'ready' })
  halfWay.want({ type: 'secondInstance', argv: ['tapedeck-desktop', linkTo('two')] })
  await expect((await halfWay.page()).getByRole('heading', { name: 'two' })).toBeVisible()
  await expect.poll(halfWay.isWindowVisible).toBe(true)
})

test('a link out of the window asks first, with its whole address', async ({ startWithTray }) => {
  const { desk } = await startWithTray()
  const page = await desk.page()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate(() => window.open('https://example.com/a?b', '_blank', 'noopener'))
  const dialog = await dialogOf(desk)
  expect(dialog).toMatchObject({
    message: 'Open example.com?',
    detail: expect.stringContaining('https://example.com/a?b'),
  })
  await desk.answer(dialog, 'Cancel')
  expect(await desk.opened()).toEqual([])
  await page.evaluate(() => window.open('https://example.com/a?b', '_blank', 'noopener'))
  await desk.answer(await dialogOf(desk), 'Open in Browser')
  await expect.poll(desk.opened).toEqual(['https://example.com/a?b'])
})

test('a link right after the answer to another one is asked about too, however late both are heard of', async ({
  startWithTray,
}) => {
  const desk = asStandIn((await startWithTray()).desk)
  const made = desk.toldSoFar().find((message) => message.type === 'made')
  const wantsOut = { type: 'wantsWindow', window: made?.window ?? 0, url: 'https://example.com/' } as const
  desk.want(wantsOut)
  const first = await dialogOf(desk)
  // Both are in the pipe before the application reads it.
  process.kill(desk.pid, 'SIGSTOP')
  await desk.answer(first, 'Cancel')
  desk.want(wantsOut)
  process.kill(desk.pid, 'SIGCONT')
  expect(await dialogOf(desk)).toMatchObject({ message: 'Open example.com?' })
})

test('a page that crashes is loaded again, where it was', async ({ startWithTray }) => {
  const { home, desk } = await startWithTray()
  await codexExec(home, 'before')
  const first = await desk.page()
  await first.getByRole('link', { name: /before/ }).click()
  await expect(conversation(first)).toBeVisible()
  await desk.crashPage()
  const next = await eventually(desk.page, (page) => page !== first || desk.kind === 'electron')
  await expect(conversation(next)).toBeVisible()
  expect(await desk.hasEnded()).toBe(false)
})

test('the application may die in the middle of a turn: codex finds it again at the same address', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const { goOn, held } = gate()
  fake.scenario = async ({ step }) => {
    if (step === 1) return answer(run('true'))
    await held
    return answer(say('the end of it'))
  }
  const first = await startDesk(home, { env: withTray(home) })
  const done = codexExec(home, 'go on')
  await expect.poll(() => menuOf(first)).toContain('Recording 1 session')
  const { proxyPort } = JSON.parse(read(home, 'instance.json'))
  await first.stop('SIGKILL')
  const second = await startDesk(home, { env: withTray(home) })
  expect(JSON.parse(read(home, 'instance.json')).proxyPort).toBe(proxyPort)
  goOn()
  const { code, stdout } = await done
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('the end of it') })
  await expect.poll(() => menuOf(second)).not.toContain('Recording 1 session')
  const [session] = await readSessions(home)
  expect(session?.title).toBe('go on')
})

test('the window remembers its place', async ({ startDesk, startWithTray }) => {
  const { home, desk } = await startWithTray()
  const place = { x: 30, y: 40, width: 700, height: 500, isMaximized: false }
  await eventually(desk.tray, (tray) => tray !== null)
  await desk.clickTray('Quit Tapedeck')
  await expect.poll(desk.hasEnded).toBe(true)
  expect(JSON.parse(read(home, 'electron/window.json'))).toMatchObject({ width: 1280, height: 820 })
  writeFileSync(join(String(home.env.TAPEDECK_HOME), 'electron', 'window.json'), JSON.stringify(place))
  const again = await startDesk(home, { env: withTray(home) })
  await (await again.page()).getByRole('navigation', { name: 'Main' }).waitFor()
  await again.closeWindow()
  await expect.poll(again.isWindowVisible).toBe(false)
  expect(JSON.parse(read(home, 'electron/window.json'))).toEqual(place)
})

test('hidden in its tray it sleeps: no timer fires, and the clocks of its page stand still', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const { goOn, held } = gate()
  fake.scenario = async ({ step }) => {
    await held
    // Long enough for clocks that would not stand still.
    return step === 1 ? answer(run('sleep 3')) : answer(say('Done.'))
  }
  const desk = asStandIn(await startDesk(home, { env: withTray(home) }))
  const page = await desk.page()
  const done = codexExec(home, 'work')
  await page.getByRole('link', { name: /work/ }).first().click()
  // What Electron tells a page whose window is hidden.
  const beSeen = (state: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const countTicks = () => page.evaluate(() => (window as { ticks?: number }).ticks ?? 0)
  await page.evaluate(() => {
    const real = window.setInterval
    window.setInterval = ((tick: () => void, ms: number) =>
      real(() => {
        Object.assign(window, { ticks: ((window as { ticks?: number }).ticks ?? 0) + 1 })
        tick()
      }, ms)) as typeof window.setInterval
  })
  await beSeen('hidden')
  await beSeen('visible')
  await expect.poll(countTicks).toBeGreaterThan(0)
  await desk.closeWindow()
  await beSeen('hidden')
  const ticks = await countTicks()
  goOn()
  expect((await done).code).toBe(0)
  expect(await countTicks()).toBe(ticks)

  // Once the app server that was asked for the account has been sent home.
  let fired = -1
  await expect
    .poll(
      async () => {
        const before = fired
        fired = await desk.countTimers()
        return fired - before
      },
      { intervals: [4_000], timeout: 80_000 },
    )
    .toBe(0)
})

test('where nothing shows a tray the window does not hide, and its end is that of the application', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform !== 'linux', 'The other systems always have a tray.')
  const home = makeHome()
  const desk = await startDesk(home, { env: withoutTray(home), args: ['--hidden'] })
  await expect.poll(desk.isWindowVisible).toBe(true)
  expect(await desk.tray()).toBeNull()
  await desk.closeWindow()
  await expect.poll(desk.hasEnded).toBe(true)
})

test('starting at login and notifications are the user’s to choose', async ({ makeHome, startDesk }) => {
  test.skip(process.platform !== 'linux', 'Elsewhere the system keeps the list.')
  const home = makeHome()
  const config = join(String(home.env.HOME), 'config')
  const desk = await startDesk(home, { env: { ...withTray(home), XDG_CONFIG_HOME: config }, args: ['--hidden'] })
  const own = { url: 'tapedeck-app://window/', isTop: true }
  const entry = join(config, 'autostart', 'tapedeck.desktop')
  await desk.callFrom(own, 'settings/change', { startsAtLogin: true, showsNotifications: false })
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.* "--hidden"$/m)
  await desk.callFrom(own, 'settings/change', { startsAtLogin: false })
  expect(existsSync(entry)).toBe(false)
})

test('a start at login that cannot be set is said under its switch, which shows what the system has', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform !== 'linux', 'Elsewhere the system keeps the list.')
  const home = makeHome()
  const config = join(String(home.env.HOME), 'config')
  // What stands in the place of the folder.
  writeFileSync(config, '')
  const desk = await startDesk(home, { env: { ...withTray(home), XDG_CONFIG_HOME: config } })
  const page = await desk.page()
  await page.getByRole('link', { name: 'Settings' }).click()
  const section = page.getByRole('region', { name: 'This computer' })
  const login = section.getByRole('switch', { name: 'Start at login' })
  await expect(login).not.toBeChecked()
  await login.click()
  await expect(section.getByRole('alert')).toContainText('could not be written (ENOTDIR). Look at who may write there')
  await expect(login).not.toBeChecked()
  expect(await desk.dialogs()).toEqual([])
  expect(await violationsOf(page)).toEqual([])

  rmSync(config)
  await login.click()
  await expect(login).toBeChecked()
  await expect(section.getByRole('alert')).toBeHidden()
  // Its user removes the entry by hand.
  rmSync(join(config, 'autostart', 'tapedeck.desktop'))
  await page.getByRole('link', { name: 'Live' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(login).not.toBeChecked()
})

test('a start that is to be proven shows its page, says what came up, and ends by itself', async ({
  startWithTray,
}) => {
  const { home, desk: started } = await startWithTray(['--prove-start'])
  const desk = asStandIn(started)
  await expect.poll(desk.hasEnded).toBe(true)
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
  expect(JSON.parse(read(home, 'start-proof.json'))).toEqual({
    version,
    electron: '',
    isPackaged: false,
    isSandboxed: true,
    isKeychainLoaded: expect.any(Boolean),
    answered: 'session/list',
  })
  expect(JSON.parse(read(home, 'instance.json')).pid).toBeNull()
  expect(await desk.dialogs()).toEqual([])
})

test('a start that is to be proven, and fails, ends with an error and asks nobody', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  // No archive can be opened where a folder has its name.
  mkdirSync(join(String(home.env.TAPEDECK_HOME), 'archive.db'), { recursive: true })
  const desk = asStandIn(await startDesk(home, { env: withTray(home), args: ['--prove-start'] }))
  await expect.poll(desk.hasEnded).toBe(true)
  expect(await desk.dialogs()).toEqual([])
  expect(existsSync(join(String(home.env.TAPEDECK_HOME), 'start-proof.json'))).toBe(false)
})

test('the doctor says whether the window is in its sandbox, on the page and in the terminal', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const own = { url: 'tapedeck-app://window/', isTop: true }
  const inside = asStandIn(await startDesk(home, { env: withTray(home), args: ['--hidden'] }))
  await eventually(inside.tray, (tray) => tray !== null)
  const sandbox = { check: 'Sandbox', verdict: 'ok', message: 'around every page of the window' }
  expect(await inside.callFrom(own, 'app/doctor')).toMatchObject({
    value: { findings: expect.arrayContaining([sandbox]) },
  })
  await inside.stop('SIGKILL')

  // As the starter of an AppImage does where the system forbids namespaces.
  const outside = asStandIn(await startDesk(home, { env: withTray(home), args: ['--no-sandbox'] }))
  const page = await outside.page()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Check now' }).last().click()
  const finding = page.getByRole('list', { name: 'Findings' }).getByRole('listitem').filter({ hasText: 'Sandbox' })
  await expect(finding).toContainText(', note: off, because Tapedeck was started with --no-sandbox')
  expect((await tapedeck(home, ['doctor'])).stdout).toMatch(/^! Sandbox +off, because/m)
})

test('macOS that wants to be asked first is believed, and where to allow it is said', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const env = { TAPEDECK_STAND_IN_PLATFORM: 'darwin' }
  const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  await eventually(desk.tray, (tray) => tray !== null)
  const change = (startsAtLogin: boolean) =>
    desk.callFrom({ url: 'tapedeck-app://window/', isTop: true }, 'settings/change', { startsAtLogin })
  expect(await change(true)).toMatchObject({ ok: true })
  expect(await change(false)).toMatchObject({ ok: true })
  desk.want({ type: 'refuseLoginItem' })
  expect(await change(true)).toMatchObject({ ok: false, error: { message: expect.stringContaining('Login Items') } })
  expect(JSON.parse(read(home, 'settings.json')).startsAtLogin).toBe(false)
})

test.describe('as the other systems do it', () => {
  test('macOS: a template image, the dock while the window is open, links by open-url', async ({
    makeHome,
    startDesk,
  }) => {
    const home = makeHome()
    const env = { TAPEDECK_STAND_IN_PLATFORM: 'darwin' }
    const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
    await eventually(desk.tray, (tray) => tray !== null)
    const dock = () => desk.toldSoFar().flatMap((message) => (message.type === 'dock' ? [message.isShown] : []))
    expect(dock().at(-1)).toBe(false)
    expect(await desk.tray()).toMatchObject({ image: 'idleTemplate.png' })
    desk.want({ type: 'openUrl', url: 'tapedeck://session/abc' })
    await isOn(await desk.page(), '#/session/abc')
    await expect.poll(dock).toContain(true)
    await desk.closeWindow()
    await expect.poll(() => dock().at(-1)).toBe(false)
    desk.want({ type: 'activate' })
    await expect.poll(desk.isWindowVisible).toBe(true)
    const menu = desk.toldSoFar().find((message) => message.type === 'menu')
    expect(menu?.type === 'menu' && menu.entries.map(({ label }) => label)).toEqual([
      'Tapedeck',
      'Session',
      'editMenu',
      'View',
      'windowMenu',
    ])
  })

  test('Windows: Open first, Exit last, and a click on the icon opens the window', async ({ makeHome, startDesk }) => {
    const home = makeHome()
    const env = { TAPEDECK_STAND_IN_PLATFORM: 'win32' }
    const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
    // In colour, and no template as on macOS. A Windows finds no codex.exe on this computer, which is what wants attention.
    const tray = await eventually(desk.tray, (shown) => shown?.image === 'attention.ico')
    expect(tray?.entries.map(({ label }) => label)).toContain('Codex was not found')
    expect([tray?.entries[0]?.label, tray?.entries.at(-1)?.label]).toEqual(['Open Tapedeck', 'Exit'])
    expect(await desk.isWindowVisible()).toBe(false)
    desk.want({ type: 'clickTray' })
    await expect.poll(desk.isWindowVisible).toBe(true)
  })
})

test('an export says where it was saved, nothing when it is wanted nowhere, and that it could not be written', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  await codexExec(home, 'worth keeping')
  const desk = asStandIn(await startDesk(home))
  const page = await desk.page()
  await page.getByRole('link', { name: /worth keeping/ }).click()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export this session' })
  const [save, said] = [dialog.getByRole('button', { name: /^Sav/ }), dialog.getByRole('status').last()]

  await save.click()
  const wanted = await dialogOf(desk)
  expect(wanted).toMatchObject({ kind: 'save', message: 'worth-keeping.html' })
  await expect(save).toBeDisabled()
  await desk.answer(wanted, 'Cancel')
  await expect(save).toBeEnabled()
  await expect(said).toHaveText('')

  await save.click()
  await desk.answer(await dialogOf(desk), 'Save', join(home.cwd, 'roses.html'))
  await expect(said).toContainText('Saved roses.html · ')
  await expect(said).toContainText(`Saved to ${home.cwd}.`)
  expect(await violationsOf(page)).toEqual([])

  desk.fillDisk()
  await save.click()
  await desk.answer(await dialogOf(desk), 'Save', '/full/roses.html')
  await expect(dialog.getByRole('alert')).toContainText('It could not be written there.')
  await expect(said).toHaveText('')
})
