import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds wrong, by rule with the elements; in `within` (a selector) alone, where one is given. With `opensNothing` it does
 * without a page of its own, for which a window of the desktop has no place.
 */
export async function violationsOf(
  page: Page,
  { within, rules, opensNothing }: { within?: string; rules?: string[]; opensNothing?: true } = {},
): Promise<{ id: string; elements: string[] }[]> {
  await movedIn(page)
  // There are no frames of others here: without this axe puts its results together in another page, made for each run.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  if (within) axe.include(within)
  if (opensNothing) axe.setLegacyMode()
  if (rules) axe.withRules(rules)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => ({ id, elements: nodes.map(({ html }) => html) }))
}

/** All else is the same in each theme. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/** What is wrong in the light theme, and what its colours make wrong in the dark one. Leaves the page in the light one. */
export async function violationsInBothThemes(page: Page, options: { within?: string } = {}) {
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await violationsOf(page, { ...options, rules: rulesOfColours })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...inDark.map((violation) => ({ ...violation, in: 'dark' })), ...(await violationsOf(page, options))]
}

/**
 * A dialog fades in from nothing. At its first frame axe takes it for absent, and what it hides from the readers for
 * what they are left with.
 */
async function movedIn(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  )
}
