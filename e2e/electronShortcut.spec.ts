import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { asStandIn, expect, test } from './desk/deskStage.ts'
import { withTray } from './desk/withTray.ts'
import { eventually, serve } from './tapedeck.ts'

const openSettings = async (page: Page) => {
  await page.getByRole('link', { name: 'Settings' }).click()
  return page.getByRole('region', { name: 'Appearance' })
}

test('the keys that open the window from everywhere are chosen by pressing them, refused in words, removed, and kept', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const stored = () => JSON.parse(readFileSync(join(String(home.env.TAPEDECK_HOME), 'settings.json'), 'utf8'))
  const desk = asStandIn(await startDesk(home, { env: withTray(home) }))
  const page = await desk.page()
  const section = await openSettings(page)
  await expect(section.getByText('None', { exact: true })).toBeVisible()
  const acceleratorOf = async () =>
    (await desk.tray())?.entries.find(({ label }) => label === 'Open Tapedeck')?.accelerator

  await section.getByRole('button', { name: 'Choose keys' }).focus()
  await page.keyboard.press('Enter')
  const field = section.getByRole('textbox', { name: 'New keys' })
  await expect(field).toBeFocused()
  await page.keyboard.down('Control')
  await expect(field).toHaveValue('Ctrl+')
  // A key of the window, which does not hear it now.
  await page.keyboard.press('k')
  await expect(field).toHaveValue('Ctrl+')
  await page.keyboard.up('Control')
  await expect(field).toHaveValue('')
  await expect(section.getByRole('alert')).toContainText('Hold two keys')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(section.getByRole('button', { name: 'Choose keys' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+KeyT')
  await expect(section.getByText('Ctrl+Alt+T', { exact: true })).toBeVisible()
  await expect(section.getByRole('alert')).toBeHidden()
  await expect(section.getByRole('button', { name: 'Change keys' })).toBeFocused()
  expect(stored().globalShortcut).toBe('Control+Alt+T')
  await expect.poll(acceleratorOf).toBe('Control+Alt+T')

  desk.want({ type: 'takeKeys', keys: 'Control+Alt+F5' })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+F5')
  await expect(section.getByRole('alert')).toContainText('The system did not grant these keys')
  await expect(section.getByRole('alert')).toContainText('The earlier ones go on working')
  await expect(section.getByText('Ctrl+Alt+T', { exact: true })).toBeVisible()
  expect(stored().globalShortcut).toBe('Control+Alt+T')
  expect(await violationsOf(page)).toEqual([])

  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  desk.want({ type: 'pressKeys', keys: 'Control+Alt+T' })
  await expect.poll(desk.isWindowVisible).toBe(true)

  await section.getByRole('button', { name: 'Remove keys' }).click()
  await expect(section.getByText('None', { exact: true })).toBeVisible()
  await expect.poll(acceleratorOf).toBeUndefined()
  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  desk.want({ type: 'pressKeys', keys: 'Control+Alt+T' })
  // An answer of the same pipe: the keys before it did nothing.
  await desk.countTimers()
  expect(await desk.isWindowVisible()).toBe(false)
})

test('macOS has keys of its own to begin with, and goes back to them', async ({ makeHome, startDesk }) => {
  const home = makeHome()
  const env = { TAPEDECK_STAND_IN_PLATFORM: 'darwin' }
  const desk = asStandIn(await startDesk(home, { env, args: ['--hidden'] }))
  await eventually(desk.tray, (tray) => tray !== null)
  desk.want({ type: 'pressKeys', keys: 'Alt+Command+T' })
  await expect.poll(desk.isWindowVisible).toBe(true)
  const section = await openSettings(await desk.page())
  await section.getByRole('button', { name: 'Remove keys' }).click()
  await expect(section.getByText('None', { exact: true })).toBeVisible()
  await section.getByRole('button', { name: 'Use the default' }).click()
  await expect(section.getByRole('button', { name: 'Remove keys' })).toBeVisible()
  await expect(section.getByRole('button', { name: 'Use the default' })).toBeHidden()
  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  desk.want({ type: 'pressKeys', keys: 'Alt+Command+T' })
  await expect.poll(desk.isWindowVisible).toBe(true)
})

test('keys that another program had before the start are said not to work, until others are chosen', async ({
  makeHome,
  startDesk,
}) => {
  const home = makeHome()
  const env = { TAPEDECK_STAND_IN_PLATFORM: 'darwin', TAPEDECK_STAND_IN_TAKEN_KEYS: 'Alt+Command+T' }
  const desk = asStandIn(await startDesk(home, { env }))
  const section = await openSettings(await desk.page())
  await expect(section.getByRole('alert')).toContainText('The system does not grant these keys')
  await section.getByRole('button', { name: 'Change keys' }).click()
  await section.getByRole('textbox', { name: 'New keys' }).press('Control+Alt+Digit9')
  await expect(section.getByRole('textbox', { name: 'New keys' })).toBeHidden()
  await expect(section.getByRole('alert')).toBeHidden()
  await desk.closeWindow()
  await expect.poll(desk.isWindowVisible).toBe(false)
  desk.want({ type: 'pressKeys', keys: 'Control+Alt+9' })
  await expect.poll(desk.isWindowVisible).toBe(true)
})

test('a page in the browser, which has no keys of the whole computer, offers none', async ({ makeHome, openPage }) => {
  const server = await serve(makeHome())
  try {
    const page = await openPage(server)
    const section = await openSettings(page)
    await expect(section.getByText('Keyboard shortcuts')).toBeVisible()
    await expect(section.getByText('from everywhere')).toHaveCount(0)
  } finally {
    await server.stop()
  }
})
