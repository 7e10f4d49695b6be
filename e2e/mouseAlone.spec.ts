import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { deriveSample, writeSample } from './everyPage/sampleArchive.ts'
import { sample } from './everyPage/sampleConversations.ts'
import { test as base, expect } from './pageStage.ts'
import type { Server } from './tapedeck.ts'

/** Sessions are chosen, and what they offer is reached, without a key; the same menu without a mouse. */

const test = base.extend<{ server: Server }>({
  server: async ({ makeHome, startServer }, use) => {
    const home = makeHome()
    writeSample(String(home.env.TAPEDECK_HOME))
    const server = await startServer(home)
    await deriveSample(server)
    await use(server)
  },
})

const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
const links = (page: Page) => list(page).locator('li[data-key] > a')
const boxes = (page: Page) => list(page).getByRole('checkbox')
const chosen = (page: Page) => page.getByRole('region', { name: 'Selected sessions' })
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name, exact: true })
const titles = (page: Page) => page.getByRole('menuitem').allTextContents()

async function openList(page: Page, server: Server) {
  await page.goto(`${new URL(server.ui).origin}/#/sessions`)
  await expect(links(page).nth(2)).toBeVisible()
}

test('a box appears where the mouse is, stays while some are chosen, and Shift takes all between', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await openList(page, server)
  await expect(boxes(page)).toHaveCount(0)

  await links(page).nth(0).hover()
  await expect(boxes(page)).toHaveCount(1)
  await boxes(page).click()
  await expect(chosen(page)).toContainText('1 session')
  const rows = await links(page).count()
  await expect(boxes(page)).toHaveCount(rows)
  await expect(boxes(page).nth(0)).toBeChecked()

  await boxes(page)
    .nth(2)
    .click({ modifiers: ['Shift'] })
  await expect(chosen(page)).toContainText('3 sessions')
  await boxes(page).nth(1).click()
  await expect(chosen(page)).toContainText('2 sessions')
  // The keys of the list go on from the box.
  await page.keyboard.press('x')
  await expect(chosen(page)).toContainText('3 sessions')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(chosen(page)).toBeHidden()
})

test('a right click offers what can be done with that session', async ({ server, openPage }) => {
  const page = await openPage(server)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openList(page, server)
  const row = list(page).locator(`li[data-key="${sample.main.sessionId}"] > a`)

  await row.click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'Actions for this session' })).toBeVisible()
  expect(await titles(page)).toEqual([
    'Open',
    'Select',
    'Resume in terminal',
    'Fork in terminal',
    'Rename',
    'Star',
    'Tag',
    'Add a note',
    'Copy resume command',
    'Copy session id',
    'Open folder',
    'Export…',
    'Delete',
  ])
  expect(await violationsOf(page)).toEqual([])
  await item(page, 'Copy resume command').click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `codex resume ${sample.main.sessionId} -C /home/ada/signin`,
  )

  await row.click({ button: 'right' })
  await item(page, 'Star').click()
  await expect(row.getByLabel('starred')).toBeVisible()
  await row.click({ button: 'right' })
  await item(page, 'Export…').click()
  await expect(page.getByRole('dialog', { name: 'Export this session' })).toBeVisible()
  await page.keyboard.press('Escape')

  for (const [action, field] of [
    ['Tag', 'New tag'],
    ['Add a note', 'Note'],
    ['Rename', 'Title of the session'],
  ] as const) {
    await openList(page, server)
    await row.click({ button: 'right' })
    await item(page, action).click()
    await expect(page.getByRole('main').getByLabel(field, { exact: true })).toBeFocused()
    await page.keyboard.press('Escape')
  }

  await openList(page, server)
  await row.click({ button: 'right' })
  await item(page, 'Delete').click()
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(row).toBeVisible()
})

test('with several chosen, the menu of one of them is about all; of another about that one', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await openList(page, server)
  await links(page).nth(0).hover()
  await boxes(page).click()
  await boxes(page).nth(1).click()

  await links(page).nth(2).click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'Actions for this session' })).toBeVisible()
  await page.keyboard.press('Escape')
  await links(page).nth(1).click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'Actions for the selected sessions' })).toBeVisible()
  expect(await titles(page)).toEqual(['Open', 'Deselect', 'Star them', 'Tag them', 'Export them', 'Delete them'])
  await item(page, 'Tag them').click()
  await expect(chosen(page).getByLabel('New tag')).toBeFocused()
  await page.keyboard.type('both')
  await page.keyboard.press('Enter')
  await expect(list(page).getByText('#both')).toHaveCount(2)
})

test('the keyboard has the menu too, and gets its row back', async ({ server, openPage }) => {
  const page = await openPage(server)
  await openList(page, server)
  for (const key of ['Shift+F10', 'm']) {
    await links(page).nth(1).focus()
    await page.keyboard.press(key)
    await expect(page.getByRole('menu', { name: 'Actions for this session' })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(links(page).nth(1)).toBeFocused()
  }
})

test('the menu is seen whole wherever it is opened', async ({ server, openPage }) => {
  const page = await openPage(server, { width: 390 })
  await openList(page, server)
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 })
    for (const x of [50, width / 2 - 20, width / 2 + 20, width - 40]) {
      await links(page)
        .nth(1)
        .click({ button: 'right', position: { x, y: 20 } })
      await expect(page.getByRole('menu')).toBeInViewport({ ratio: 1 })
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
    }
  }
})

test('a long press opens the menu, which chooses the first; then a tap on a box is enough', async ({
  server,
  browser,
}) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(server.ui)
  await openList(page, server)
  const at = await links(page).nth(1).boundingBox()
  const point = { x: (at?.x ?? 0) + 120, y: (at?.y ?? 0) + 20 }
  const cdp = await context.newCDPSession(page)
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  await expect(page.getByRole('menu', { name: 'Actions for this session' })).toBeVisible()
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await item(page, 'Select').tap()
  await expect(chosen(page)).toContainText('1 session')
  await boxes(page).nth(0).tap()
  await expect(chosen(page)).toContainText('2 sessions')
  await context.close()
})
