import type { Page } from '@playwright/test'
import { sample } from '../sampleConversations.ts'
import { kinds } from '../sampleKinds.ts'
import { button, close, closes, dialog, hasFocus, nothing, type Scene, type State } from './scene.ts'

const main = `/session/${sample.main.sessionId}`
const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
const chosen = (page: Page) => page.getByRole('region', { name: 'Selected sessions' })
const pnpm = (page: Page) => page.getByRole('link', { name: /pnpm/ })
const head = (page: Page) => page.locator('main header').first()
const menu = (page: Page) => page.getByRole('menu')
const find = (page: Page) => page.getByRole('search')
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const item = (text: string | RegExp) => (page: Page) => page.locator('[data-item]').filter({ hasText: text }).last()
const conversation = (page: Page) => page.locator('strong', { hasText: 'Both tests pass.' }).waitFor()
const more = (page: Page) => button(page, 'More')
const order = (page: Page) => button(page, /^Order/)
const focusedItem = (page: Page) => page.locator('[data-item]:focus')
const titleField = (page: Page) => page.getByLabel('Title of the session')
const tagField = (page: Page) => page.getByLabel('New tag')
const noteField = (page: Page) => page.getByLabel('Note', { exact: true })

const tabs = ['Context', 'Changes', 'Sent', 'Response', 'Events', 'Headers']

const cards: [name: string, text: RegExp][] = [
  ['Card web search', /Searched/],
  ['Card MCP', /Called/],
  ['Card retries', /Asked again/],
  ['Card picture', /Viewed/],
  ['Card terminal', /Ran.*watch/s],
  ['Card lane', /sub-agent/],
  ['Card compaction', /Compacted/],
]

async function openAll(page: Page): Promise<void> {
  const folded = page.locator('[data-conversation] [aria-expanded=false]:not([aria-haspopup])')
  while ((await folded.count()) > 0) await folded.first().click()
}

/** The list, a conversation, and the inspector beside it. */
export const ofSessions: Scene[] = [
  {
    name: 'the list of sessions',
    route: '/sessions',
    complete: (page) => pnpm(page).waitFor(),
    states: [
      {
        name: 'Filter suggestions',
        async open(page) {
          await page.keyboard.press('f')
          await hasFocus(page.getByLabel('Filter the sessions'))
          await page.keyboard.type('st')
          await page.getByRole('option', { name: /\d\ssession/ }).waitFor()
        },
        async leave(page) {
          await close(page)
          await page.getByRole('option').first().waitFor({ state: 'hidden' })
          await close(page)
          await hasFocus(list(page).getByRole('link').first())
        },
        part: list,
      },
      {
        name: 'Order menu',
        async open(page) {
          await order(page).click()
          await hasFocus(menu(page).or(menu(page).getByRole('menuitemradio')))
        },
        leave: closes(menu, order),
        part: menu,
      },
      {
        name: 'Selection bar',
        async open(page) {
          const rows = list(page).getByRole('link')
          await rows.first().focus()
          await page.keyboard.press('x')
          await chosen(page).getByText('1 session').waitFor()
          await page.keyboard.press('j')
          await hasFocus(rows.nth(1))
          await page.keyboard.press('x')
          await chosen(page).getByText('2 sessions').waitFor()
        },
        leave: closes(chosen),
        part: list,
      },
      {
        name: 'Save search',
        async open(page) {
          await page.keyboard.press('f')
          await hasFocus(page.getByLabel('Filter the sessions'))
          await page.keyboard.type('has:edits')
          await page.keyboard.press('Enter')
          await button(page, 'Save these filters in the sidebar').click()
          await hasFocus(dialog(page).getByRole('textbox'))
        },
        async leave(page) {
          await closes(dialog)(page)
          await button(page, /^Remove the filter/).click()
          await pnpm(page).waitFor()
        },
        part: dialog,
      },
    ],
  },
  {
    name: 'what was deleted',
    route: '/sessions',
    complete: (page) => page.getByRole('link', { name: /pnpm/ }).waitFor(),
    states: [
      {
        name: 'Undo bar',
        async open(page) {
          // The archive keeps it, and nothing ends the time to undo it while it is looked at.
          const undoUntil = (await page.evaluate(() => Date.now())) + 3600_000
          await page.route('**/api/session/delete', (route) => {
            const { id } = route.request().postDataJSON()
            const undo = { id, title: sample.failed.title, batch: id, undoUntil }
            return route.fulfill({ json: { ok: true, value: { undoUntil, undo, seq: undoUntil } } })
          })
          await list(page).getByRole('link').last().focus()
          await page.keyboard.press('Delete')
          await button(page, /^Undo/).waitFor()
        },
      },
    ],
  },
  {
    name: 'a session',
    route: main,
    complete: conversation,
    states: [
      {
        name: 'Row menu',
        async open(page) {
          await page.keyboard.press('n')
          await focusedItem(page).waitFor()
          await page.keyboard.press('m')
          await hasFocus(menu(page).getByRole('menuitem').first())
        },
        leave: closes(menu, focusedItem),
        part: menu,
      },
      {
        name: 'More menu',
        async open(page) {
          await more(page).click()
          await hasFocus(menu(page).or(menu(page).getByRole('menuitem')))
        },
        leave: closes(menu, more),
        part: menu,
      },
      {
        name: 'Tooltip',
        async open(page) {
          // What comes to the focus by a menu that closes shows none.
          await page.locator('[data-conversation]').focus()
          await more(page).focus()
          await page.getByRole('tooltip').waitFor({ state: 'attached' })
        },
        async leave(page) {
          await page.locator('[data-conversation]').focus()
          await page.getByRole('tooltip').waitFor({ state: 'detached' })
        },
        part: head,
      },
      {
        name: 'Find bar',
        async open(page) {
          await page.keyboard.press('/')
          await hasFocus(find(page).getByRole('textbox'))
          await page.keyboard.type('session')
          await find(page).getByText(/1 of/).waitFor()
        },
        leave: closes(find),
        part: find,
      },
      {
        name: 'Title being renamed',
        async open(page) {
          await page.keyboard.press('F2')
          await hasFocus(titleField(page))
        },
        leave: closes(titleField),
        part: head,
      },
      {
        name: 'Tag being written',
        async open(page) {
          await button(page, 'Tag').click()
          await hasFocus(tagField(page))
          await page.keyboard.type('later')
        },
        leave: closes(tagField),
        part: head,
      },
      {
        name: 'Note being written',
        async open(page) {
          await button(page, 'Note').click()
          await hasFocus(noteField(page))
          await page.keyboard.type('ask Ada')
        },
        leave: closes(noteField),
        part: head,
      },
    ],
  },
  {
    name: 'the inspector',
    route: main,
    complete: conversation,
    states: [
      ...tabs.map(
        (name): State => ({
          name: `Inspector ${name}`,
          async open(page) {
            if (!(await inspector(page).isVisible())) await page.keyboard.press('Control+i')
            await inspector(page).getByRole('tab', { name }).click()
            await inspector(page).getByText('Reading…').waitFor({ state: 'hidden' })
          },
          part: inspector,
        }),
      ),
      ...['Turn', 'Session'].map(
        (name): State => ({
          name: `Inspector ${name}`,
          open: (page) => inspector(page).getByRole('button', { name, exact: true }).click(),
          part: inspector,
        }),
      ),
    ],
  },
  {
    name: 'each kind of card',
    route: `/session/${kinds.sessionId}`,
    archive: 'kinds',
    height: 3000,
    async complete(page) {
      await page.locator('strong', { hasText: 'a clock' }).waitFor()
      await openAll(page)
    },
    states: [
      { name: 'Card plan', open: nothing, part: item(/Planned.*newly done/s) },
      ...cards.map(([name, text]): State => ({ name, open: nothing, part: item(text), isSamePage: true })),
      {
        name: 'Card side by side diff',
        open: (page) => button(page, 'Side by side').click(),
        part: item(/Edited/),
      },
    ],
  },
]
