import type { Locator, Page } from '@playwright/test'
import { expect } from '../demo/demoStage.ts'
import { prompts } from '../demo/scenario.ts'
import { chosen, item, rows } from './parts.ts'
import type { Check } from './stage.ts'

/** What leads to where a key applies; by keys too. */

const mostSteps = 100

/** By this key to what is looked for: as many steps as it takes. */
export async function walk(page: Page, key: string, to: Locator): Promise<void> {
  for (let step = 0; step < mostSteps; step++) {
    if (await to.first().evaluate((element) => element === document.activeElement)) return
    const before = await page.evaluateHandle(() => document.activeElement)
    await page.keyboard.press(key)
    // Behind the last control Tab leads out of the page, to nothing; between two items nothing has the focus for a moment.
    const isOut = key.endsWith('Tab')
    const hasArrived = () =>
      before.evaluate((element, isOut) => {
        const active = document.activeElement
        return active !== element && (isOut || active !== document.body)
      }, isOut)
    await expect.poll(hasArrived, { intervals: [20] }).toBe(true)
  }
  throw new Error(`${key} does not lead to ${to}`)
}

/** Each key leads to another time, of which the chart tells; the last one is the key that it is about. */
export const stepsInChart =
  (open: Check, chartOf: (page: Page) => Locator, before: string[]): Check =>
  async (stage) => {
    await open(stage)
    const chart = chartOf(stage.page)
    for (const step of [...before.map((key) => () => stage.type(key)), stage.press]) {
      const told = await chart.getAttribute('aria-valuetext')
      await step()
      await expect(chart).not.toHaveAttribute('aria-valuetext', String(told))
    }
  }

export const openList: Check = async ({ page, open, type }) => {
  await open('/sessions')
  await expect(rows(page).first()).toBeVisible()
  await type('j')
  await expect(rows(page).first()).toBeFocused()
}

export const openChosen: Check = async (stage) => {
  await openList(stage)
  await stage.type('x')
  await expect(chosen(stage.page)).toContainText('1 session')
}

export const openSession =
  (prompt: string): Check =>
  async ({ page, open, session }) => {
    await open(session(prompt))
    await expect(item(page).first()).toBeVisible()
  }

export const openTwoTurns = openSession(prompts.deterministic)

/** To the first item; a step is over when the focus is there. */
export const enterItems: Check = async ({ page, type }) => {
  await type('j')
  await expect(item(page).first()).toBeFocused()
}
