import { expect } from '../demo/demoStage.ts'
import { dialog, filter, list, palette, rows } from './parts.ts'
import type { Check, Checks } from './stage.ts'

/** In the palette, and in the filter over the list. */
const choosesBy =
  (isDown: boolean): Check =>
  async ({ page, open, press, type }) => {
    for (const [key, options] of [
      ['ControlOrMeta+k', dialog(page, 'Search').getByRole('option')],
      ['f', list(page).getByRole('option')],
    ] as const) {
      await open('/sessions')
      await type(key)
      await expect(options.first()).toHaveAttribute('aria-selected', 'true')
      await press()
      await expect(isDown ? options.nth(1) : options.last()).toHaveAttribute('aria-selected', 'true')
    }
  }

export const searchAndFilter: Checks = {
  Move: { '↑': choosesBy(false), '↓': choosesBy(true) },
  'Open or run': {
    '↵': async ({ page, open, press, type }) => {
      await open('/live')
      await type('ControlOrMeta+k')
      await page.keyboard.type('settings')
      await expect(page.getByRole('option', { name: 'Settings' })).toHaveAttribute('aria-selected', 'true')
      await press()
      await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
      await open('/sessions')
      await type('f')
      await page.keyboard.type('has:edits')
      await press()
      await expect(page.getByRole('list', { name: 'Filters' })).toContainText('with edits')
    },
  },
  Complete: {
    '⇥': async ({ page, open, press, type }) => {
      for (const [key, field] of [
        ['ControlOrMeta+k', palette(page)],
        ['f', filter(page)],
      ] as const) {
        await open('/sessions')
        await type(key)
        await page.keyboard.type('has:ed')
        await press()
        await expect(field).toHaveValue('has:edits ')
        await expect(field).toBeFocused()
      }
    },
  },
  'Remove the last filter': {
    '⌫': async ({ page, open, press, type }) => {
      await open('/sessions?q=status:completed+has:edits')
      const filters = page.getByRole('list', { name: 'Filters' })
      await expect(filters).toContainText('with edits')
      await type('f')
      await press()
      await expect(filters).not.toContainText('with edits')
      await expect(filters).toContainText('completed')
      await expect(filter(page)).toHaveValue('has:edits')
    },
  },
  'Back to the list': {
    Esc: async ({ page, open, press, type }) => {
      await open('/sessions')
      await expect(rows(page).first()).toBeVisible()
      await type('f')
      await expect(list(page).getByRole('listbox')).toBeVisible()
      await press()
      await expect(list(page).getByRole('listbox')).toBeHidden()
      await expect(filter(page)).toBeFocused()
      await press()
      await expect(rows(page).first()).toBeFocused()
    },
  },
}
