import type { Page } from '@playwright/test'
import axe from 'axe-core'

/** All else is the same in each theme. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

interface Options {
  /** A selector: in there alone. */
  within?: string
  rules?: string[]
}

/** What axe finds wrong, by rule with the elements: all of it in the light theme, and what the colours of the dark one make wrong. */
export async function violationsOf(page: Page, options: Options = {}) {
  await bringAxe(page)
  const shown = await page.evaluate(() => ({
    colorScheme: matchMedia('(prefers-color-scheme: dark)').matches ? ('dark' as const) : ('light' as const),
    reducedMotion: matchMedia('(prefers-reduced-motion)').matches ? ('reduce' as const) : ('no-preference' as const),
    theme: document.documentElement.dataset.theme,
  }))
  // What comes to its place by and by is there at once, so that nothing is looked at while it is half there, or only when it has gone.
  const reducedMotion = 'reduce'
  await turn(page, { colorScheme: 'dark', reducedMotion, theme: shown.theme && 'dark' })
  const rules = options.rules?.filter((rule) => rulesOfColours.includes(rule)) ?? rulesOfColours
  const inDark = rules.length > 0 ? await look(page, { ...options, rules }) : []
  await turn(page, { colorScheme: 'light', reducedMotion, theme: shown.theme && 'light' })
  const inLight = await look(page, options)
  await turn(page, shown)
  return [...inDark.map((violation) => ({ ...violation, in: 'dark' })), ...inLight]
}

/** Once for a document: to read it takes as long as to look at a page. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
}

interface Looks {
  colorScheme: 'light' | 'dark'
  reducedMotion: 'reduce' | 'no-preference'
  theme: string | undefined
}

/** Where the theme is the user's choice, the system's is none. */
async function turn(page: Page, { theme, ...media }: Looks): Promise<void> {
  await page.emulateMedia(media)
  if (theme === undefined) return
  await page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen
  }, theme)
}

async function look(page: Page, { within, rules }: Options): Promise<{ id: string; elements: string[] }[]> {
  await movedIn(page)
  const options: axe.RunOptions = {
    // What is right need not be told, element by element.
    resultTypes: ['violations'],
    // Of media alone, of which there are none, something would have to be fetched before.
    preload: false,
    ...(rules && { runOnly: rules }),
  }
  const scope = within ? { include: [within] } : { exclude: [] }
  return page.evaluate(
    async ([where, how]) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(where, how)
      return violations.map(({ id, nodes }) => ({ id, elements: nodes.map(({ html }) => html) }))
    },
    [scope, options] as const,
  )
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
