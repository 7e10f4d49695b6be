import { expect } from '../demo/demoStage.ts'
import { dialog, filter, focusedItem, palette, rows } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { enterItems, openList, openTwoTurns } from './steps.ts'

const opensDialog =
  (name: string | RegExp): Check =>
  async ({ page, open, press }) => {
    await open('/live')
    await press()
    await expect(dialog(page, name)).toBeVisible()
  }

const opensPage =
  (name: string): Check =>
  async ({ page, open, press }) => {
    await open('/live')
    await press()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

const searches: Check = async ({ page, open, press }) => {
  await open('/live')
  await press()
  await expect(palette(page)).toBeFocused()
}

export const everywhere: Checks = {
  'Search and commands': { 'mod+k': searches, '/': searches },
  'Filter the sessions': {
    f: async ({ page, open, press }) => {
      for (const address of ['/sessions', '/session/none', '/live', '/account', '/usage', '/settings']) {
        await open(address)
        await press()
        await expect(filter(page)).toBeFocused()
      }
    },
  },
  'New session': { c: opensDialog('New session') },
  Usage: { u: opensPage('Usage') },
  Settings: { 'mod+,': opensPage('Settings') },
  'Undo a deletion': {
    z: async (stage) => {
      const { page, type, press } = stage
      await openList(stage)
      const count = await rows(page).count()
      await type('Delete')
      await expect(rows(page)).toHaveCount(count - 1)
      await press()
      await expect(rows(page)).toHaveCount(count)
    },
  },
  'Keyboard shortcuts': { '?': opensDialog('Keyboard shortcuts') },
  'Close a dialog or menu': {
    Esc: async (stage) => {
      const { page, type, press } = stage
      await openTwoTurns(stage)
      await type('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      await press()
      await expect(page.getByRole('dialog')).toBeHidden()
      await enterItems(stage)
      await type('m')
      await expect(page.getByRole('menu')).toBeVisible()
      await press()
      await expect(page.getByRole('menu')).toBeHidden()
      await expect(focusedItem(page)).toBeVisible()
    },
  },
}
