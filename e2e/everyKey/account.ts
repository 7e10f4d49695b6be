import type { Page } from '@playwright/test'
import type { Limits } from '../../contract/domain/limits.ts'
import { expect } from '../demo/demoStage.ts'
import { focused } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { stepsInChart, walk } from './steps.ts'

const hourMs = 3_600_000

/** As it was told in the last two days; it would take as long to come to it. */
async function tellHistory(page: Page): Promise<void> {
  const now = Date.now()
  const history = [40, 20, 1].map((hoursAgo, index): Limits => {
    const at = now - hoursAgo * hourMs
    return {
      at,
      planType: 'plus',
      windows: [
        { name: 'primary', usedPercent: 30 + index, windowMinutes: 300, resetsAt: at + 2 * hourMs },
        { name: 'secondary', usedPercent: 10 + index, windowMinutes: 10_080, resetsAt: now + 48 * hourMs },
      ],
    }
  })
  await page.route('**/api/account/limits', (route) => route.fulfill({ json: { ok: true, value: { history } } }))
}

/** That of the windows of days. */
const chart = (page: Page) => page.getByRole('main').getByRole('slider').last()

const openChart: Check = async ({ page, open, type }) => {
  await tellHistory(page)
  await open('/live')
  await type('g', 'a')
  await expect(chart(page)).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
  await walk(page, 'Tab', chart(page))
}

export const account: Checks = {
  'Charts or numbers': {
    t: async (stage) => {
      const { page, press } = stage
      await openChart(stage)
      const words = await chart(page).getAttribute('aria-valuetext')
      await press()
      await expect(page.getByRole('slider')).toHaveCount(0)
      const newest = page.getByRole('table', { name: 'Weeks' }).getByRole('row').nth(1)
      await expect(newest).toContainText(/\d+\s%/)
      for (const cell of await newest.locator('th, td').allInnerTexts()) expect(words).toContain(cell)
      await expect(focused(page)).toBeVisible()
      await press()
      await expect(chart(page)).toBeVisible()
      await expect(focused(page)).toBeVisible()
    },
  },
  'Move along a chart': {
    '←': stepsInChart(openChart, chart, []),
    '→': stepsInChart(openChart, chart, ['ArrowLeft']),
  },
}
