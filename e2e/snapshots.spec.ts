import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullConfig, Locator, Page } from '@playwright/test'
import { closePage, expect, type Gallery, test, themes } from './everyPage/gallery.ts'
import { pages } from './everyPage/pages.ts'
import { differenceOf, type Rendering, readRendering } from './everyPage/rendering.ts'
import { scenes } from './everyPage/scenes.ts'

/**
 * What each page looks like, compared with the pictures in `snapshots/`. `npm run snapshots` takes all of them anew. They are of one
 * browser with its fonts, which is noted beside them; elsewhere the run says what is different and compares nothing.
 */

const folder = join(import.meta.dirname, 'snapshots')
const note = join(folder, 'rendering.json')
const largestBytes = 200_000
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

const always = { isStill: true, reducedMotion: 'reduce', timezoneId: 'UTC', locale: 'en-GB' } as const

const fileOf = (name: string, size: string, theme: string) =>
  `${name.toLowerCase().replaceAll(' ', '-')}-${size}-${theme}.png`

for (const shown of pages) {
  test(`looks as it did: ${shown.name}`, async ({ gallery }, { config }) => {
    await takeOrSkip(gallery, [shown.name], config)
    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await gallery.show(shown, { ...always, viewport })
      await compare(page, page, shown.name, size)
      await closePage(page)
    }
  })
}

for (const scene of scenes) {
  test(`looks as it did: ${scene.name}`, async ({ gallery }, { config }) => {
    await takeOrSkip(
      gallery,
      scene.states.map(({ name }) => name),
      config,
    )
    const page = await gallery.show(scene, { ...always, viewport: sizes.wide })
    for (const { name, open, leave, part } of scene.states) {
      await open(page)
      await compare(page, part?.(page) ?? page, name, 'wide')
      await leave?.(page)
    }
    await closePage(page)
  })
}

async function compare(page: Page, part: Page | Locator, name: string, size: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    const file = fileOf(name, size, colorScheme)
    // Smoothed edges differ by a hair; a word, a colour or a place that changed is more than this.
    const options = { maxDiffPixelRatio: 0.02 }
    if ('goto' in part) await expect.soft(part).toHaveScreenshot(file, options)
    else await expect.soft(part).toHaveScreenshot(file, options)
    expect.soft(statSync(join(folder, file)).size, file).toBeLessThan(largestBytes)
  }
}

/** Notes in which browser they are taken, or skips the test where this one would draw them otherwise. */
async function takeOrSkip({ browser }: Gallery, names: string[], { updateSnapshots }: FullConfig): Promise<void> {
  const here = await readRendering(browser)
  if (updateSnapshots === 'all' || updateSnapshots === 'changed') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(note, `${JSON.stringify(here, null, 2)}\n`)
    return
  }
  const reason = reasonNotToCompare(names, here)
  if (reason !== null) console.log(`${names.join(', ')}: not compared, ${reason}.`)
  test.skip(reason !== null, reason ?? '')
}

function reasonNotToCompare(names: string[], here: Rendering): string | null {
  const missing = names.find((name) => !existsSync(join(folder, fileOf(name, 'wide', 'light'))))
  if (missing !== undefined) return `there is no picture of ${missing}; npm run snapshots takes one`
  return differenceOf(JSON.parse(readFileSync(note, 'utf8')), here)
}
