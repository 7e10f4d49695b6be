import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { eventually, tapedeck } from './tapedeck.ts'

const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
const titles = async (page: Page) =>
  (await list(page).getByRole('link').allInnerTexts()).map((text) =>
    text.split('\n').find((line) => /session/.test(line)),
  )
const row = (page: Page, name: string) => list(page).getByRole('link', { name: new RegExp(name) })

test.beforeEach(({ fake }) => {
  fake.scenario = ({ prompt, step }) =>
    step === 1 && prompt === 'session one' ? answer(run('echo xylophone')) : answer(say(`Heard ${prompt}.`))
})

test('the list is narrowed by words, marks and projects, and each chip can be taken away', async ({ openRecorded }) => {
  const { page } = await openRecorded(['session one', 'session two', 'session three'])
  await expect(row(page, 'session three')).toBeVisible()

  await page.keyboard.press('f')
  await page.keyboard.type('xylophone')
  await page.keyboard.press('Enter')
  await expect(row(page, 'session two')).toBeHidden()
  await expect.poll(() => titles(page)).toEqual(['session one'])
  await page.getByRole('button', { name: 'Remove the filter “xylophone”' }).click()
  await expect(row(page, 'session two')).toBeVisible()

  await row(page, 'session two').click()
  await expect(page.getByRole('heading', { name: 'session two' })).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByRole('button', { name: 'Starred: retention leaves it alone' })).toBeVisible()
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.keyboard.type('later')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Tags' }).getByText('#later')).toBeVisible()
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.keyboard.type('ask Ada')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('ask Ada')).toBeVisible()

  await page.getByRole('link', { name: 'Starred', exact: true }).click()
  await expect(row(page, 'session one')).toBeHidden()
  await expect.poll(() => titles(page)).toEqual(['session two'])
  await row(page, 'session two').click()
  await expect(row(page, 'session one')).toBeHidden()
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Sessions/ })
    .click()
  await expect(row(page, 'session one')).toBeVisible()

  const project = page.getByRole('region', { name: 'Projects' }).getByRole('link')
  await expect(project).toHaveCount(1)
  await project.click()
  await expect(project).toHaveAttribute('aria-current', 'page')
  await expect.poll(() => titles(page)).toHaveLength(3)
  expect(await violationsOf(page)).toEqual([])

  await page.getByLabel('Filter the sessions').fill('tag:')
  await expect(page.getByRole('option', { name: /tag:later/ })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(row(page, 'session one')).toBeHidden()
})

test('what would be chosen tells how many fit it while it is typed, and is there when it is chosen', async ({
  openRecorded,
}) => {
  const { page } = await openRecorded(['session one', 'session two', 'session three'])
  await expect(row(page, 'session three')).toBeVisible()
  const option = page.getByRole('option', { selected: true })
  const asked: unknown[] = []
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/session/list')) return
    const { query } = request.postDataJSON() as { query?: string }
    if (query) asked.push(query)
  })

  await page.keyboard.press('f')
  await expect(option).toHaveText(/is:starred\s*no\ssession/)
  await page.keyboard.type('session')
  await expect(option).toHaveText(/session\s*3\ssessions/)
  await page.keyboard.type(' xylo')
  await expect(option).toHaveText(/session xylo\s*no\ssession/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('xylo')
  await expect(option).toHaveText(/xylo\s*1\ssession/)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(page)).toEqual(['session one'])
  // Chosen after it was told, it is not asked for once more.
  expect(asked.filter((query) => query === 'xylo')).toHaveLength(1)

  // What is added to a filter counts with it, and does not change what that meant.
  await page.keyboard.type('has:edi')
  await expect(option).toHaveText(/has:edits\s*no\ssession/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('after:7')
  await expect(option).toHaveText(/after:7d\s*1\ssession/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove the filter “xylo*”' })).toBeVisible()
  await expect.poll(() => titles(page)).toEqual(['session one'])
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect.poll(() => titles(page)).toHaveLength(3)
})

test('until the answer is there the list keeps its rows and says that it is being filtered', async ({
  openRecorded,
}) => {
  const { page } = await openRecorded(['session one', 'session two'])
  await expect(row(page, 'session two')).toBeVisible()
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route('**/api/session/list', async (route) => {
    if (route.request().postData()?.includes('xylophone')) await held
    await route.continue()
  })

  await page.keyboard.press('f')
  await page.keyboard.type('xylophone')
  await page.keyboard.press('Enter')
  const busy = list(page).getByRole('status').filter({ hasText: 'Sessions are being filtered' })
  await expect(busy).toBeAttached()
  await expect(list(page).locator('ul[aria-busy=true]')).toBeAttached()
  await expect.poll(() => titles(page)).toEqual(['session two', 'session one'])
  expect(await violationsOf(page)).toEqual([])

  letThrough()
  await expect.poll(() => titles(page)).toEqual(['session one'])
  await expect(busy).toBeHidden()
  await expect(list(page).locator('ul[aria-busy=true]')).toBeHidden()
})

test('what another filter finds is shown from its beginning', async ({ openRecorded }) => {
  const { page } = await openRecorded(['session one', 'session two', 'session three'])
  await page.setViewportSize({ width: 1440, height: 280 })
  await expect(row(page, 'session three')).toBeVisible()
  const rows = list(page).locator('ul[aria-busy]').locator('..')
  const top = () => rows.evaluate((scroller) => scroller.scrollTop)
  await rows.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
  await expect.poll(top).toBeGreaterThan(0)

  await page.keyboard.press('f')
  await page.keyboard.type('session')
  await page.keyboard.press('Enter')
  await expect(list(page).locator('header')).toContainText('3')
  await expect.poll(top).toBe(0)
})

test('several are chosen and deleted at once, which can be undone for a while', async ({ openRecorded }) => {
  const { home, server, page } = await openRecorded(['session one', 'session two', 'session three'])
  await row(page, 'session one').click({ modifiers: ['Control'] })
  await row(page, 'session two').click({ modifiers: ['Shift'] })
  const chosen = page.getByRole('region', { name: 'Selected sessions' })
  await expect(chosen.getByText('2 sessions')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await chosen.getByRole('button', { name: 'Delete them' }).click()
  await expect(row(page, 'session one')).toBeHidden()
  await expect.poll(() => titles(page)).toEqual(['session three'])
  expect((await tapedeck(home, ['search', 'xylophone'])).stdout).toContain('Nothing found.')

  await page.getByRole('button', { name: /Undo/ }).click()
  await expect(row(page, 'session one')).toBeVisible()
  await expect(row(page, 'session two')).toBeVisible()
  expect((await tapedeck(home, ['search', 'xylophone'])).stdout).toContain('session one')

  const before = await server.call('app/status', {})
  await row(page, 'session one').click({ modifiers: ['Control'] })
  await chosen.getByRole('button', { name: 'Delete them' }).click()
  await expect(page.getByText('Deleted “session one”')).toBeVisible()
  // Here nothing is to be undone, so that the look at both themes may take its time.
  expect(await violationsOf(page)).toEqual([])
  await expect(page.getByText('Deleted “session one”')).toBeHidden()
  await eventually(
    () => server.call('app/status', {}),
    ({ recorded }) => recorded < before.recorded,
  )
})

test('a search that means nothing says so in plain words', async ({ openRecorded }) => {
  const { page } = await openRecorded(['session one'])
  await expect(row(page, 'session one')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('echo status:broken')
  await expect(page.getByText('status: is live, completed, failed, aborted or cut, not “broken”.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Search everything' }).fill('tool:exec xylophone status:completed')
  await expect(page.getByRole('option').filter({ hasText: 'xylophone' }).first()).toBeVisible()
})
