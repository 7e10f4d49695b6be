import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { inspector } from './conversationView.ts'
import { deriveSample, writeSample } from './everyPage/sampleArchive.ts'
import { sample } from './everyPage/sampleConversations.ts'
import { test as base, expect } from './pageStage.ts'
import type { Server } from './tapedeck.ts'

const test = base.extend<{ server: Server }>({
  server: async ({ makeHome, startServer }, use) => {
    const home = makeHome()
    writeSample(String(home.env.TAPEDECK_HOME))
    const server = await startServer(home)
    await deriveSample(server)
    await use(server)
  },
})

const bar = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const places = (page: Page) => bar(page).locator('a, button')
const sheet = (page: Page) => page.getByRole('dialog', { name: 'More' })
const go = (page: Page, server: Server, route: string) => page.goto(`${new URL(server.ui).origin}/#${route}`)

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a phone has a few places with their names, and the rest behind More (${colorScheme})`, async ({
    server,
    openPage,
  }) => {
    const page = await openPage(server, { width: 390, colorScheme })
    await go(page, server, '/sessions')
    // 195: as much as a window of 390 has at 200 %.
    for (const width of [390, 320, 195]) {
      await page.setViewportSize({ width, height: 800 })
      await expect(places(page)).toHaveCount(5)
      await expect(places(page)).toHaveText([/^Live/, /^Sessions/, 'Search', /^Account/, 'More'])
      for (const place of await places(page).all()) {
        const box = await place.boundingBox()
        expect(box?.height).toBeGreaterThanOrEqual(44)
        if (width > 195) expect(box?.width).toBeGreaterThanOrEqual(44)
        await expect(place.locator('span').first()).toBeVisible()
        const isCut = await place.evaluate((element) =>
          [...element.querySelectorAll('span')].some(
            (label) => label.clientWidth > 1 && label.scrollWidth > label.clientWidth,
          ),
        )
        if (width > 195) expect(isCut).toBe(false)
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
    await page.setViewportSize({ width: 320, height: 800 })
    await bar(page).getByRole('button', { name: 'More' }).focus()
    await page.keyboard.press('Enter')
    await expect(sheet(page).getByRole('button', { name: 'New session' })).toBeFocused()
    for (const name of ['Starred', 'Usage', 'Settings']) {
      const link = sheet(page).getByRole('link', { name })
      await expect(link).toBeVisible()
      expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
    await expect(
      sheet(page)
        .getByText(/^\d+ of \d+|ecorded/)
        .first(),
    ).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(bar(page).getByRole('button', { name: 'More' })).toBeFocused()
    await page.keyboard.press('Enter')
    await sheet(page).getByRole('link', { name: 'Usage' }).press('Enter')
    await expect(sheet(page)).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible()
  })
}

test('an address of an item puts the inspector aside where it would cover it', async ({ server, openPage }) => {
  const { turns } = await server.call('session/read', { id: sample.main.sessionId })
  const [turn] = turns
  const item = turn?.items.find(({ type }) => type === 'assistantMessage')
  const main = `/session/${sample.main.sessionId}`
  const page = await openPage(server, { width: 390 })
  await go(page, server, main)
  await page.getByRole('button', { name: 'Inspector' }).click()
  await expect(inspector(page)).toBeVisible()
  await go(page, server, `${main}/turn/${turn?.id}/item/${item?.id}`)
  await expect(inspector(page)).toBeHidden()
  await expect(page.locator(`[data-item="${item?.id}"]`)).toBeVisible()

  // Where there is room for both it stays.
  await page.setViewportSize({ width: 1440, height: 900 })
  await go(page, server, main)
  await page.getByRole('button', { name: 'Inspector' }).click()
  await expect(inspector(page)).toBeVisible()
  await go(page, server, `${main}/turn/${turn?.id}/item/${item?.id}`)
  await expect(page.locator(`[data-item="${item?.id}"]`)).toBeVisible()
  await expect(inspector(page)).toBeVisible()
})

test('on a phone a tag and a note are in the menu until there are some', async ({ server, openPage }) => {
  const page = await openPage(server, { width: 390 })
  await go(page, server, `/session/${sample.main.sessionId}`)
  const tags = page.getByRole('main').getByRole('list', { name: 'Tags' })
  const more = page.getByRole('main').getByRole('button', { name: 'More', exact: true })
  await expect(more).toBeVisible()
  await expect(tags).toBeHidden()
  await more.press('Enter')
  await page.getByRole('menuitem', { name: 'Tag', exact: true }).press('Enter')
  await expect(page.getByLabel('New tag')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(tags).toBeHidden()
  await expect(more).toBeFocused()

  await page.keyboard.press('#')
  await page.keyboard.type('later')
  await page.keyboard.press('Enter')
  await expect(tags).toContainText('#later')
  await more.press('Enter')
  await page.getByRole('menuitem', { name: 'Add a note' }).press('Enter')
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused()
})
