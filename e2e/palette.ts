import type { Page } from '@playwright/test'

/** Each letter has its hits. Those of all that was typed are counted. */
export const untilFound = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('status')
    .filter({ hasText: /\d hits?$/ })
    .waitFor()
