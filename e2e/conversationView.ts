import type { Locator, Page } from '@playwright/test'
import { expect } from './pageStage.ts'

/** What a spec looks at in a session's page. */

export const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
/** The row of an item, or of a run of them. */
export const itemOf = (page: Page, id: string): Locator => page.locator(`[data-item="${id}"]`)

/** Where the row of an item is on the screen. */
export function topOf(page: Page, id: string): Promise<number> {
  return itemOf(page, id).evaluate((element) => Math.round(element.getBoundingClientRect().top))
}

/** Until nothing moves any more: what was scrolled to is drawn and measured. */
export async function settled(page: Page): Promise<void> {
  const place = () =>
    conversation(page).evaluate(
      (element) =>
        new Promise<string>((resolve) => {
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve(`${element.scrollTop} ${element.scrollHeight}`)),
          )
        }),
    )
  let before = ''
  await expect
    .poll(async () => {
      const now = await place()
      const isStill = now === before
      before = now
      return isStill
    })
    .toBe(true)
}
