import type { Page } from '@playwright/test'

/** What the checks look at. */

export const list = (page: Page) => page.getByRole('region', { name: 'Sessions', exact: true })
export const rows = (page: Page) => list(page).getByRole('link')
export const chosen = (page: Page) => page.getByRole('region', { name: 'Selected sessions' })
export const filter = (page: Page) => page.getByLabel('Filter the sessions')
export const palette = (page: Page) => page.getByLabel('Search everything', { exact: true })
export const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
export const item = (page: Page) => page.locator('[data-item]')
export const focusedItem = (page: Page) => page.locator('[data-item]:focus')
/** What has the focus in the main part of the page. */
export const focused = (page: Page) => page.locator('main :focus')
export const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
