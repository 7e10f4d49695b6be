import { mkdirSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { violationsOf } from './axe.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { recordingTerminal } from './recordingTerminal.ts'
import { codexExec, type Server } from './tapedeck.ts'
import { openPasted } from './terminal.ts'

/** Does what the launcher says in no window at all: what the page does is the same. */
const hidden = `sh -c 'shift; "$@" >/dev/null 2>&1 </dev/null & exit 0' terminal --`

async function countLaunches(server: Server): Promise<number> {
  return (await server.call('app/status', {})).proxy.launches
}

test('a new session is started by a key, in the folder of the session that is looked at', async ({
  fake,
  openRecorded,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const { home, server, page } = await openRecorded(['the first'], { serverEnv: { TAPEDECK_TERMINAL: hidden } })
  await page.getByRole('link', { name: /the first/ }).click()
  await expect(page.getByRole('heading', { name: 'the first' })).toBeVisible()

  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog.getByRole('combobox', { name: 'Folder' })).toHaveValue(home.cwd)
  await expect(dialog.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  // Without a terminal around it codex ends at once, and its launch with it.
  await expect.poll(() => countLaunches(server)).toBe(0)
})

test('where there is no terminal, going on in a copy is a command to copy and no error; a folder that does not open says so', async ({
  fake,
  openRecorded,
}) => {
  test.skip(process.platform !== 'linux', 'There is always a terminal.')
  fake.scenario = () => answer(say('Done.'))
  const serverEnv = { DISPLAY: '', WAYLAND_DISPLAY: '', TAPEDECK_TERMINAL: '' }
  const { page } = await openRecorded(['the first'], { serverEnv })
  await page.getByRole('link', { name: /the first/ }).click()
  await page.getByRole('button', { name: /^Fork/ }).click()
  const answered = page.getByRole('main').getByRole('status').filter({ hasText: 'No terminal was found' })
  await expect(answered.locator('code')).toContainText(/codex -C \. fork [0-9a-f-]{36}$/)
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  await answered.getByRole('button', { name: 'Dismiss' }).click()
  await expect(answered).toHaveCount(0)

  await page.route('**/api/folder/open', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: 'xdg-open is not there.' } } }),
  )
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Open folder' }).click()
  await expect(page.getByRole('alert')).toContainText('The folder was not opened')
  await expect(page.getByRole('alert')).toContainText('xdg-open is not there.')
})

test('a session whose folder has been moved goes on in another one, or by the command', async ({
  fake,
  openRecorded,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const { home, server, page } = await openRecorded(['the first'], { serverEnv: { TAPEDECK_TERMINAL: hidden } })
  const moved = `${home.cwd}-moved`
  renameSync(home.cwd, moved)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: /the first/ }).click()
  await page.getByRole('button', { name: 'Resume in terminal' }).click()

  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The folder of this session is gone')
  await expect(alert).toContainText(home.cwd)
  await alert.getByRole('button', { name: 'Copy resume command' }).click()
  await expect(alert.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^codex resume [0-9a-f-]{36} -C \.$/)
  expect(await violationsOf(page)).toEqual([])

  await alert.getByRole('button', { name: 'Choose another folder…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Resume in another folder' })
  const folder = dialog.getByRole('combobox', { name: 'Folder' })
  await expect(folder).toHaveValue(home.cwd)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText(`There is no folder ${home.cwd}.`)
  await page.keyboard.press('Escape')
  await expect(alert.getByRole('button', { name: 'Choose another folder…' })).toBeFocused()
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toHaveCount(0)

  await page.getByRole('button', { name: /^Fork/ }).click()
  await expect(alert.getByRole('button', { name: 'Copy fork command' })).toBeVisible()
  await alert.getByRole('button', { name: 'Choose another folder…' }).click()
  const forking = page.getByRole('dialog', { name: 'Fork in another folder' })
  await forking.getByRole('combobox', { name: 'Folder' }).fill(moved)
  await page.keyboard.press('Enter')
  await expect(forking).toHaveCount(0)
  await expect(alert).toHaveCount(0)
  // Without a terminal around it codex ends at once, and its launch with it.
  await expect.poll(() => countLaunches(server)).toBe(0)
})

test('the resume command that is copied goes on in the folder of the session, pasted into whatever terminal, unasked', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  const home = makeHome({ project: `it's "my" $HOME \`project\`` })
  const { server, page } = await openRecorded(['the first'], { home })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: /the first/ }).click()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy resume command' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^codex resume [0-9a-f-]{36} -C '/)

  const terminal = await openPasted({ ...home, cwd: home.folder }, await copied())
  try {
    await terminal.waitFor('Heard: the first')
    await terminal.submit('the second')
    await terminal.waitFor('Heard: the second')
  } finally {
    await terminal.close()
  }
  const readAll = () => server.call('session/list', {})
  await expect.poll(async () => (await readAll()).sessions).toMatchObject([{ cwd: home.cwd, turnCount: 2 }])
  expect((await readAll()).sessions[0]).not.toHaveProperty('goesOnIn')
})

test('what is gone leads from the palette and from a row to where another folder is chosen; once it went on there, it goes on there', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  test.skip(process.platform === 'win32', 'The terminal of this test is a shell script.')
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  const { terminal, launchers } = recordingTerminal(home)
  const { page } = await openRecorded(['the first', 'the last'], { home, serverEnv: { TAPEDECK_TERMINAL: terminal } })
  const moved = `${home.cwd}-moved`
  renameSync(home.cwd, moved)
  const row = page.getByRole('link', { name: /the first/ })
  const dialog = page.getByRole('dialog', { name: 'Resume in another folder' })
  const folder = dialog.getByRole('combobox', { name: 'Folder' })
  const fromPalette = async (name: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(name)
    await untilFound(page)
    await page.getByRole('option', { name }).click()
  }

  await page.keyboard.press('u')
  await expect(page.getByRole('heading', { name: 'Usage' })).toBeVisible()
  await fromPalette('Resume the last session')
  await expect(dialog).toContainText(`There is no folder ${home.cwd} any more.`)
  await expect(folder).toBeFocused()
  expect(await violationsOf(page, { within: '[role=dialog]' })).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'the last' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Resume in terminal' })).toBeFocused()
  // Asked once: a reload does not ask again.
  expect(page.url()).toMatch(/#\/session\/[0-9a-f-]{36}$/)

  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Fork in terminal' }).click()
  await expect(page.getByRole('dialog', { name: 'Fork in another folder' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'the first' })).toBeVisible()
  await fromPalette('Resume in terminal')
  await folder.fill(moved)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)

  // What its user would say to the codex that runs there now.
  const id = /session\/([^/?]+)/.exec(page.url())?.[1] as string
  await codexExec({ ...home, cwd: moved }, 'resume', id, 'the second')
  const wentOn = (times: number) =>
    expect.poll(() => launchers().split(`cd -- '${moved}'`).length - 1, { message: `times ${times}` }).toBe(times)
  await wentOn(1)
  await page.getByRole('button', { name: `Resume in terminal, in ${moved}` }).click()
  await wentOn(2)
  await fromPalette('Resume in terminal')
  await wentOn(3)
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Resume in terminal' }).click()
  await wentOn(4)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(dialog).toHaveCount(0)
})

test('a folder that is gone is not offered for a new session; where it goes after that, another one is asked for', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  test.skip(process.platform === 'win32', 'The terminal of this test is a shell script.')
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  const { terminal, launchers } = recordingTerminal(home)
  const other = `${home.cwd}-other`
  mkdirSync(other)
  const { page } = await openRecorded(['the first'], { home, serverEnv: { TAPEDECK_TERMINAL: terminal } })
  await codexExec({ ...home, cwd: other }, 'the second')
  const offerOf = (folder: string) =>
    page.getByRole('option').filter({ has: page.getByText(`New session in ${basename(folder)}`, { exact: true }) })
  const [here, there] = [offerOf(home.cwd), offerOf(other)]
  await page.keyboard.press('Control+k')
  await expect(here).toBeVisible()
  await expect(there).toBeVisible()
  await page.keyboard.press('Escape')

  const moved = `${home.cwd}-moved`
  renameSync(home.cwd, moved)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('new session in')
  await untilFound(page)
  await expect(there).toBeVisible()
  await expect(here).toHaveCount(0)

  renameSync(other, `${other}-moved`)
  await there.click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog).toContainText(`There is no folder ${other} any more.`)
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toHaveCount(0)
  expect(await violationsOf(page, { within: '[role=dialog]' })).toEqual([])
  const folder = dialog.getByRole('combobox', { name: 'Folder' })
  await expect(folder).toBeFocused()
  await folder.fill(moved)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect.poll(launchers).toContain(`cd -- '${moved}'`)

  await page.keyboard.press('c')
  await expect(dialog).toBeVisible()
  await expect(dialog).not.toContainText('any more')
})

test('a terminal that does not start is said where it was asked for, accessible in both themes and at any width', async ({
  fake,
  openRecorded,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const { page } = await openRecorded(['the first'], { serverEnv: { TAPEDECK_TERMINAL: '/no/such/terminal' } })
  await page.getByRole('link', { name: /the first/ }).click()
  await page.getByRole('button', { name: 'Resume in terminal' }).click()
  await expect(page.getByRole('alert')).toContainText('terminal is not at /no/such/terminal.')
  await expect(page.getByRole('alert').locator('code')).toContainText(/codex -C \. resume [0-9a-f-]{36}$/)
  await expect(page.getByRole('button', { name: 'Copy the command' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Dismiss' }).click()

  await page.getByRole('button', { name: /^New/ }).click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog.getByText('It is what you chose.')).toBeVisible()
  const folder = dialog.getByRole('combobox', { name: 'Folder' })
  const given = await folder.inputValue()
  await folder.fill('/no/such/folder')
  // A list of nothing is none: it would be told as a list with a sentence in it.
  await expect(dialog.getByText('No recent folder fits.')).toBeVisible()
  await expect(dialog.getByRole('listbox')).toHaveCount(0)
  expect(await violationsOf(page, { within: '[role=dialog]' })).toEqual([])
  await dialog.getByRole('button', { name: 'Start Codex' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(
    'There is no folder /no/such/folder. Make it, or choose another one.',
  )
  await expect(folder).toBeFocused()
  await folder.fill(given)
  await expect(dialog.getByRole('alert')).toBeHidden()
  await dialog.getByRole('button', { name: 'Start Codex' }).click()
  await expect(dialog.getByRole('alert').locator('code')).toContainText(/ codex$/)
  expect(await violationsOf(page)).toEqual([])
  for (const width of [1024, 640, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect({ width, overflow }).toEqual({ width, overflow: 0 })
  }
})
