import type { Browser } from '@playwright/test'

/** What text looks like depends on: pictures are compared only where all of it is the same. */
export interface Rendering {
  platform: string
  chromium: string
  /** Widths of a text in the fonts that the page asks for: they differ as soon as another font answers. */
  textWidths: Record<string, number>
}

export async function readRendering(browser: Browser): Promise<Rendering> {
  const page = await browser.newPage()
  const textWidths = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
    const fonts = ['system-ui', 'sans-serif', 'ui-monospace, monospace', 'serif', '600 13px sans-serif']
    return Object.fromEntries(
      fonts.map((font) => {
        context.font = /\d/.test(font) ? font : `13px ${font}`
        return [font, Math.round(context.measureText('Tapedeck records 0123456789 → ✓ “äöü” ▸ ⌘K').width * 100) / 100]
      }),
    )
  })
  await page.close()
  // Within a major version only security is mended.
  return { platform: process.platform, chromium: String(browser.version().split('.')[0]), textWidths }
}

/** In words, what keeps pictures of one from being compared with those of the other; null when nothing does. */
export function differenceOf(recorded: Rendering, here: Rendering): string | null {
  if (recorded.platform !== here.platform) return `the pictures are of ${recorded.platform}, this is ${here.platform}`
  if (recorded.chromium !== here.chromium)
    return `the pictures are of Chromium ${recorded.chromium}, this is ${here.chromium}`
  const font = Object.keys(recorded.textWidths).find((name) => recorded.textWidths[name] !== here.textWidths[name])
  return font === undefined ? null : `another font answers to “${font}” than in the pictures`
}
