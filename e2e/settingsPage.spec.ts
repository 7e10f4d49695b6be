import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { freePort } from './freePort.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, readSessions, type Server, serve } from './tapedeck.ts'

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const openSettings = async (page: Page) => {
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
}
const settingsOf = async (server: Server) => (await server.call('settings/read', {})).settings

test('codex, the terminal, the folder and the port are chosen, refused in words, and kept', async ({
  makeHome,
  openPage,
}) => {
  const home = makeHome()
  // The codex of the test is named by the environment, which is before every setting.
  const own = String(home.env.TAPEDECK_CODEX)
  const server = await serve({ ...home, env: { ...home.env, TAPEDECK_CODEX: '', PATH: String(home.env.PATH) } })
  try {
    const page = await openPage(server)
    await page.keyboard.press('Control+,')
    const codex = section(page, 'Codex')
    const path = codex.getByLabel('Use another codex')
    await path.fill('/no/such/codex')
    await path.press('Enter')
    await expect(codex.getByRole('alert')).toContainText('The path of codex in the settings')
    await codex.getByRole('button', { name: 'Look again' }).click()
    await expect(codex.getByText('None was found.')).toBeVisible()
    await path.fill(own)
    await codex.getByRole('button', { name: 'Save' }).click()
    await expect(codex.getByText('Tested', { exact: true })).toBeVisible()
    await expect(codex.getByText(own)).toBeVisible()

    const sessions = section(page, 'New sessions')
    await sessions.getByLabel('Terminal').selectOption('Another program…')
    await sessions.getByPlaceholder('kitty').fill('/no/such/terminal')
    await sessions.getByPlaceholder('kitty').press('Enter')
    await expect.poll(async () => (await settingsOf(server)).terminal).toBe('/no/such/terminal')
    await sessions.getByLabel('Default folder').fill('~/nowhere')
    await sessions.getByLabel('Default folder').press('Enter')
    await expect(sessions.getByRole('alert')).toContainText('There is no folder')
    await sessions.getByLabel('Default folder').fill(home.cwd)
    await sessions.getByLabel('Default folder').press('Enter')
    await expect.poll(async () => (await settingsOf(server)).defaultFolder).toBe(home.cwd)

    const port = section(page, 'This computer').getByLabel('Port of the proxy')
    await port.fill('80')
    await port.press('Enter')
    await expect(section(page, 'This computer').getByRole('alert')).toContainText('from 1024 to 65535')
    const wanted = await freePort()
    await port.fill(String(wanted))
    await port.press('Enter')
    await expect(section(page, 'This computer').getByText(`${wanted} is taken at the next start`)).toBeVisible()

    await page.reload()
    await expect(section(page, 'Codex').getByLabel('Use another codex')).toHaveValue(own)
    await page.keyboard.press('c')
    await expect(page.getByRole('combobox', { name: 'Folder' })).toHaveValue(home.cwd)
    await server.stop()
    const again = await serve({ ...home, env: { ...home.env, TAPEDECK_CODEX: '' } })
    expect((await again.call('app/status', {})).proxy.port).toBe(wanted)
    await again.stop()
  } finally {
    await server.stop()
  }
})

test('the theme is the system’s until somebody chooses, and then it is chosen before the first paint', async ({
  makeHome,
  openPage,
}) => {
  const home = makeHome()
  const server = await serve(home)
  try {
    const page = await openPage(server, { colorScheme: 'light' })
    const shown = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await openSettings(page)
    // What the environment names comes first, and the page says so instead of taking another wish.
    const fixed = section(page, 'Codex').getByLabel('Use another codex')
    await expect(fixed).not.toBeEditable()
    await expect(fixed).toHaveValue(String(home.env.TAPEDECK_CODEX))
    await expect(section(page, 'Codex').getByText('Set by TAPEDECK_CODEX')).toBeVisible()
    const light = await shown()
    await page.getByRole('radio', { name: 'Dark' }).click()
    await expect.poll(shown).not.toBe(light)
    const dark = await shown()
    await page.reload()
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
    expect(await shown()).toBe(dark)
    await page.getByRole('radio', { name: 'System' }).click()
    await expect.poll(shown).toBe(light)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(shown).toBe(dark)
  } finally {
    await server.stop()
  }
})

test('a rule for what is kept says first what it deletes, and spares what has a star', async ({
  makeHome,
  openPage,
}) => {
  const home = makeHome()
  const server = await serve(home)
  try {
    for (const prompt of ['first', 'second', 'third']) await codexExec(home, prompt)
    const sessions = await readSessions(home)
    const starred = sessions.find(({ title }) => title === 'second')
    await server.call('session/star', { id: String(starred?.id), isStarred: true })
    const page = await openPage(server)
    await openSettings(page)
    const recording = section(page, 'Recording')
    await expect(recording.getByRole('row', { name: /project 3/ })).toBeVisible()
    const days = recording.getByLabel('Days to keep')
    await days.fill('0')
    await expect(recording.getByRole('alert')).toContainText('whole days')
    await days.fill('30')
    await expect(recording.getByText('Nothing would be deleted now.')).toBeVisible()
    await days.fill('')
    // As small as a rule can be, and smaller than any archive with its index.
    await recording.getByLabel('Gigabytes to keep').fill('0.001')
    const { usedBytes } = await server.call('archive/size', {})
    const wouldDelete = usedBytes > 1_000_000
    await expect(
      recording.getByText(wouldDelete ? 'This deletes about' : 'Nothing would be deleted now.'),
    ).toBeVisible()
    await recording.getByRole('button', { name: 'Cancel' }).click()
    await days.fill('365')
    await recording.getByRole('button', { name: 'Save' }).click()
    await expect(recording.getByText('Saved. Nothing was deleted.')).toBeVisible()
    expect((await server.call('retention/read', {})).retention).toEqual({ maxAgeDays: 365, maxBytes: null })

    await recording.getByRole('button', { name: 'Pause recording' }).click()
    await expect(page.getByText('Recording is paused.')).toBeVisible()
    expect((await server.call('app/status', {})).isPaused).toBe(true)
  } finally {
    await server.stop()
  }
})

test('what cannot be read says so, why, and is asked for again; all else is there', async ({ openRecorded }) => {
  const { page } = await openRecorded([])
  // What the page begins with has come: without its settings it would have nothing else to show.
  await expect(page.getByRole('button', { name: /^Recorded/ })).toBeVisible()
  const broken = ['archive/size', 'retention/read', 'terminal/list', 'update/read', 'app/doctor', 'settings/read']
  let isBroken = true
  await page.route('**/api/**', (route) => {
    const method = new URL(route.request().url()).pathname.replace('/api/', '')
    if (!isBroken || !broken.includes(method)) return route.continue()
    return route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: `No ${method} today.` } } })
  })
  await openSettings(page)
  await section(page, 'Diagnostics').getByRole('button', { name: 'Check now' }).click()
  const told = {
    'archive/size': 'The size of the archive could not be read',
    'retention/read': 'How long sessions are kept could not be read',
    'terminal/list': 'The terminals of this computer could not be listed',
    'update/read': 'Updates could not be checked',
    'settings/read': 'The settings could not be read',
    'app/doctor': 'The checks could not be made',
  }
  for (const [method, title] of Object.entries(told)) {
    await expect(page.getByRole('alert').filter({ hasText: title })).toContainText(`No ${method} today.`)
  }
  expect(await violationsOf(page)).toEqual([])
  const again = page.getByRole('main').getByRole('button', { name: 'Try again' })
  await expect(again).toHaveCount(6)
  isBroken = false
  while ((await again.count()) > 0) {
    const left = await again.count()
    await again.first().click()
    await expect.poll(() => again.count()).toBeLessThan(left)
  }
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  await expect(page.getByText('Size of the archive')).toBeVisible()
  await expect(section(page, 'New sessions').getByLabel('Terminal')).toBeVisible()
})

test('settings that never came are an error with a way on, not an empty page', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const page = await openPage(await startServer(makeHome()))
  await page.route('**/api/settings/read', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: 'Not now.' } } }),
  )
  await page.reload()
  await openSettings(page)
  const failed = page.getByRole('alert').filter({ hasText: 'The settings could not be read' })
  await expect(failed).toContainText('Not now.')
  await expect(section(page, 'Codex')).toBeHidden()
  await page.unroute('**/api/settings/read')
  await failed.getByRole('button', { name: 'Try again' }).click()
  await expect(section(page, 'Codex')).toBeVisible()
  await expect(failed).toBeHidden()
})

test('a rule is not to be saved before it is known what it deletes', async ({ openRecorded }) => {
  const { page } = await openRecorded([])
  await page.route('**/api/retention/preview', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: 'Not to be counted.' } } }),
  )
  await openSettings(page)
  const recording = section(page, 'Recording')
  await recording.getByLabel('Days to keep').fill('30')
  const failed = recording.getByRole('alert')
  await expect(failed).toContainText('Not to be counted.')
  await expect(recording.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await page.unroute('**/api/retention/preview')
  await failed.getByRole('button', { name: 'Try again' }).click()
  const told = recording.getByText('Nothing would be deleted now.')
  const save = recording.getByRole('button', { name: 'Save' })
  await expect(save).toBeVisible()
  const [above, below] = [await told.boundingBox(), await save.boundingBox()]
  expect(below?.y).toBeGreaterThan(above?.y ?? Number.POSITIVE_INFINITY)
})

test('a look for a newer version that failed is an error', async ({ openRecorded }) => {
  const { page } = await openRecorded([])
  await page.route('**/api/update/read', (route) =>
    route.fulfill({
      json: { ok: true, value: { update: { state: 'failed', message: 'The network is away.' }, seq: 9e15 } },
    }),
  )
  await openSettings(page)
  const updates = section(page, 'Updates')
  await expect(updates.getByRole('alert')).toHaveText('The network is away.')
  await expect(updates.getByRole('button', { name: 'Try again' })).toBeVisible()
})

test('the data folder, the doctor and the licences', async ({ makeHome, openPage }) => {
  const home = makeHome()
  const opened = join(String(home.env.HOME), 'opened')
  const server = await serve({ ...home, env: { ...home.env, DISPLAY: ':99', ...withOpener(home.env, opened) } })
  try {
    const page = await openPage(server)
    await openSettings(page)
    await page.getByRole('button', { name: 'Open folder' }).click()
    await expect
      .poll(() => (existsSync(opened) ? readFileSync(opened, 'utf8').trim() : ''))
      .toBe(home.env.TAPEDECK_HOME)

    await page.getByRole('button', { name: 'Check now' }).last().click()
    const findings = page.getByRole('list', { name: 'Findings' })
    await expect(findings.getByRole('listitem').filter({ hasText: 'SQLite, OK' })).toBeVisible()
    await expect(findings).toContainText('Signed in, OK: with ChatGPT')
    const begins = await findings
      .getByRole('listitem')
      .locator('> span')
      .evaluateAll((texts) => [...new Set(texts.map((each) => Math.round(each.getBoundingClientRect().left)))])
    expect(begins).toHaveLength(1)
    // What the findings say to who listens has its place on the page, too: a jump to a section moves that section alone.
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Diagnostics' }).click()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeInViewport({ ratio: 1 })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy report' }).click()
    const report = await page.evaluate(() => navigator.clipboard.readText())
    expect(report).toMatch(/^Tapedeck \d+\.\d+\.\d+\nok {4}Node: /)

    await page.getByRole('button', { name: 'Show licences' }).click()
    const packages = page.getByRole('region', { name: 'Packages' })
    await page.getByLabel('Find a package').fill('react-dom')
    await packages.getByText(/^react-dom /).click()
    await expect(packages.getByText('Meta Platforms').filter({ visible: true }).first()).toBeVisible()
    // Of the desktop alone.
    await expect(page.getByRole('switch', { name: 'Start at login' })).toBeHidden()
  } finally {
    await server.stop()
  }
})

test('settings are accessible in both themes, and fit a narrow window', async ({ openRecorded }) => {
  const { page } = await openRecorded([])
  await openSettings(page)
  await expect(section(page, 'Licences')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Diagnostics' }).click()
  await expect(section(page, 'Diagnostics')).toBeInViewport()
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  const cut = await page.evaluate(
    () =>
      [...document.querySelectorAll('main *')].filter(
        (each) => each.getBoundingClientRect().right > window.innerWidth + 1,
      ).length,
  )
  expect(cut).toBe(0)
})

/** A desktop's opener that keeps what it was told to open. */
function withOpener(env: NodeJS.ProcessEnv, opened: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(String(env.HOME), 'bin-'))
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" > '${opened}'\n`, { mode: 0o755 })
  return { PATH: `${folder}:${env.PATH}` }
}
