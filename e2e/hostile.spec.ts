import type { Page } from '@playwright/test'
import { sessionOf } from './hostile/conversations.ts'
import { type Attack, attacks, burdens } from './hostile/corpus.ts'
import { everything, expect, harmOf, overflowAt, test } from './hostile/hostileStage.ts'

/** Shows the conversation with an attack, in its list. */
async function show(page: Page, attack: Attack): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/session/${id}`
  }, sessionOf(attack))
  await page.locator(`[data-pane="list"] [aria-current][href$="${sessionOf(attack)}"]`).waitFor({ state: 'attached' })
  await page.getByRole('region', { name: 'Conversation' }).locator('[data-item]').first().waitFor()
}

/** All that is folded is opened, until nothing is; then the page has to hear a key. */
async function openFolds(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let round = 0; round < 6; round++) {
      const folds = document.querySelectorAll<HTMLElement>('[data-item] button[aria-expanded=false]')
      if (folds.length === 0) return
      for (const fold of folds) fold.click()
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    }
  })
  await page.keyboard.press('j')
  expect(await page.evaluate(() => document.activeElement?.closest('[data-item]') != null)).toBe(true)
}

/** What each did, of those that did something. */
const onlyHarm = (harm: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(harm).filter(([, found]) => found.length > 0))

for (const [at, half] of [attacks.slice(0, 26), attacks.slice(26)].entries()) {
  test(`what each attack says in a conversation is shown and nothing else, at any width (${at + 1} of 2)`, async ({
    hostile,
  }) => {
    const page = await hostile.open('/sessions')
    const harm: Record<string, string[]> = {}
    for (const attack of half) {
      await show(page, attack)
      await openFolds(page)
      harm[attack.name] = [...(await harmOf(page)), ...(await overflowAt(page, 320))]
      await page.setViewportSize(everything)
    }
    expect(onlyHarm(harm)).toEqual({})
  })
}

test('what is too long, too wide or too deep stalls nothing, and leaves the page as wide as it is', async ({
  hostile,
}) => {
  const page = await hostile.open('/sessions', { viewport: { width: 1440, height: 900 } })
  const harm: Record<string, string[]> = {}
  for (const burden of burdens) {
    const t = Date.now()
    await show(page, burden)
    // Item by item, each opened by its key.
    const readKey = () => document.activeElement?.closest('[data-key]')?.getAttribute('data-key')
    for (let last: string | null | undefined = null; ; ) {
      await page.keyboard.press('j')
      const current = await page.evaluate(readKey)
      if (current === last) break
      last = current
      await page.keyboard.press('e')
    }
    harm[burden.name] = [
      ...(await harmOf(page)),
      ...(await overflowAt(page, 320)),
      ...(await overflowAt(page, 720)),
      ...(await overflowAt(page, 1440)),
    ]
    console.log(burden.name, Date.now() - t)
  }
  expect(onlyHarm(harm)).toEqual({})
})
