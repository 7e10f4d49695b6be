import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** All else is the same in each theme. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

interface Options {
  /** A selector: in there alone. */
  within?: string
  rules?: string[]
}

/** What axe finds wrong, by rule with the elements: all of it in the light theme, and what the colours of the dark one make wrong. */
export async function violationsOf(page: Page, options: Options = {}) {
  const shown = await page.evaluate(() => ({
    colorScheme: matchMedia('(prefers-color-scheme: dark)').matches ? ('dark' as const) : ('light' as const),
    theme: document.documentElement.dataset.theme,
  }))
  await turn(page, 'dark', shown.theme && 'dark')
  const rules = options.rules?.filter((rule) => rulesOfColours.includes(rule)) ?? rulesOfColours
  const inDark = rules.length > 0 ? await look(page, { ...options, rules }) : []
  await turn(page, 'light', shown.theme && 'light')
  const inLight = await look(page, options)
  await turn(page, shown.colorScheme, shown.theme)
  return [...inDark.map((violation) => ({ ...violation, in: 'dark' })), ...inLight]
}

/** Where the theme is the user's choice, the system's is none. */
async function turn(page: Page, colorScheme: 'light' | 'dark', theme: string | undefined): Promise<void> {
  await page.emulateMedia({ colorScheme })
  if (theme === undefined) return
  await page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen
  }, theme)
}

async function look(page: Page, { within, rules }: Options): Promise<{ id: string; elements: string[] }[]> {
  await movedIn(page)
  // There are no frames of others here: without this axe puts its results together in another page, made for each run, for which
  // a window of the desktop has no place.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  // What is right need not be told, element by element.
  axe.options({ resultTypes: ['violations'] })
  if (within) axe.include(within)
  if (rules) axe.withRules(rules)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => ({ id, elements: nodes.map(({ html }) => html) }))
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
