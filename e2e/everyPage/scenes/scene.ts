import type { Locator, Page } from '@playwright/test'
import type { ShownPage } from '../pages.ts'

/** What people do on a page, one thing after the other: each state that it comes to is looked at. */
export interface Scene extends Omit<ShownPage, 'open'> {
  states: State[]
}

export interface State {
  name: string
  /** From the state before, which ends with `leave`. */
  open(page: Page): Promise<unknown>
  leave?(page: Page): Promise<unknown>
  /** What is photographed, where all around it is as it is elsewhere. */
  part?(page: Page): Locator
  /** Another part of what the state before shows already. */
  isSamePage?: true
}

export const press = (key: string) => (page: Page) => page.keyboard.press(key)
export const close = press('Escape')
export const sees = (text: string | RegExp) => (page: Page) =>
  page.getByText(text).filter({ visible: true }).first().waitFor()
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
export const dialog = (page: Page) => page.getByRole('dialog')

/** Keys go to what has the focus, which many a thing gets a moment after it is there. */
export const hasFocus = (what: Locator) => what.and(what.page().locator(':focus')).waitFor()
/** Escape closes it, and the focus is back where it came from, once it is there: it would be taken from whatever had it by then. */
export const closes = (what: (page: Page) => Locator, backTo?: (page: Page) => Locator) => async (page: Page) => {
  await close(page)
  await what(page).waitFor({ state: 'hidden' })
  if (backTo) await hasFocus(backTo(page))
}

export const nothing = async () => {}
