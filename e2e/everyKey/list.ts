import { conversation } from '../conversationView.ts'
import { expect } from '../demo/demoStage.ts'
import { chosen, dialog, item, list as listOf, rows } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { openChosen, openList } from './steps.ts'

const stepsInList =
  (before: string[], nth: number): Check =>
  async (stage) => {
    await openList(stage)
    await stage.type(...before)
    await stage.press()
    await expect(rows(stage.page).nth(nth)).toBeFocused()
  }

const deletes: Check = async (stage) => {
  const { page, type, press } = stage
  await openList(stage)
  // The row has the focus before the session is the page.
  await expect(page).not.toHaveTitle(/^Sessions/)
  const title = await page.title()
  const count = await rows(page).count()
  await press()
  await expect(page.getByText(`Deleted “${title.replace(/ · Tapedeck$/, '')}”`)).toBeVisible()
  await expect(rows(page).first()).toBeFocused()
  await expect(page).not.toHaveTitle(title)
  await type('z')
  await expect(rows(page)).toHaveCount(count)
  await type('k')
  await expect(page).toHaveTitle(title)
}

export const list: Checks = {
  'Next, previous session': {
    j: stepsInList([], 1),
    k: stepsInList(['j', 'j'], 1),
    '↓': stepsInList([], 1),
    '↑': stepsInList(['ArrowDown', 'ArrowDown'], 1),
  },
  'Go to the conversation': {
    '↵': async (stage) => {
      await openList(stage)
      await expect(item(stage.page).first()).toBeVisible()
      await stage.press()
      await expect(conversation(stage.page)).toBeFocused()
    },
  },
  Select: {
    x: async (stage) => {
      await openList(stage)
      await stage.press()
      await expect(chosen(stage.page)).toContainText('1 session')
      await stage.press()
      await expect(chosen(stage.page)).toBeHidden()
    },
  },
  'Extend selection': {
    '⇧ ↓': async (stage) => {
      await openList(stage)
      await stage.press()
      await expect(chosen(stage.page)).toContainText('2 sessions')
      await expect(rows(stage.page).nth(1)).toBeFocused()
    },
    '⇧ ↑': async (stage) => {
      await openList(stage)
      await stage.type('j')
      await stage.press()
      await expect(chosen(stage.page)).toContainText('2 sessions')
      await expect(rows(stage.page).first()).toBeFocused()
    },
  },
  'Session menu': {
    m: async (stage) => {
      await openList(stage)
      await stage.press()
      await expect(stage.page.getByRole('menuitem').first()).toBeVisible()
    },
  },
  'Star, tag, export the selection': {
    s: async (stage) => {
      await openChosen(stage)
      await stage.press()
      await expect(listOf(stage.page).getByLabel('starred')).toHaveCount(1)
      await stage.press()
      await expect(listOf(stage.page).getByLabel('starred')).toHaveCount(0)
    },
    '#': async (stage) => {
      await openChosen(stage)
      await stage.press()
      await expect(chosen(stage.page).getByLabel('New tag')).toBeFocused()
    },
    'mod+e': async (stage) => {
      await openChosen(stage)
      await stage.press()
      await expect(dialog(stage.page, /^Export/)).toBeVisible()
    },
  },
  'Clear selection': {
    Esc: async (stage) => {
      await openChosen(stage)
      await stage.press()
      await expect(chosen(stage.page)).toBeHidden()
      await expect(rows(stage.page).first()).toBeFocused()
    },
  },
  Delete: { Delete: deletes, 'mod+⌫': deletes },
}
