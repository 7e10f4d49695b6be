import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { conversation, inspector } from './conversationView.ts'
import { sample } from './everyPage/sampleConversations.ts'
import { gate } from './gate.ts'
import { expect, test } from './sampleStage.ts'
import type { Server } from './tapedeck.ts'

/** Where the keyboard goes on when what had the focus is gone, and which keys a pane names. */

const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
const row = (page: Page, { title }: { title: string }) => list(page).getByRole('link', { name: new RegExp(title) })
const item = (page: Page) => page.locator('[data-item]')
const go = (page: Page, server: Server, route: string) => page.goto(`${new URL(server.ui).origin}/#${route}`)
const main = `/session/${sample.main.sessionId}`

test('what is taken away leaves the focus at what is next to it', async ({ server, openPage }) => {
  await server.call('session/tag', { id: sample.main.sessionId, tags: ['one', 'two'] })
  const page = await openPage(server)
  await go(page, server, main)
  await page.getByRole('button', { name: 'Remove the tag one' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove the tag two' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Tag', exact: true })).toBeFocused()

  await go(page, server, '/sessions?q=has:edits+model:gpt')
  await page.getByRole('button', { name: 'Remove the filter with edits' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove the filter gpt' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(list(page).getByRole('button', { name: /^Order/ })).toBeFocused()
  await page.keyboard.press('f')
  await page.keyboard.type('tag:nothing')
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('button', { name: 'Clear filter' }).focus()
  await page.keyboard.press('Enter')
  await expect(row(page, sample.main)).toBeFocused()
})

test('an address leads the keyboard to what it names, and Back to where it was', async ({ server, openPage }) => {
  const { turns } = await server.call('session/read', { id: sample.main.sessionId })
  const [turn] = turns
  const exchange = turn?.exchanges[1]?.id
  const page = await openPage(server)
  await go(page, server, '/sessions')
  await expect(row(page, sample.main)).toBeVisible()
  await go(page, server, `${main}/turn/${turn?.id}/exchange/${exchange}`)
  await expect(inspector(page).getByRole('tab', { name: 'Overview' })).toBeFocused()
  await expect(inspector(page).getByText(/^2 of \d+ in turn 1$/)).toBeVisible()
  await page.reload()
  await expect(inspector(page).getByRole('tab', { name: 'Overview' })).toBeFocused()
  // However the inspector is left, the keyboard goes on in the conversation.
  await page.keyboard.press('i')
  await expect(inspector(page)).toBeHidden()
  await expect(conversation(page)).toBeFocused()
  await page.goBack()
  await expect(row(page, sample.main)).toBeFocused()

  await page.keyboard.press('u')
  await expect(page.getByRole('main')).toBeFocused()
  await page.goBack()
  await expect(page).toHaveTitle('Sessions · Tapedeck')
})

test('Escape leads into a list that does not hold what is open', async ({ server, openPage }) => {
  const page = await openPage(server)
  await go(page, server, '/sessions?q=has:errors')
  await expect(list(page).getByRole('link')).toHaveCount(1)
  await go(page, server, main)
  await expect(item(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(item(page).first()).toBeFocused()
  await expect(row(page, sample.main)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(list(page).getByRole('link')).toBeFocused()
})

test('a second Escape may come before the menu that the first one closed has given the focus back', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, main)
  await expect(item(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.evaluate(async () => {
    const press = () =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
      )
    // In the moment in which it goes: what it left to do when the browser is done with this key is still to come.
    const second = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (document.querySelector('[role="menu"]')) return
        observer.disconnect()
        press()
        resolve()
      })
      observer.observe(document.body, { childList: true, subtree: true })
    })
    press()
    await second
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
  await expect(row(page, sample.main)).toBeFocused()
})

test('the tree of a request has the focus again, however fast the keys led past others', async ({
  server,
  openPage,
}) => {
  const { turns } = await server.call('session/read', { id: sample.main.sessionId })
  const [turn] = turns
  const page = await openPage(server)
  await go(page, server, `${main}/turn/${turn?.id}/exchange/${turn?.exchanges[0]?.id}`)
  await expect(inspector(page).getByRole('tab', { name: 'Overview' })).toBeFocused()
  for (const tab of ['Context', 'Changes', 'Sent']) {
    await page.keyboard.press('ArrowRight')
    await expect(inspector(page).getByRole('tab', { name: tab })).toBeFocused()
  }
  const tree = inspector(page).getByRole('tree')
  await expect(tree).toContainText('request')
  await tree.focus()
  const answers = gate()
  await page.route('**/api/exchange/body', async (route) => {
    await answers.held
    await route.continue()
  })
  await page.keyboard.press(']')
  await expect(inspector(page).getByText(/^2 of \d+ in turn 1$/)).toBeVisible()
  await expect(tree).toHaveCount(0)
  await page.keyboard.press('[')
  await expect(inspector(page).getByText(/^1 of \d+ in turn 1$/)).toBeVisible()
  answers.goOn()
  await expect(tree).toBeFocused()
})

test('in a narrow window the inspector is all there is, and the list is a page of its own', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server, { width: 390 })
  await go(page, server, '/sessions')
  await expect(row(page, sample.main)).toBeVisible()
  await page.keyboard.press('j')
  await expect(row(page, sample.main)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(conversation(page)).toBeFocused()
  await page.keyboard.press('j')
  await expect(item(page).first()).toBeFocused()
  await page.keyboard.press('i')
  await expect(inspector(page).getByRole('tab', { name: 'Overview' })).toBeFocused()
  expect(await violationsOf(page)).toEqual([])
  // What it covers hears no keys, and Tab does not lead there.
  await page.keyboard.press('F2')
  await page.keyboard.press('/')
  await page.keyboard.press('Shift+Tab')
  await expect(inspector(page).getByRole('button', { name: 'Close the inspector' })).toBeFocused()
  // The browser's own controls are on the way round.
  const isWithin = () =>
    page.evaluate(() => document.activeElement?.matches('body, [data-pane="inspector"] *') ?? false)
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Shift+Tab')
    expect(await isWithin()).toBe(true)
  }
  await page.keyboard.press('Shift+I')
  await page.keyboard.press('Escape')
  await expect(inspector(page)).toBeHidden()
  await expect(page.getByLabel('Title of the session')).toHaveCount(0)
  await expect(page.getByRole('search')).toHaveCount(0)
  await expect(item(page).first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(row(page, sample.main)).toBeFocused()

  await page.keyboard.press('?')
  const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(map).toBeFocused()
  await expect(map.getByText('Search and commands')).toBeInViewport()
})

test('the key after G is for the page that it leads to alone, and any other one lets go', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, '/sessions')
  await expect(row(page, sample.main)).toBeVisible()
  const places = page.getByLabel('Go to')
  const chosen = page.getByRole('region', { name: 'Selected sessions' })
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(chosen.getByText('1 session')).toBeVisible()
  const address = page.url()
  // Each of them does something to what is chosen.
  for (const key of ['x', 'Escape', 'Delete', 'Enter', '#']) {
    await page.keyboard.press('g')
    await expect(places).toBeVisible()
    await page.keyboard.press(key)
    await expect(places, key).toBeHidden()
  }
  await expect(chosen.getByText('1 session')).toBeVisible()
  await expect(chosen.getByLabel('New tag')).toHaveCount(0)
  await expect(row(page, sample.main)).toBeFocused()
  expect(page.url()).toBe(address)
  // A key with a modifier is another one, and does what it always does.
  await page.keyboard.press('g')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(places).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, sample.main)).toBeFocused()
  await page.keyboard.press('g')
  await places.getByText('Live').waitFor()
  await page.getByRole('heading', { level: 1 }).click()
  await expect(places).toBeHidden()

  await row(page, sample.main).focus()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveTitle('Sessions · Tapedeck')
  await expect(list(page).getByLabel('starred')).toHaveCount(0)
  // In a field it is a letter.
  await page.keyboard.press('f')
  await page.keyboard.type('gl')
  await expect(page.getByLabel('Filter the sessions')).toHaveValue('gl')
})

/** What the panes that are shown say of keys. */
function hints(page: Page): Promise<string[]> {
  return page.locator('footer').evaluateAll((bars) =>
    bars
      .filter((bar) => bar.checkVisibility())
      .flatMap((bar) => [...bar.querySelectorAll('span')])
      .filter((span) => span.querySelector(':scope > kbd'))
      .map((span) => String(span.textContent).replace(/\s+/g, ' ').trim()),
  )
}

test('under each pane stand the keys that do something there, and no others', async ({ server, openPage }) => {
  const page = await openPage(server)
  const expectHints = (...expected: string[]) => expect.poll(() => hints(page)).toEqual(expected)
  const everywhere = ['Ctrl K search', 'C new session', '? all keys', 'G go to']
  await go(page, server, '/settings')
  await expectHints(...everywhere)
  await go(page, server, '/account')
  await expectHints('T numbers', ...everywhere)
  await page.getByRole('slider').last().focus()
  await expectHints('T numbers', '←→ time', ...everywhere)
  await page.keyboard.press('t')
  await expect(page.getByRole('button', { name: 'Numbers' })).toBeFocused()
  await expectHints('T charts', ...everywhere)
  await go(page, server, '/live')
  await expectHints('JK session', ...everywhere)
  await page.keyboard.press('j')
  await expectHints('JK session', '↵ open', ...everywhere)

  await go(page, server, '/usage')
  await page.getByRole('radio', { name: 'All' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: '30 days' }).focus()
  await page.keyboard.press('End')
  await expectHints('T numbers', ...everywhere)
  await page.getByRole('slider').focus()
  await expectHints('T numbers', '←→ day', ...everywhere)
  await page.keyboard.press('Home')
  await expectHints('T numbers', '←→ day', '↵ sessions', 'Esc clear the day', ...everywhere)

  await go(page, server, '/starred')
  await expect(page.getByRole('main').getByText('No starred sessions yet')).toBeVisible()
  await expectHints('F filter', '? keys')
  await go(page, server, '/sessions')
  await expectHints('JK session', 'F filter', '? keys')
  await page.keyboard.press('j')
  await expectHints('JK session', 'F filter', 'X select', '? keys', '↵ open')
  await page.keyboard.press('f')
  await expectHints('↵ add', '↑↓ move', '⇥ complete', 'Esc list')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const beside = ['Esc list', 'F filter', 'X select', '? keys']
  const reading = ['JK item', 'NP turn', '/ find', '? all keys']
  await expectHints(...beside, ...reading)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expectHints(...beside, ...reading, 'E expand')
  await page.keyboard.press('/')
  await expectHints(...beside, '⇧ ↵ previous', '↵ next', 'Esc close')
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  await expect(inspector(page)).toBeVisible()
  await expectHints(...beside, ...reading, '⇧ I inspector', '[] request', 'I close')
  await page.keyboard.press('Shift+I')
  await expectHints('F filter', 'X select', '? keys', 'Esc conversation', '←→ tab', '[] request', 'Esc back', 'I close')

  await go(page, server, `/session/${sample.failed.sessionId}`)
  await expect(conversation(page).getByText(/limit/i).first()).toBeVisible()
  await page.keyboard.press('i')
  await page.keyboard.press('Escape')
  await expect(row(page, sample.failed)).toBeFocused()
  await expectHints('JK session', 'F filter', 'X select', '? keys', '↵ open')
})

test('where no list is shown the key of the filter leads to the list, narrowed as it was', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  const filter = page.getByLabel('Filter the sessions')
  await page.setViewportSize({ width: 800, height: 700 })
  await go(page, server, '/sessions?q=has:edits')
  await row(page, sample.main).press('Enter')
  await expect(conversation(page)).toBeFocused()
  await expect(list(page)).toBeHidden()
  for (const way of [[], ['g', 'l']]) {
    for (const key of way) await page.keyboard.press(key)
    if (way.length > 0) await expect(page.getByRole('heading', { level: 1, name: 'Live' })).toBeVisible()
    await page.keyboard.press('f')
    await expect(filter).toBeFocused()
    await expect(page).toHaveURL(/#\/sessions\?q=has%3Aedits$/)
    await expect(page.getByRole('list', { name: 'Filters' })).toContainText('with edits')
    await page.keyboard.type('left')
    await expect(filter).toHaveValue('left')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(row(page, sample.main)).toBeFocused()
  }
})

test('Tab leads to the menu of a turn, and its key opens it from whatever stands there', async ({
  server,
  openPage,
}) => {
  const page = await openPage(server)
  await go(page, server, main)
  const menu = page.getByRole('button', { name: 'Actions for this turn' }).first()
  const row = page.locator('[data-key]', { has: menu })
  await row.getByRole('button').first().focus()
  await page.keyboard.press('m')
  await expect(page.getByRole('menuitem', { name: /Copy link/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(menu).not.toBeFocused()
  await page.keyboard.press('Tab')
  await expect(menu).toBeFocused()
})
