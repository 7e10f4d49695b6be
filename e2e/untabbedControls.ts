import type { Locator, Page } from '@playwright/test'
import { walk } from './everyKey/steps.ts'
import { expect } from './pageStage.ts'

/** What can be clicked and not tabbed to, but for what has its keys from the group that it is in. */
const controls = 'button, a[href], input, textarea, select, [role="button"], [role="checkbox"]'
const groups = '[role="tablist"], [role="radiogroup"], [role="tree"], [role="listbox"]'

/**
 * Comes by keys alone to the row of each control that Tab does not reach, and presses there the key that the control says it has.
 * Returns how many there were; what has no such key, or does nothing by it, fails.
 */
export async function pressUntabbed(page: Page): Promise<number> {
  // The conversation first, where the keys are heard until somebody goes to the list.
  const inConversation = await mark(page, '[data-conversation]')
  const inList = await mark(page, '[data-pane="list"]')
  const all = await mark(page, 'body')
  for (const control of inConversation) await pressOn(page, control)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-pane="list"] a:focus')).toBeVisible()
  for (const control of inList) await pressOn(page, control)
  expect(all, 'what Tab does not reach is in a row that other keys lead to').toHaveLength(
    inConversation.length + inList.length,
  )
  return all.length
}

/** Each within `scope`, by a mark of its own. */
async function mark(page: Page, scope: string): Promise<Locator[]> {
  const marks = await page.locator(scope).evaluate(
    (within, [wanted, grouped]) =>
      [...within.querySelectorAll<HTMLElement>(wanted)]
        .filter((control) => control.checkVisibility() && control.tabIndex < 0 && !control.closest(grouped))
        .map((control) => {
          control.dataset.untabbed ??= String(document.querySelectorAll('[data-untabbed]').length)
          return control.dataset.untabbed
        }),
    [controls, groups] as const,
  )
  return marks.map((each) => page.locator(`[data-untabbed="${each}"]`))
}

async function pressOn(page: Page, control: Locator): Promise<void> {
  const name = (await control.getAttribute('aria-label')) ?? (await control.innerText())
  const key = await control.getAttribute('aria-keyshortcuts')
  expect(key, `Tab does not reach “${name}”, which says what key does`).not.toBeNull()
  const row = await control.evaluate((element) => element.closest('[data-key]')?.getAttribute('data-key') ?? '')
  await walk(page, 'j', page.locator(`[data-key="${row}"]`).locator('a, [data-item]'))
  await page.keyboard.press(String(key))
  await expectOn(control, true, `${key} does “${name}”`)
  await page.keyboard.press((await page.getByRole('menu').count()) > 0 ? 'Escape' : String(key))
  await expectOn(control, false, `“${name}” can be left again`)
}

async function expectOn(control: Locator, isOn: boolean, what: string): Promise<void> {
  const read = () => control.evaluate((element) => element.matches('[aria-checked="true"], [aria-expanded="true"]'))
  await expect.poll(read, what).toBe(isOn)
}
