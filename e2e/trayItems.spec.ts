import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { TrayAction } from '../main/hosts/electron/trayModel.ts'
import type { CodexHome } from './codexHome.ts'
import { type Desk, dialogOf, menuOf } from './desk/desk.ts'
import { type DeskOptions, expect, isOn, test } from './desk/deskStage.ts'
import { withTray } from './desk/withTray.ts'
import type { FakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { recordingTerminal } from './recordingTerminal.ts'
import { withSignInPort } from './signInPort.ts'
import { codexExec, execArgs, readSessions, tapedeck } from './tapedeck.ts'

interface Stage {
  fake: FakeOpenAi
  home: CodexHome
  start(env?: NodeJS.ProcessEnv, options?: DeskOptions): Promise<Desk>
}

/** Every kind of entry that the menu can have, clicked where it stands: a kind without a proof here does not compile. */
const proofs: Record<TrayAction['do'], { says: string; login?: 'none'; prove(stage: Stage): Promise<void> }> = {
  openTerminal: {
    says: 'starts codex in a recent folder, and resumes the last session in its own',
    async prove({ home, start }) {
      await codexExec(home, 'the first')
      const [first] = await readSessions(home)
      const { terminal, launchers } = recordingTerminal(home)
      const desk = await start({ TAPEDECK_TERMINAL: terminal })
      await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
      await desk.clickTray('New Codex Session in', '~')
      await expect.poll(launchers).toContain(home.cwd)
      expect(launchers()).not.toContain('resume')
      await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringContaining('Resume Last Session: “the first”'))
      await desk.clickTray('Resume Last Session')
      await expect.poll(launchers).toContain(`${first?.threads[0]?.id}`)
      expect(await desk.dialogs()).toEqual([])
    },
  },
  chooseFolder: {
    says: 'asks for a folder and starts codex in it',
    async prove({ home, start }) {
      const { terminal, launchers } = recordingTerminal(home)
      const desk = await start({ TAPEDECK_TERMINAL: terminal })
      await expect.poll(() => menuOf(desk)).toContain('  Choose Folder…')
      const other = join(String(home.env.HOME), 'other folder')
      mkdirSync(other)
      await desk.clickTray('New Codex Session in', 'Choose Folder')
      await desk.answer(await dialogOf(desk), 'Cancel')
      expect(launchers()).toBe('')
      await desk.clickTray('New Codex Session in', 'Choose Folder')
      await desk.answer(await dialogOf(desk), 'Start Codex Here', other)
      await expect.poll(launchers).toContain('other folder')
    },
  },
  show: {
    says: 'opens the window, a running session in it, the settings, and the account',
    async prove({ fake, home, start }) {
      const { goOn, held } = gate()
      fake.scenario = async () => {
        await held
        return answer(say('Done.'))
      }
      const desk = await start({}, { args: ['--hidden'] })
      await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
      expect(await desk.isWindowVisible()).toBe(false)
      await desk.clickTray('Open Tapedeck')
      await expect.poll(desk.isWindowVisible).toBe(true)
      const page = await desk.page()
      const long = codexExec(home, 'long')
      await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
      expect((await desk.tray())?.tooltip).toBe('Tapedeck: Recording 1 session')
      await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}long · .* · since/))
      await desk.clickTray('Running', 'long')
      const hushed = tapedeck(home, ['codex', '--private', ...execArgs, 'hushed'])
      await expect.poll(() => menuOf(desk)).toContain('Recording 1 session · 1 private, not recorded')
      expect(await menuOf(desk)).toContain('  1 private session, not recorded')
      expect(await menuOf(desk)).not.toContainEqual(expect.stringContaining('hushed'))
      const live = (await readSessions(home)).find(({ status }) => status === 'live')
      await isOn(page, `#/session/${live?.id}`)
      await desk.clickTray('Settings')
      await isOn(page, '#/settings')
      await desk.clickTray('Account', 'Use API Key')
      await isOn(page, '#/account')
      await expect(page.getByRole('heading', { name: 'Account' })).toBeVisible()
      goOn()
      await long
      await hushed
      await expect.poll(() => menuOf(desk)).toContain('Running')
      expect(await menuOf(desk)).toContain('Signed in as ada@example.com')
    },
  },
  signIn: {
    says: 'opens OpenAI’s page in the browser, or shows the device code in the window',
    login: 'none',
    async prove({ fake, start }) {
      const desk = await start()
      await expect.poll(() => menuOf(desk)).toContain('Signed out')
      await withSignInPort(async () => {
        await desk.clickTray('Sign In with ChatGPT')
        await expect.poll(desk.opened).toEqual([expect.stringContaining(`${fake.origins.auth}/oauth/authorize?`)])
      })
      await desk.clickTray('Account', 'Use Device Code')
      await expect((await desk.page()).getByText('Open this page in any browser')).toBeVisible()
      expect(await desk.opened()).toHaveLength(1)
    },
  },
  signOut: {
    says: 'asks whether everywhere is meant, and signs codex out',
    async prove({ home, start }) {
      const desk = await start()
      await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
      await desk.clickTray('Account', 'Sign Out')
      await desk.answer(await dialogOf(desk), 'Cancel')
      expect(await menuOf(desk)).toContain('Signed in as ada@example.com')
      await desk.clickTray('Account', 'Sign Out')
      const sure = await dialogOf(desk)
      expect(sure.detail).toContain('everywhere on this computer')
      await desk.answer(sure, 'Sign Out Everywhere')
      await expect.poll(() => menuOf(desk)).toContain('Signed out')
      expect((await tapedeck(home, ['auth', 'status'])).stdout).toContain('nobody')
    },
  },
  pause: {
    says: 'keeps nothing from now on, and the window says so',
    async prove({ home, start }) {
      const desk = await start()
      const page = await desk.page()
      await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
      await desk.clickTray('Pause Recording')
      await expect.poll(() => menuOf(desk)).toContain('Resume Recording')
      expect((await desk.tray())?.entries[0]?.label).toBe('Paused')
      await expect(page.getByText('Recording is paused.')).toBeVisible()
      await codexExec(home, 'unheard')
      expect(await readSessions(home)).toEqual([])
    },
  },
  resume: {
    says: 'records again',
    async prove({ home, start }) {
      const desk = await start()
      const page = await desk.page()
      await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
      await desk.clickTray('Pause Recording')
      await expect(page.getByText('Recording is paused.')).toBeVisible()
      await expect.poll(() => menuOf(desk)).toContain('Resume Recording')
      await desk.clickTray('Resume Recording')
      await expect(page.getByText('Recording is paused.')).toBeHidden()
      await codexExec(home, 'heard')
      expect((await readSessions(home)).map(({ title }) => title)).toEqual(['heard'])
    },
  },
  quit: {
    says: 'asks while a session runs, and ends at once where none does',
    async prove({ fake, home, start }) {
      const { goOn, held } = gate()
      fake.scenario = async () => {
        await held
        return answer(say('Done.'))
      }
      const desk = await start()
      const done = codexExec(home, 'work')
      await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
      await desk.clickTray('Quit Tapedeck')
      const dialog = await dialogOf(desk)
      expect(dialog).toMatchObject({ message: 'Quit while a session runs?', buttons: ['Quit', 'Cancel'] })
      await desk.answer(dialog, 'Cancel')
      goOn()
      expect((await done).code).toBe(0)
      expect(await desk.hasEnded()).toBe(false)
      // The launch ends a moment after its codex; until then the question is asked.
      await expect
        .poll(async () => {
          if ((await desk.dialogs()).length === 0) await desk.clickTray('Quit Tapedeck').catch(() => {})
          for (const asked of await desk.dialogs()) await desk.answer(asked, 'Quit')
          return desk.hasEnded()
        })
        .toBe(true)
      const instance = readFileSync(join(String(home.env.TAPEDECK_HOME), 'instance.json'), 'utf8')
      expect(JSON.parse(instance).pid).toBeNull()
    },
  },
}

const usesShell = new Set<string>(['openTerminal', 'chooseFolder'] satisfies TrayAction['do'][])

for (const [kind, { says, login, prove }] of Object.entries(proofs)) {
  test(`the tray, ${kind}: ${says}`, async ({ fake, makeHome, startDesk }) => {
    test.skip(usesShell.has(kind) && process.platform === 'win32', 'The terminal of this test is a shell script.')
    const home = makeHome(login === undefined ? {} : { login })
    const start: Stage['start'] = (env = {}, options = {}) =>
      startDesk(home, {
        ...options,
        env: { ...withTray(home), CODEX_APP_SERVER_LOGIN_ISSUER: fake.origins.auth, ...env },
      })
    await prove({ fake, home, start })
  })
}

test('where no terminal starts, the tray says how to do it by hand', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  await codexExec(home, 'the first')
  const desk = await startDesk(home, { env: { ...withTray(home), TAPEDECK_TERMINAL: '/no/such/terminal' } })
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
  await desk.clickTray('New Codex Session in', '~')
  const dialog = await dialogOf(desk)
  expect(dialog).toMatchObject({ message: 'The terminal did not start', buttons: ['OK', 'Copy Command'] })
  await desk.answer(dialog, 'Copy Command')
  await expect.poll(desk.copied).toEqual([expect.stringContaining('codex')])
})

test('where a recent folder is gone when it is chosen, the window asks for another one to begin in', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform === 'win32', 'The terminal of this test is a shell script.')
  const home = makeHome()
  await codexExec(home, 'the first')
  const moved = `${home.cwd}-moved`
  const { terminal, launchers } = recordingTerminal(home)
  const env = { ...withTray(home), TAPEDECK_TERMINAL: terminal }
  const desk = await startDesk({ ...home, cwd: home.folder }, { args: ['--hidden'], env })
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
  renameSync(home.cwd, moved)
  await desk.clickTray('New Codex Session in', '~')
  const page = await desk.page()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog).toContainText(/There is no folder .*project any more\./)
  expect(await desk.dialogs()).toEqual([])
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(moved)
  await page.keyboard.press('Enter')
  await expect.poll(launchers).toContain(`cd -- '${moved}'`)
  await expect(dialog).toHaveCount(0)
})

test('where the folder of the last session is gone, the window asks for another one, and the tray resumes there from then on', async ({
  makeHome,
  startDesk,
}) => {
  test.skip(process.platform === 'win32', 'The terminal of this test is a shell script.')
  const home = makeHome()
  await codexExec(home, 'the first')
  const [first] = await readSessions(home)
  const id = first?.id as string
  const moved = `${home.cwd}-moved`
  renameSync(home.cwd, moved)
  const there = { ...home, cwd: moved }
  const { terminal, launchers } = recordingTerminal(home)
  const desk = await startDesk(there, { args: ['--hidden'], env: { ...withTray(home), TAPEDECK_TERMINAL: terminal } })
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringContaining('Resume Last Session: “the first”'))
  await desk.clickTray('Resume Last Session')
  const page = await desk.page()
  const dialog = page.getByRole('dialog', { name: 'Resume in another folder' })
  await expect(dialog).toBeVisible()
  await isOn(page, `#/session/${id}`)
  expect(await desk.dialogs()).toEqual([])
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(moved)
  await page.keyboard.press('Enter')
  await expect.poll(launchers).toContain(moved)

  // What its user would say to the codex that runs there now.
  await codexExec(there, 'resume', id, 'the second')
  await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/Resume Last Session: .*project-moved$/))
  await desk.clickTray('Resume Last Session')
  await expect.poll(() => launchers().split(`cd -- '${moved}'`)).toHaveLength(3)
  expect(await desk.dialogs()).toEqual([])
})
