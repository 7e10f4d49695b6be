import { expect } from '../demo/demoStage.ts'
import { item } from './parts.ts'
import type { Check, Checks } from './stage.ts'

export const live: Checks = {
  'Next, previous session': Object.fromEntries(
    ['j', 'k'].map((key): [string, Check] => [
      key,
      async ({ page, open, press }) => {
        await open('/live')
        await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
        await press()
        await expect(page.getByRole('main').locator('a:focus')).toBeVisible()
      },
    ]),
  ),
  Open: {
    '↵': async ({ page, open, press, type }) => {
      await open('/live')
      await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
      await type('j')
      await press()
      await expect(page).toHaveURL(/#\/session\//)
      await expect(item(page).first()).toBeVisible()
    },
  },
}
