import type { Page } from '@playwright/test'

/** Leads the page elsewhere as a link of its own does, without loading it anew. */
export function goTo(page: Page, hash: string): Promise<void> {
  return page.evaluate((to) => {
    location.hash = to
  }, hash)
}
