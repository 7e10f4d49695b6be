import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { CodexHome } from './codexHome.ts'
import { type Desk, readMenu } from './desk/desk.ts'
import { asStandIn, expect, isOn, runsOn, test } from './desk/deskStage.ts'
import { withTray } from './desk/withTray.ts'
import { answer, paced, run, say } from './fakeOpenAi/scenario.ts'
import { codexExec, eventually, readSessions, tapedeck } from './tapedeck.ts'

// Once, and not in each worker.
if (process.env.TEST_WORKER_INDEX === undefined) console.log(`The desktop application runs on ${runsOn}.`)

const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
const menuOf = async (desk: Desk) => readMenu((await desk.tray())?.entries ?? [])
const read = (home: CodexHome, name: string) => readFileSync(join(String(home.env.TAPEDECK_HOME), name), 'utf8')

const dialogOf = async (desk: Desk) => {
  const [dialog] = await eventually(desk.dialogs, (all) => all.length > 0)
  return dialog as NonNullable<typeof dialog>
}

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

test('a notification leads to the session that it tells of', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  const desk = await startDesk(home, { env: withTray(home), args: ['--hidden'] })
  await eventually(desk.tray, (tray) => tray !== null)
  expect(await desk.isWindowVisible()).toBe(false)
  await codexExec(home, 'while hidden')
  const [notice] = await eventually(desk.notifications, (all) => all.length > 0)
  await desk.clickNotification(notice?.id ?? 0)
  const [session] = await readSessions(home)
  await isOn(await desk.page(), `#/session/${session?.id}`)
  await expect(conversation(await desk.page())).toBeVisible()
})

test('a second start brings the window to the front, and a deep link in it opens its session', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const desk = await startDesk(home, { env: withTray(home) })
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

test('the tray tells of the state, and each of its entries does what it says', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const desk = await startDesk(home, {
    env: { ...withTray(home), CODEX_APP_SERVER_LOGIN_ISSUER: fake.origins.auth },
  })
  const page = await desk.page()
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  fake.scenario = async ({ prompt }) => {
    if (prompt === 'long') await held
    return answer(say('Done.'))
  }
  await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
  await codexExec(home, 'short')
  const long = codexExec(home, 'long')
  await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
  expect((await desk.tray())?.tooltip).toBe('Tapedeck: Recording 1 session')

  const live = (await readSessions(home)).find(({ status }) => status === 'live')
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}long · .* · since/))
  await desk.clickTray('Running', 'long')
  await isOn(page, `#/session/${live?.id}`)
  await desk.clickTray('Settings')
  await isOn(page, '#/settings')
  await desk.clickTray('Account', 'Use API Key')
  await isOn(page, '#/account')
  await expect(page.getByRole('heading', { name: 'Account' })).toBeVisible()
  goOn()
  await long
  await expect.poll(() => menuOf(desk)).not.toContain('Recording 1 session')

  await desk.clickTray('Pause Recording')
  await expect.poll(() => menuOf(desk)).toContain('Resume Recording')
  expect((await desk.tray())?.entries[0]?.label).toBe('Paused')
  await expect(page.getByText('Recording is paused.')).toBeVisible()
  await codexExec(home, 'unheard')
  expect((await readSessions(home)).map(({ title }) => title)).not.toContain('unheard')
  await desk.clickTray('Resume Recording')
  await expect(page.getByText('Recording is paused.')).toBeHidden()

  await desk.clickTray('Account', 'Sign Out')
  await desk.answer(await dialogOf(desk), 'Cancel')
  await desk.clickTray('Account', 'Sign Out')
  const sure = await dialogOf(desk)
  expect(sure.detail).toContain('everywhere on this computer')
  await desk.answer(sure, 'Sign Out Everywhere')
  await expect.poll(() => menuOf(desk)).toContain('Signed out')
  expect((await tapedeck(home, ['auth', 'status'])).stdout).toContain('nobody')

  await desk.clickTray('Account', 'Sign In with ChatGPT')
  await desk.clickTray('Account', 'Use Device Code')
  await expect(page.getByText('Open this page in any browser')).toBeVisible()
  await desk.clickTray('Quit Tapedeck')
  await expect.poll(desk.hasEnded).toBe(true)
})

test('the tray starts and resumes codex in a terminal, and says how to do it by hand where none starts', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform === 'win32', 'The terminal of this test is a shell script.')
  const home = makeHome()
  await codexExec(home, 'the first')
  const [first] = await readSessions(home)
  const seen = join(String(home.env.HOME), 'launchers')
  writeFileSync(seen, '')
  // A terminal without a window, which keeps what it was told to run.
  const terminal = `sh -c 'shift; for last; do :; done; cat "$last" >> ${seen}; "$@" >/dev/null 2>&1 </dev/null & exit 0' terminal --`
  const desk = await startDesk(home, { env: { ...withTray(home), TAPEDECK_TERMINAL: terminal } })
  const launchers = () => readFileSync(seen, 'utf8')
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
  await desk.clickTray('New Codex Session in', '~')
  await expect.poll(launchers).toContain(home.cwd)
  expect(launchers()).not.toContain('resume')
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringContaining('Resume Last Session: “the first”'))
  await desk.clickTray('Resume Last Session')
  await expect.poll(launchers).toContain(`${first?.threads[0]?.id}`)

  const other = join(String(home.env.HOME), 'other folder')
  mkdirSync(other)
  await desk.clickTray('New Codex Session in', 'Choose Folder')
  const choice = await dialogOf(desk)
  await desk.answer(choice, 'Start Codex Here', other)
  await expect.poll(launchers).toContain('other folder')
  expect(await desk.dialogs()).toEqual([])
  await desk.stop('SIGKILL')

  const lost = await startDesk(home, { env: { ...withTray(home), TAPEDECK_TERMINAL: '/no/such/terminal' } })
  await expect.poll(() => menuOf(lost)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
  await lost.clickTray('New Codex Session in', '~')
  const dialog = await dialogOf(lost)
  expect(dialog).toMatchObject({ message: 'The terminal did not start', buttons: ['OK', 'Copy Command'] })
  await lost.answer(dialog, 'Copy Command')
  await expect.poll(lost.copied).toEqual([expect.stringContaining('codex')])
})

test('signing in from the tray opens the page of OpenAI in the browser, and nothing else is opened unasked', async ({
  fake,
  makeHome,
  startDesk,
}) => {
  const home = makeHome({ login: 'none' })
  const desk = await startDesk(home, {
    env: { ...withTray(home), CODEX_APP_SERVER_LOGIN_ISSUER: fake.origins.auth },
  })
  await expect.poll(() => menuOf(desk)).toContain('Signed out')
  await desk.clickTray('Sign In with ChatGPT')
  await expect.poll(desk.opened).toEqual([expect.stringContaining(`${fake.origins.auth}/oauth/authorize?`)])

  const page = await desk.page()
  await page.evaluate(() => window.open('https://example.com/a?b', '_blank', 'noopener'))
  const dialog = await dialogOf(desk)
  expect(dialog).toMatchObject({
    message: 'Open example.com?',
    detail: expect.stringContaining('https://example.com/a?b'),
  })
  await desk.answer(dialog, 'Cancel')
  expect(await desk.opened()).toHaveLength(1)
  await page.evaluate(() => window.open('https://example.com/a?b', '_blank', 'noopener'))
  await desk.answer(await dialogOf(desk), 'Open in Browser')
  await expect.poll(async () => (await desk.opened()).at(-1)).toBe('https://example.com/a?b')
})

test('quitting asks while a session runs', async ({ fake, makeHome, startDesk }) => {
  const home = makeHome()
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  fake.scenario = async () => {
    await held
    return answer(say('Done.'))
  }
  const desk = await startDesk(home, { env: withTray(home) })
  const done = codexExec(home, 'work')
  await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
  await desk.clickTray('Quit Tapedeck')
  const dialog = await dialogOf(desk)
  expect(dialog).toMatchObject({ message: 'Quit while a session runs?', buttons: ['Quit', 'Cancel'] })
  await desk.answer(dialog, 'Cancel')
  goOn()
  expect((await done).code).toBe(0)
  expect(await desk.hasEnded()).toBe(false)
  await expect
    .poll(async () => {
      if ((await desk.dialogs()).length === 0) await desk.clickTray('Quit Tapedeck').catch(() => {})
      for (const asked of await desk.dialogs()) await desk.answer(asked, 'Quit')
      return desk.hasEnded()
    })
    .toBe(true)
  expect(JSON.parse(read(home, 'instance.json')).pid).toBeNull()
})

test('a page that crashes is loaded again, where it was', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  const desk = await startDesk(home, { env: withTray(home) })
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
  fake.scenario = ({ step }) =>
    step === 1 ? answer(run('sleep 1')) : paced(answer(say('the end of it, which comes in time. '.repeat(8))), 250)
  const first = await startDesk(home, { env: withTray(home) })
  const done = codexExec(home, 'go on')
  await expect.poll(() => menuOf(first)).toContain('Recording 1 session')
  const { proxyPort } = JSON.parse(read(home, 'instance.json'))
  await first.stop('SIGKILL')
  const second = await startDesk(home, { env: withTray(home) })
  expect(JSON.parse(read(home, 'instance.json')).proxyPort).toBe(proxyPort)
  const { code, stdout } = await done
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('the end of it') })
  await expect.poll(() => menuOf(second)).not.toContain('Recording 1 session')
  const [session] = await readSessions(home)
  expect(session?.title).toBe('go on')
})

test('the window remembers its place', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  const desk = await startDesk(home, { env: withTray(home) })
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

test('where nothing shows a tray the window does not hide, and its end is that of the application', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform !== 'linux', 'The other systems always have a tray.')
  const home = makeHome()
  writeFileSync(join(String(home.env.HOME), 'gdbus'), '#!/bin/sh\necho "(false,)"\n', { mode: 0o755 })
  const desk = await startDesk(home, { env: { PATH: `${home.env.HOME}:${home.env.PATH}` }, args: ['--hidden'] })
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

test.describe('the window is shut in', () => {
  test('only the top frame of our page may call the app', async ({ makeHome, startDesk }) => {
    const home = makeHome()
    const desk = await startDesk(home, { env: withTray(home) })
    const own = { url: 'tapedeck-app://window/', isTop: true }
    expect(await desk.callFrom(own, 'app/status')).toMatchObject({ ok: true })
    for (const frame of [
      { ...own, isTop: false },
      { url: 'https://evil.example/', isTop: true },
      { url: 'tapedeck-app://window.evil.example/', isTop: true },
      { url: 'about:blank', isTop: true },
      { url: 'file:///tapedeck-app://window/', isTop: true },
    ]) {
      await expect(desk.callFrom(frame, 'app/status')).rejects.toThrow('Not for this page.')
    }
    const unknown = await desk.callFrom(own, '__proto__')
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknownMethod' } })
  })

  test('the page cannot leave itself, embed another, run what was not built with it, or reach the network', async ({
    makeHome,
    startDesk,
  }) => {
    const home = makeHome()
    const desk = await startDesk(home, { env: withTray(home) })
    const page = await desk.page()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))
    for (const address of ['https://example.com/', 'file:///etc/passwd', 'tapedeck-app://window/other']) {
      await page.evaluate((to) => void location.assign(to), address)
    }
    const outcome = await page.evaluate(async () => {
      const outside = await fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      )
      const script = document.createElement('script')
      script.textContent = 'window.isPwned = true'
      document.body.append(script)
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
      const globals = ['require', 'process', 'ipcRenderer', 'module'].filter((name) => name in window)
      const isEvalRefused = await new Promise<boolean>((resolve) => {
        // Not at once: what a debugger runs may do more than the page.
        setTimeout(() => {
          try {
            resolve(new Function('return false')())
          } catch {
            resolve(true)
          }
        })
      })
      return {
        outside,
        isPwned: 'isPwned' in window,
        globals,
        isEvalRefused,
        bridge: Object.keys(Reflect.get(window, 'tapedeck') ?? {}),
      }
    })
    expect(outcome).toEqual({
      outside: 'refused',
      isPwned: false,
      globals: [],
      isEvalRefused: true,
      bridge: ['call', 'onNotify'],
    })
    expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    expect(await desk.opened()).toEqual([])
  })

  test('of the disk the page gets what was built with it, under a strict policy', async ({ makeHome, startDesk }) => {
    const home = makeHome()
    const desk = asStandIn(await startDesk(home, { env: withTray(home) }))
    const index = await desk.fetch('tapedeck-app://window/')
    expect(index).toMatchObject({ status: 200 })
    const policy = index?.headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-')
    for (const path of [
      '/../main/electron.js',
      '/%2e%2e/main/electron.js',
      '/..%2fmain%2felectron.js',
      '/..%5cmain%5celectron.js',
      '/%00',
      '/%',
      '//etc/passwd',
      '/nothing.js',
    ]) {
      expect({ path, status: (await desk.fetch(`tapedeck-app://window${path}`))?.status }).toEqual({
        path,
        status: 404,
      })
    }
    expect(await desk.fetch('tapedeck-app://other/')).toMatchObject({ status: 404 })
    for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'ws://127.0.0.1:1/']) {
      expect({ url, file: await desk.fetch(url) }).toEqual({ url, file: null })
    }
  })

  test('of all permissions the page has the one to copy a text', async ({ makeHome, startDesk }) => {
    const home = makeHome()
    const desk = asStandIn(await startDesk(home, { env: withTray(home) }))
    const own = 'tapedeck-app://window/'
    expect(await desk.askPermission('clipboard-sanitized-write', own, true)).toEqual([true, true])
    expect(await desk.askPermission('clipboard-sanitized-write', 'https://evil.example/', true)).toEqual([false, false])
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'hid',
    ]) {
      expect({ permission, answers: await desk.askPermission(permission, own, true) }).toEqual({
        permission,
        answers: [false, false],
      })
    }
  })
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
    const tray = await eventually(desk.tray, (shown) => shown !== null)
    expect(tray?.image).toBe('idle.png')
    expect([tray?.entries[0]?.label, tray?.entries.at(-1)?.label]).toEqual(['Open Tapedeck', 'Exit'])
    expect(await desk.isWindowVisible()).toBe(false)
    desk.want({ type: 'clickTray' })
    await expect.poll(desk.isWindowVisible).toBe(true)
  })
})
