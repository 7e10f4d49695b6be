import type { Page } from '@playwright/test'

/** The keys of controls, by their names; a control that is named so has to tell of its key. */
const keysOf: [name: RegExp, key: string][] = [
  [/^Search$|^Search everything/, 'Ctrl K'],
  [/^New( session)?…?$/, 'C'],
  [/^Live(\s|$)/, 'G L'],
  [/^Sessions(\s|$)/, 'G S'],
  [/^Starred$/, 'G T'],
  [/^Usage$/, 'U'],
  [/^Account(\s|$)/, 'G A'],
  [/^Settings$/, 'Ctrl ,'],
  [/^Keyboard shortcuts$/, '?'],
  [/^Filter the sessions$/, 'F'],
  [/^Rename$/, 'F2'],
  [/^Export…$/, 'Ctrl E'],
  [/^(Star|Unstar)$/, 'S'],
  [/^Inspector$/, 'Ctrl I'],
  [/^Previous request$/, '['],
  [/^Next request$/, ']'],
  [/^Actions for this/, 'M'],
  [/^Numbers/, 'T'],
]

/**
 * The controls of a page that tell nobody what they are: without a text, and without a tooltip when they have the focus. And those
 * that have a key which neither their text nor their tooltip names.
 */
export async function findUntold(page: Page): Promise<string[]> {
  // From here on the focus is one of the keyboard, which tooltips heed.
  await page.keyboard.press('Shift')
  const found = await page.evaluate(async () => {
    const next = () => new Promise((resolve) => setTimeout(resolve))
    // What moves through a chart is read in the words over it.
    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        'button, a[href], input:not([type=range]), select, textarea, [role=tab]',
      ),
    ].filter((control) => control.checkVisibility({ visibilityProperty: true }) && !control.matches(':disabled'))
    const told: { name: string; text: string; tip: string; isFold: boolean }[] = []
    // Tooltips come when the focus moves from one control to another.
    controls.at(-1)?.focus({ preventScroll: true })
    for (const control of controls) {
      if (!control.isConnected) continue
      // A field may hide its key while somebody types.
      const around = control.matches('input') ? (control.parentElement?.innerText ?? '') : ''
      control.focus({ preventScroll: true })
      for (let turns = 0; turns < 5; turns++) await next()
      const shown = document.getElementById(control.getAttribute('aria-describedby') ?? '')
      const labels = 'labels' in control ? [...((control.labels ?? []) as NodeListOf<HTMLElement>)] : []
      const fold = control.closest('[data-item]')?.querySelector('button[aria-expanded]')
      told.push({
        name: control.getAttribute('aria-label') ?? control.innerText.trim(),
        text: [control.innerText, around, ...labels.map((label) => label.innerText)].join(' ').trim(),
        tip: [shown?.innerText ?? '', control.title].join(' ').trim(),
        isFold: fold === control,
      })
    }
    ;(document.activeElement as HTMLElement | null)?.blur()
    return told
  })
  return found.flatMap(({ name, text, tip, isFold }) => {
    if (text === '' && tip === '') return [`“${name}” has neither a text nor a tooltip`]
    const key = isFold ? 'E' : keysOf.find(([known]) => known.test(name))?.[1]
    const words = `${text} ${tip}`.replaceAll('\u00a0', ' ').split(/\s+/).join(' ')
    return key === undefined || ` ${words} `.includes(` ${key} `) ? [] : [`“${name}” does not tell of ${key}: ${words}`]
  })
}
