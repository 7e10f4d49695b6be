import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { codexExec, tapedeck } from './tapedeck.ts'
import { pressUntabbed } from './untabbedControls.ts'

const lines = Array.from({ length: 40 }, (_, n) => (n === 30 ? 'the xylophone is here' : `line ${n}`))

test.beforeEach(({ fake }) => {
  fake.scenario = ({ prompt, step }) =>
    step === 1 && prompt === 'session one'
      ? answer(run(`printf '${lines.join('\\n')}\\n'`))
      : answer(say(`Heard ${prompt}: no marimba.`))
})

const box = (page: Page) => page.getByRole('combobox', { name: 'Search everything' })
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name })
const chosen = (page: Page) => page.getByRole('option', { selected: true })
const marked = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get('sought') ?? [])].map((range) => (range as Range).toString()))

test('one box finds, narrows, keeps and does, by keys alone', async ({ startServer, openPage, openRecorded }) => {
  const { home, server, page } = await openRecorded(['session one', 'session two'])
  await expect(page.getByRole('heading', { name: 'session two' })).toBeVisible()
  await expect(page.getByText('no marimba')).toBeVisible()
  // The menus of what is said, and the boxes of both sessions.
  expect(await pressUntabbed(page)).toBeGreaterThan(3)
  const otherPage = await page.context().newPage()
  await otherPage.goto(new URL(server.ui).origin)

  // Empty, it offers what is recent and what can be done.
  await page.keyboard.press('Control+k')
  await expect(option(page, /session one/).first()).toBeVisible()
  await expect(option(page, 'Copy resume command')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  // A hit in the middle of an output leads to its line, marked where it stands.
  await page.keyboard.type('xylophone')
  await untilFound(page)
  const hit = option(page, /^the xylophone is here/)
  await expect(hit).toBeVisible()
  await expect(page.locator('#palette-list').getByText('Output', { exact: false }).first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  while (!(await chosen(page).innerText()).startsWith('the xylophone')) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'session one' })).toBeVisible()
  await expect.poll(() => marked(page)).toContain('xylophone')
  await expect(page.getByText('the xylophone is here').last()).toBeInViewport()
  expect(page.url()).toContain('/item/')
  await page.keyboard.press('Escape')
  await expect.poll(() => marked(page)).toEqual([])
  // The next Escape is the one that leaves.
  await expect(page.locator('[data-item]:focus')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-pane="list"] a:focus')).toBeVisible()

  // The map of the keys is a key away.
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Search and commands')).toBeVisible()
  await page.keyboard.press('Escape')

  // A key is completed, then its value, and what means nothing says what would.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('marimba stat')
  await expect(option(page, /^status:/).first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(box(page)).toHaveValue('marimba status:')
  await page.keyboard.type('comp')
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('marimba status:completed ')
  await expect(page.getByRole('status').getByText('2 hits')).toBeVisible()
  await box(page).fill('marimba modle:gpt ')
  await expect(page.getByText('Did you mean model:?')).toBeVisible()

  // What is not there leads nowhere, and is not kept by an Enter that was meant for a hit.
  await box(page).fill('zzzqqq')
  await expect(page.getByText('Nothing found for “zzzqqq”')).toBeVisible()
  await expect(page.getByRole('option')).toHaveText(['Save this search…'])
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(option(page, 'Save this search…')).toHaveAttribute('aria-selected', 'true')

  // Kept under a name it is there in every window, and after a restart.
  await box(page).fill('"no marimba" -"session one"')
  await expect(page.getByRole('status').getByText('1 hit', { exact: true })).toBeVisible()
  await option(page, 'Save this search…').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('No marimba')
  await page.keyboard.press('Enter')
  const saved = otherPage.getByRole('region', { name: 'Saved searches' })
  await saved.getByRole('link', { name: 'No marimba' }).click()
  await expect(otherPage.getByRole('heading', { name: 'No marimba' })).toBeVisible()
  const list = otherPage.getByRole('region', { name: 'Sessions', exact: true })
  await expect(list.getByRole('link', { name: /session two/ })).toBeVisible()
  await expect(list.getByRole('link', { name: /session one/ })).toBeHidden()
  expect(decodeURIComponent(otherPage.url())).toContain('#/sessions?q="no+marimba"+-"session+one"')
  expect(await violationsOf(otherPage)).toEqual([])

  await saved.getByRole('button', { name: 'More for No marimba' }).click()
  await otherPage.getByRole('menuitem', { name: 'Rename…' }).click()
  await otherPage.getByRole('textbox', { name: 'Name' }).fill('Silent')
  await otherPage.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Silent' })).toBeVisible()
  const { settings } = await server.call('settings/read', {})
  expect(settings.savedSearches).toEqual([{ name: 'Silent', query: '"no marimba" -"session one"' }])
  await server.stop()
  const again = await startServer(home)
  const newPage = await openPage(again)
  await newPage.getByRole('button', { name: 'More for Silent' }).click()
  await newPage.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(newPage.getByRole('region', { name: 'Saved searches' })).toBeHidden()
})

test('the command line speaks the same language', async ({ makeHome, startServer }) => {
  const home = makeHome()
  await startServer(home)
  await codexExec(home, 'session one')
  await codexExec(home, 'session two')
  const list = async (filter: string) => {
    const { stdout } = await tapedeck(home, ['sessions', '--json', '--filter', filter])
    return (JSON.parse(stdout) as { sessions: { title: string }[] }).sessions.map(({ title }) => title)
  }
  expect(await list('xylophone')).toEqual(['session one'])
  expect(await list('-xylophone after:yesterday is:starred')).toEqual([])
  expect((await tapedeck(home, ['search', 'xylophone -line'])).stdout).toContain('Nothing found.')
  const wrong = await tapedeck(home, ['sessions', '--filter', 'status:broken'])
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    'tapedeck: status: is live, completed, failed, aborted or cut, not “broken”.\n',
  ])
})
