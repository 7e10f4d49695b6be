import { expect, test } from './pageStage.ts'

test('who comes first sees the first run and no other page before it, however late the answers are', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const page = await openPage(await startServer(makeHome()))
  const firstRun = page.getByRole('main').getByRole('heading', { level: 1 })
  await expect(firstRun).toBeVisible()
  const title = await firstRun.innerText()

  let answer = () => {}
  const isAsked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    new MutationObserver(() => {
      for (const heading of document.querySelectorAll('main :is(h1, h2)')) seen.add(heading.textContent ?? '')
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.route('**/api/app/status', async (route) => {
    await isAsked
    await route.continue()
  })
  const listed = page.waitForResponse('**/api/session/list')
  await page.reload()
  await listed
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const seen = () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen])
  expect(await seen()).toEqual([])
  answer()
  await expect(firstRun).toHaveText(title)
  expect((await seen())[0]).toBe(title)
})
