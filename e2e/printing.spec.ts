import { closePage, expect, test } from './everyPage/gallery.ts'
import type { ShownPage } from './everyPage/pages.ts'
import { kinds } from './everyPage/sampleKinds.ts'

test('on paper is a conversation to its end, and nothing to work with', async ({ gallery }) => {
  const shown: ShownPage = {
    name: 'a conversation',
    route: `/session/${kinds.sessionId}`,
    archive: 'kinds',
    complete: (page) => page.getByText(kinds.title).first().waitFor(),
  }
  const page = await gallery.show(shown, { viewport: { width: 1000, height: 320 }, colorScheme: 'dark' })
  const rows = page.locator('[data-conversation] [data-key]')
  const end = page.getByText('All tests pass.')
  await expect(end).toHaveCount(0)

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(end).toBeVisible()
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('button', { name: 'More', exact: true })).toBeHidden()
  await expect(page.getByRole('button', { name: /^Actions for this/ })).toHaveCount(0)
  const paper = await page.evaluate(() => {
    const { bottom } = document.querySelector('[data-conversation]')?.getBoundingClientRect() ?? { bottom: 0 }
    return { height: document.documentElement.scrollHeight, bottom, ink: getComputedStyle(document.body).color }
  })
  expect(paper.bottom).toBeGreaterThan(320)
  expect(paper.height).toBeGreaterThanOrEqual(Math.floor(paper.bottom))
  expect(paper.ink).toBe('rgb(27, 28, 33)')
  const printed = await rows.count()

  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(end).toHaveCount(0)
  expect(await rows.count()).toBeLessThan(printed)
  await closePage(page)
})
