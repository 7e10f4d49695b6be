import type { Page, WebSocketRoute } from '@playwright/test'
import type { Update } from '../contract/domain/update.ts'
import { violationsOf } from './axe.ts'
import { expect, test } from './pageStage.ts'

/** The page alone: what an installed Tapedeck would tell it is put on the line between them. */
async function playUpdater(page: Page) {
  const asked: string[] = []
  let line: WebSocketRoute | null = null
  const stage = {
    asked,
    update: { state: 'available', version: '2.0.0' } as Update,
    tell(update: Update) {
      stage.update = update
      const params = { update, seq: Date.now() + 1_000 + asked.length }
      line?.send(JSON.stringify({ method: 'update/updated', params }))
    },
  }
  await page.routeWebSocket('**/api/events', (route) => {
    route.connectToServer()
    line = route
  })
  await page.route('**/api/update/*', (route) => {
    const method = new URL(route.request().url()).pathname.replace('/api/', '')
    asked.push(method)
    const value = method === 'update/read' ? { update: stage.update, seq: 1 } : {}
    return route.fulfill({ json: { ok: true, value } })
  })
  await page.reload()
  return stage
}

test('a newer version is offered in both themes and at any width, fetched, and waits for a restart', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const page = await openPage(await startServer(makeHome()))
  const updater = await playUpdater(page)
  await page.getByRole('button', { name: 'Update to 2.0.0' }).click()
  await expect(page.getByText('A newer version is there.')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await page.getByRole('button', { name: 'Download' }).click()
  await expect.poll(() => updater.asked).toContain('update/download')
  updater.tell({ state: 'downloading', version: '2.0.0', percent: 40 })
  await expect(page.getByText('Fetching it, 40 %.')).toBeVisible()
  updater.tell({ state: 'ready', version: '2.0.0' })
  for (const width of [1024, 640, 320]) {
    await page.setViewportSize({ width, height: 800 })
    if (width === 320) {
      // On a phone it is one of the things behind More.
      await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'More' }).click()
      await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Restart to update' }).click()
    }
    const restart = page.getByRole('button', { name: 'Restart Now' })
    await expect(restart).toBeInViewport({ ratio: 1 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect({ width, overflow }).toEqual({ width, overflow: 0 })
  }
  expect(updater.asked).not.toContain('update/install')
  await page.getByRole('button', { name: 'Restart Now' }).click()
  await expect.poll(() => updater.asked).toContain('update/install')
})

test('a version that is skipped is out of sight', async ({ makeHome, startServer, openPage }) => {
  const page = await openPage(await startServer(makeHome()))
  const updater = await playUpdater(page)
  await page.getByRole('button', { name: 'Update to 2.0.0' }).click()
  await page.getByRole('button', { name: 'Skip This Version' }).click()
  await expect.poll(() => updater.asked).toContain('update/decline')
  updater.tell({ state: 'declined', version: '2.0.0' })
  await expect(page.getByRole('button', { name: /Update|Restart/ })).toHaveCount(0)
})

test('a copy that does not update itself offers nothing', async ({ makeHome, startServer, openPage }) => {
  const server = await startServer(makeHome())
  expect((await server.call('update/read', {})).update).toMatchObject({ state: 'unsupported' })
  await expect(server.call('update/download', {})).rejects.toThrow('no newer version to fetch')
  const page = await openPage(server)
  await expect(page.getByText('Recorded')).toBeVisible()
  await expect(page.getByRole('button', { name: /Update|Restart/ })).toHaveCount(0)
})
