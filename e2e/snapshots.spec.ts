import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, themes } from './everyPage/gallery.ts'
import { pages, type ShownPage } from './everyPage/pages.ts'
import { differenceOf, readRendering } from './everyPage/rendering.ts'
import { standStill } from './everyPage/stillLife.ts'

/**
 * What each page looks like, compared with the pictures in `snapshots/`. `npm run snapshots` takes all of them anew. They are of one
 * browser with its fonts, which is noted beside them; elsewhere the run says what is different and compares nothing.
 */

const folder = join(import.meta.dirname, 'snapshots')
const note = join(folder, 'rendering.json')
const largestBytes = 200_000
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

const fileOf = ({ name }: ShownPage, size: string, theme: string) =>
  `${name.toLowerCase().replaceAll(' ', '-')}-${size}-${theme}.png`

for (const shown of pages) {
  test(`looks as it did: ${shown.name}`, async ({ gallery }, { config }) => {
    const isTaking = config.updateSnapshots === 'all' || config.updateSnapshots === 'changed'
    const here = await readRendering(gallery.browser)
    if (isTaking) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(note, `${JSON.stringify(here, null, 2)}\n`)
    } else {
      const reason = reasonNotToCompare(shown, here)
      if (reason !== null) console.log(`${shown.name} is not compared: ${reason}.`)
      test.skip(reason !== null, reason ?? '')
    }

    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await gallery.show(shown, {
        viewport,
        reducedMotion: 'reduce',
        timezoneId: 'UTC',
        locale: 'en-GB',
        prepare: (opened) => standStill(opened, gallery.startedAt),
      })
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme })
        const file = fileOf(shown, size, colorScheme)
        // Smoothed edges differ by a hair; a word, a colour or a place that changed is more than this.
        await expect.soft(page).toHaveScreenshot(file, { maxDiffPixelRatio: 0.02 })
        expect.soft(statSync(join(folder, file)).size, file).toBeLessThan(largestBytes)
      }
      await page.context().close()
    }
  })
}

function reasonNotToCompare(shown: ShownPage, here: Awaited<ReturnType<typeof readRendering>>): string | null {
  if (!existsSync(join(folder, fileOf(shown, 'wide', 'light'))))
    return 'there is no picture of it; npm run snapshots takes one'
  return differenceOf(JSON.parse(readFileSync(note, 'utf8')), here)
}
