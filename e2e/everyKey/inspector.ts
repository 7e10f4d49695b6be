import type { Page } from '@playwright/test'
import { inspector as inspectorOf } from '../conversationView.ts'
import { expect } from '../demo/demoStage.ts'
import { clipboard, item } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { enterItems, openTwoTurns, walk } from './steps.ts'

const tab = (page: Page, name: string) => inspectorOf(page).getByRole('tab', { name })
const tree = (page: Page) => inspectorOf(page).getByRole('tree')
const treeRow = (page: Page) => inspectorOf(page).getByRole('treeitem', { selected: true })
const place = (page: Page) => inspectorOf(page).getByText(/^\d+ of \d+ in turn \d+$/)

/** As an item led into it; one that is open already is entered again, from its first tab on. */
const openInspector: Check = async (stage) => {
  const { page, type } = stage
  const ofRequest = inspectorOf(page).getByRole('button', { name: 'Request', pressed: true })
  if (await ofRequest.isVisible()) {
    await type('Shift+I')
    await expect(inspectorOf(page).getByRole('tab', { selected: true })).toBeFocused()
    await type('Home')
  } else {
    await openTwoTurns(stage)
    await enterItems(stage)
    await type('Shift+I')
  }
  await expect(tab(page, 'Overview')).toBeFocused()
}

const openTree: Check = async (stage) => {
  const { page } = stage
  await openInspector(stage)
  await walk(page, 'ArrowRight', tab(page, 'Sent'))
  await expect(treeRow(page)).toContainText('request')
  await walk(page, 'Tab', tree(page))
}

const walksTree =
  (before: string[], expected: string): Check =>
  async (stage) => {
    await openTree(stage)
    await stage.type(...before)
    await stage.press()
    await expect(treeRow(stage.page)).toHaveText(new RegExp(expected))
  }

export const inspector: Checks = {
  'Previous, next request': {
    '[': async (stage) => {
      await openTree(stage)
      await stage.type(']')
      const before = await place(stage.page).innerText()
      await stage.press()
      await expect(place(stage.page)).not.toHaveText(before)
      await expect(tree(stage.page)).toBeFocused()
    },
    ']': async (stage) => {
      await openTree(stage)
      const before = await place(stage.page).innerText()
      await stage.press()
      await expect(place(stage.page)).not.toHaveText(before)
      await expect(tree(stage.page)).toBeFocused()
    },
  },
  'Charts or numbers': {
    t: async (stage) => {
      const { page, type, press } = stage
      await openInspector(stage)
      await walk(page, 'Shift+Tab', inspectorOf(page).getByRole('button', { name: 'Session', exact: true }))
      await type('Enter')
      const drawing = inspectorOf(page).getByRole('slider', { name: 'Tokens of each request' })
      await walk(page, 'Tab', drawing)
      await press()
      await expect(drawing).toBeHidden()
      await expect(inspectorOf(page).getByRole('columnheader', { name: 'Hit rate' })).toBeVisible()
      await expect(inspectorOf(page).locator(':focus')).toBeVisible()
      await press()
      await expect(drawing).toBeVisible()
    },
  },
  'Move, open and close': {
    '↓': walksTree([], '^type'),
    '↑': walksTree(['ArrowDown', 'ArrowDown'], '^type'),
    '←': async (stage) => {
      await openTree(stage)
      await stage.press()
      await expect(treeRow(stage.page)).toHaveAttribute('aria-expanded', 'false')
    },
    '→': async (stage) => {
      await openTree(stage)
      await stage.type('ArrowLeft')
      await expect(treeRow(stage.page)).toHaveAttribute('aria-expanded', 'false')
      await stage.press()
      await expect(treeRow(stage.page)).toHaveAttribute('aria-expanded', 'true')
    },
  },
  'Copy a value': {
    c: async (stage) => {
      const { page, type, press } = stage
      await openTree(stage)
      await type('ArrowDown')
      await press()
      await expect.poll(() => clipboard(page)).toBe('response.create')
      // Beside the tree, where its button names the key.
      await type('ArrowDown')
      await walk(page, 'Shift+Tab', inspectorOf(page).getByRole('button', { name: /^(Copy this value|Copied)$/ }))
      await press()
      await expect.poll(() => clipboard(page)).toMatch(/^gpt-/)
      await expect(page.getByRole('dialog')).toBeHidden()
    },
  },
  'Back to the conversation': {
    Esc: async (stage) => {
      await openInspector(stage)
      await stage.press()
      await expect(item(stage.page).first()).toBeFocused()
      await expect(inspectorOf(stage.page)).toBeVisible()
    },
  },
}
