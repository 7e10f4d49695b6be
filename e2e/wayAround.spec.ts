import type { Page, Request } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { sample } from './everyPage/sampleConversations.ts'
import { expect, test } from './sampleStage.ts'
import type { Server } from './tapedeck.ts'

const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
const go = (page: Page, server: Server, route: string) => page.goto(`${new URL(server.ui).origin}/#${route}`)

test('where there is no room for all keys, those that are needed least go first, and a phone has a button instead', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, `/session/${sample.main.sessionId}`)
  // A thought, which can be expanded; keys go to what is shown.
  await expect(page.locator('[data-kind="thought"]')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(page.locator('[data-kind="thought"]')).toBeFocused()
  const foot = page.locator('footer[data-quiet]')
  const shown = () =>
    foot.locator('[data-goes], [data-goes] ~ span:not(:has(span))').evaluateAll((hints) =>
      hints.flatMap((hint) => {
        const { left, right, width } = hint.getBoundingClientRect()
        const around = (hint.closest('footer') as HTMLElement).getBoundingClientRect()
        if (width === 0) return []
        return left >= around.left && right <= around.right ? [hint.lastChild?.textContent?.trim()] : ['cut off']
      }),
    )
  const all = ['item', 'turn', 'find', 'all keys', 'expand']
  const look = async (width: number, gone: string[]) => {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(shown, { message: `${width} px` }).toEqual(all.filter((each) => !gone.includes(each)))
  }
  const findButton = foot.getByRole('button', { name: 'Find' })
  await look(1440, [])
  await look(1024, [])
  await expect(findButton).toBeHidden()
  // The inspector leaves it less than a narrow window has.
  await page.keyboard.press('i')
  await look(1000, ['item'])
  await look(900, ['item', 'turn'])
  await page.keyboard.press('i')
  // A window of a phone has no keys at hand.
  await look(390, all)
  await findButton.click()
  await expect(page.getByRole('search').getByRole('textbox')).toBeFocused()
})

test('a filter that cannot be read says what is wrong with it, and is left out by a key', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, '/sessions?q=status:broken+has:edits')
  await expect(list(page).getByRole('alert')).toContainText(
    'status: is live, completed, failed, aborted or cut, not “broken”.',
  )
  const main = page.getByRole('main')
  await expect(main).toContainText('The filter cannot be read')
  await expect(main).toContainText('until “status:broken” is changed or left out')
  await expect(main).not.toContainText('Choose a session')
  await expect(list(page).getByRole('listitem').filter({ hasText: 'Cannot be read: status:broken' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await main.getByRole('button', { name: 'Remove that part' }).press('Enter')
  await expect(list(page).getByRole('link', { name: new RegExp(sample.main.title) })).toBeVisible()
  await expect(main).toContainText('Choose a session')
  await page.getByLabel('Filter the sessions').fill('tag:nothing ')
  await page.keyboard.press('Enter')
  await expect(main).toContainText('No session fits the filter')
  await expect(list(page)).not.toContainText('fits')
  await main.getByRole('button', { name: 'Clear filter' }).press('Enter')
  await expect(list(page).locator('li[data-key] a').first()).toBeFocused()
})

test('a title is changed by keys: Escape keeps the old one, its bound is said, and nothing gives the first one back', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, `/session/${sample.main.sessionId}`)
  const heading = page.getByRole('heading', { level: 1 })
  const field = page.getByLabel('Title of the session')
  const begin = async () => {
    await page.getByRole('button', { name: 'Rename' }).press('Enter')
    await expect(field).toBeFocused()
  }
  await begin()
  await field.fill('x'.repeat(400))
  await expect(page.getByText('A title has up to 300 characters.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(heading).toHaveText(sample.main.title)
  await begin()
  await field.fill('Clocks')
  await page.keyboard.press('Enter')
  await expect(heading).toHaveText('Clocks')
  await expect(page).toHaveTitle('Clocks · Tapedeck')
  await begin()
  await field.fill('')
  await expect(page.getByText('Leave it empty to restore the original title.')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(heading).toHaveText(sample.main.title)

  // Its own key, the menu and the palette lead to the same field, which keeps the focus.
  await page.keyboard.press('F2')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('rename')
  await expect(page.getByRole('option', { name: 'Rename this session' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field).toBeFocused()
  await page.keyboard.type('Watches')
  await page.keyboard.press('Enter')
  await expect(heading).toHaveText('Watches')
  await page.keyboard.press('F2')
  await field.fill('')
  await page.keyboard.press('Enter')
  await expect(heading).toHaveText(sample.main.title)
})

test('Back leads to where the user was, not through each step of the list', async ({ server, openPage }) => {
  const page = await openPage(server)
  await go(page, server, '/usage')
  await expect(page).toHaveTitle('Usage · Tapedeck')
  await go(page, server, '/sessions')
  await expect(page).toHaveTitle('Sessions · Tapedeck')
  await expect(list(page).getByRole('link')).toHaveCount(3)
  for (const { title } of [sample.main, sample.long, sample.failed]) {
    await page.keyboard.press('j')
    await expect(page).toHaveTitle(`${title} · Tapedeck`)
  }
  await page.goBack()
  await expect(page).toHaveTitle('Sessions · Tapedeck')
  await page.goBack()
  await expect(page).toHaveTitle('Usage · Tapedeck')
})

test('a conversation is read while the pointer rests on its row, and once only', async ({ server, openPage }) => {
  const page = await openPage(server)
  await go(page, server, '/sessions')
  const row = list(page).getByRole('link').filter({ hasText: sample.long.title })
  const isOfIt = (request: Request) =>
    request.url().endsWith('/api/session/read') && request.postDataJSON().id === sample.long.sessionId
  let asked = 0
  page.on('request', (request) => {
    if (isOfIt(request)) asked += 1
  })

  const answer = page.waitForResponse((response) => isOfIt(response.request()))
  await row.hover()
  expect((await answer).ok()).toBe(true)
  expect(page.url()).toContain('#/sessions')
  expect(asked).toBe(1)

  await row.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(sample.long.title)
  await expect(page.getByText('half an hour', { exact: true })).toBeVisible()
  expect(asked).toBe(1)
})

const row = (page: Page, { title }: { title: string }) => list(page).getByRole('link', { name: new RegExp(title) })

test('what closes gives the focus back to where the keyboard was', async ({ server, openPage }) => {
  const page = await openPage(server)
  await go(page, server, '/sessions')
  await expect(row(page, sample.main)).toBeVisible()
  await page.keyboard.press('j')
  await expect(row(page, sample.main)).toBeFocused()
  for (const keys of ['?', 'c', 'ControlOrMeta+k', 'ControlOrMeta+e']) {
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(row(page, sample.main), keys).toBeFocused()
  }
  for (const keys of ['F2', '#', 'a']) {
    await page.keyboard.press(keys)
    await expect(page.locator('input:focus, textarea:focus')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(row(page, sample.main), keys).toBeFocused()
  }

  // One that opens out of another goes back to where that one came from.
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('keyboard shortcuts')
  await expect(page.getByRole('option', { name: 'Keyboard shortcuts' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, sample.main)).toBeFocused()

  // Enter leads into the conversation, whose menu leads back to its item.
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeFocused()
  await page.keyboard.press('j')
  const item = page.locator('[data-item]:focus')
  await expect(item).toBeVisible()
  await page.keyboard.press('m')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(item).toBeFocused()

  await page.keyboard.press('Shift+I')
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Context' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(item).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
})

test('the filter is left for the list, where sessions are chosen, marked and deleted by keys', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, '/sessions')
  await expect(list(page).getByRole('link')).toHaveCount(3)
  await page.keyboard.press('f')
  await page.keyboard.type('left alone')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(row(page, sample.main)).toBeFocused()
  await expect(page.getByLabel('Filter the sessions')).toHaveValue('')

  const chosen = page.getByRole('region', { name: 'Selected sessions' })
  await page.keyboard.press('Shift+ArrowDown')
  await expect(row(page, sample.long)).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(chosen.getByText('3 sessions')).toBeVisible()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(row(page, sample.long)).toBeFocused()
  await expect(chosen.getByText('2 sessions')).toBeVisible()

  await page.keyboard.press('s')
  await expect(list(page).getByLabel('starred')).toHaveCount(2)
  await page.keyboard.press('#')
  await page.keyboard.type('sorted')
  await page.keyboard.press('Enter')
  await expect(list(page).getByText('#sorted')).toHaveCount(2)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('ControlOrMeta+e')
  await expect(page.getByRole('dialog', { name: 'Export 2 sessions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, sample.long)).toBeFocused()

  await page.keyboard.press('Delete')
  await expect(list(page).getByRole('link')).toHaveCount(1)
  await expect(row(page, sample.failed)).toBeFocused()
  await expect(page).toHaveTitle(`${sample.failed.title} · Tapedeck`)
  await page.keyboard.press('z')
  await expect(list(page).getByRole('link')).toHaveCount(3)
})

test('saved searches are put in order, and the name of another one is not taken unseen', async ({
  server,
  openPage,
}) => {
  for (const [name, query] of [
    ['One', 'has:edits'],
    ['Two', 'has:errors'],
  ] as const) {
    await server.call('search/save', { search: { name, query } })
  }
  const page = await openPage(server)
  await go(page, server, '/sessions?q=is:starred+has:edits')
  await page.getByRole('button', { name: 'Save these filters in the sidebar' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Save this search' })
  await page.keyboard.type('two')
  await expect(dialog.getByText('“Two” is there already, for has:errors. It would be replaced.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Replace' })).toBeEnabled()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.type(' and a half')
  await page.keyboard.press('Enter')

  const saved = page.getByRole('region', { name: 'Saved searches' })
  const more = (name: string) => saved.getByRole('button', { name: `More for ${name}`, exact: true })
  await expect(saved.getByRole('link')).toHaveText(['One', 'Two', 'two and a half'])
  await more('two and a half').press('Enter')
  await page.getByRole('menuitem', { name: 'Move up' }).press('Enter')
  await expect(saved.getByRole('link')).toHaveText(['One', 'two and a half', 'Two'])
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(more('two and a half')).toBeFocused()
  await more('Two').press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Move down' })).toBeDisabled()
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter')
  const left = saved.getByRole('link', { name: 'two and a half' })
  await expect(left).toBeFocused()

  // What was taken away comes back where it was, one after the other; of a toast that goes, the focus goes back.
  await page.keyboard.press('Tab')
  await expect(more('two and a half')).toBeFocused()
  await page.keyboard.press('Enter')
  // A menu hears keys once it has the focus.
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(saved.getByRole('link')).toHaveText(['One'])
  await expect(saved.getByRole('link')).toBeFocused()
  await expect(page.getByText('Removed the saved search “two and a half”')).toBeVisible()
  await page.keyboard.press('z')
  await expect(saved.getByRole('link')).toHaveText(['One', 'two and a half'])
  await expect(page.getByText('Removed the saved search “Two”')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await expect(saved.getByRole('link')).toHaveText(['One', 'two and a half', 'Two'])
  await expect(saved.getByRole('link', { name: 'One' })).toBeFocused()
  await page.reload()
  await expect(saved.getByRole('link')).toHaveText(['One', 'two and a half', 'Two'])
  await more('Two').press('Enter')
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter')
  await expect(page.getByText('Removed the saved search “Two”')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('a title has two lines before it is cut, and the text of buttons gives way to it', async ({
  server,
  openPage,
}) => {
  const title = 'explain how sessions expire here, with a table of every file that reads the clock'
  await server.call('session/rename', { id: sample.main.sessionId, title })
  const page = await openPage(server)
  await page.setViewportSize({ width: 1280, height: 800 })
  await go(page, server, `/session/${sample.main.sessionId}`)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(title)
  const lines = () =>
    heading.evaluate((element) => element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight))
  expect(await lines()).toBe(2)
  await expect(page.getByRole('button', { name: 'Show all of the title' })).toHaveCount(0)
  await expect(page.getByText('Resume', { exact: true })).toBeVisible()
  await expect(page.getByText('Export', { exact: true })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Export…' })).toBeVisible()

  await page.setViewportSize({ width: 1600, height: 800 })
  await expect(page.getByText('Export', { exact: true })).toBeVisible()
  expect(await lines()).toBe(2)
})

test('a title without room is read in full by keys', async ({ server, openPage }) => {
  const title = `${'x'.repeat(150)} שלום ${'y'.repeat(140)}`
  await server.call('session/rename', { id: sample.main.sessionId, title })
  const page = await openPage(server)
  await go(page, server, `/session/${sample.main.sessionId}`)
  const heading = page.getByRole('heading', { level: 1 })
  const isCut = () =>
    heading.evaluate(
      (element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1,
    )
  await expect(heading).toHaveText(title)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(isCut, `${width} px`).toBe(true)
    await page.getByRole('button', { name: 'Show all of the title' }).press('Enter')
    await expect.poll(isCut, `${width} px`).toBe(false)
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Shorten the title' }).press('Enter')
  }
})
