import type { Page } from '@playwright/test'
import { untilFound } from '../palette.ts'
import { sample } from './sampleConversations.ts'
import type { OtherAnswers } from './stillLife.ts'

/** A page of the interface, or something that floats above one. */
export interface ShownPage {
  name: string
  /** Its address behind `#`. */
  route: string
  /** In an archive without a session, or with the session that has one of each kind; of the usual ones otherwise. */
  archive?: 'empty' | 'kinds'
  others?: OtherAnswers
  /** Of the window, so that all of it is there at once. */
  height?: number
  /** What people do to see it. */
  open?(page: Page): Promise<void>
  /** What is there when it is complete. */
  complete(page: Page): Promise<void>
}

const main = `/session/${sample.main.sessionId}`
const press = (key: string) => (page: Page) => page.keyboard.press(key)
const sees = (text: string | RegExp) => (page: Page) => page.getByText(text).filter({ visible: true }).first().waitFor()
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole('dialog', { name }).waitFor()
const conversation = async (page: Page) => {
  // In bold once the Markdown is laid out.
  await page.locator('strong', { hasText: 'Both tests pass.' }).waitFor()
}

async function numbers(page: Page): Promise<void> {
  await sees('27 %')(page)
  await page.getByRole('button', { name: 'Numbers' }).waitFor()
  await page.keyboard.press('t')
}

/** Every page there is: whatever is here is checked, in both themes, and photographed. */
export const pages: ShownPage[] = [
  { name: 'Live', route: '/live', complete: sees(/Nothing runs|No session is running|running/i) },
  { name: 'Sessions', route: '/sessions', complete: (page) => page.getByRole('link', { name: /pnpm/ }).waitFor() },
  { name: 'Starred', route: '/starred', complete: sees(/starred/i) },
  { name: 'Session', route: main, complete: conversation },
  {
    name: 'Session with a table and code',
    route: `/session/${sample.long.sessionId}`,
    complete: (page) => page.getByRole('table').waitFor(),
  },
  { name: 'Session that failed', route: `/session/${sample.failed.sessionId}`, complete: sees(/limit/i) },
  {
    name: 'Inspector',
    route: main,
    async open(page) {
      await conversation(page)
      await page.keyboard.press('Control+i')
    },
    complete: (page) => page.getByRole('complementary', { name: 'Inspector' }).waitFor(),
  },
  {
    name: 'Search',
    route: main,
    async open(page) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('session')
    },
    complete: untilFound,
  },
  { name: 'Account', route: '/account', complete: sees('27 %') },
  {
    name: 'Usage',
    route: '/usage',
    open: (page) => page.getByRole('radio', { name: 'All' }).click(),
    complete: sees('Most expensive sessions'),
  },
  { name: 'Settings', route: '/settings', complete: sees('Size of the archive') },
  { name: 'First run', route: '/sessions', archive: 'empty', complete: sees('Choose a folder, and Codex starts') },
  { name: 'New session', route: '/live', open: press('c'), complete: dialog('New session') },
  {
    name: 'Export',
    route: main,
    async open(page) {
      await conversation(page)
      await page.keyboard.press('Control+e')
    },
    complete: (page) =>
      page
        .getByRole('dialog', { name: /Export/ })
        .getByText('This is masked')
        .waitFor(),
  },
  {
    name: 'Picture',
    route: `/session/${sample.long.sessionId}`,
    open: (page) => page.getByRole('button', { name: 'Enlarge flow.png' }).click(),
    complete: (page) => page.getByRole('dialog', { name: 'flow.png' }).getByRole('img').waitFor(),
  },
  {
    name: 'Account as numbers',
    route: '/account',
    open: numbers,
    complete: (page) => page.getByRole('table').first().waitFor(),
  },
  { name: 'Go to', route: '/live', open: press('g'), complete: (page) => page.getByLabel('Go to').waitFor() },
  { name: 'Shortcut map', route: '/live', open: press('?'), complete: (page) => page.getByRole('dialog').waitFor() },
]
