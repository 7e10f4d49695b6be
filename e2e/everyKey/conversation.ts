import { conversation as conversationOf, inspector } from '../conversationView.ts'
import { expect } from '../demo/demoStage.ts'
import { prompts } from '../demo/scenario.ts'
import { untilFound } from '../palette.ts'
import { clipboard, dialog, focusedItem, item, list } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { enterItems, openSession, openTwoTurns, walk } from './steps.ts'

const openItem: Check = async (stage) => {
  await openTwoTurns(stage)
  await enterItems(stage)
}

const finds: Check = async (stage) => {
  await openTwoTurns(stage)
  await stage.press()
  await expect(stage.page.getByRole('textbox', { name: 'Find in this conversation' })).toBeFocused()
}

const stepsToHit =
  (current: RegExp): Check =>
  async (stage) => {
    const { page, type, press } = stage
    await openTwoTurns(stage)
    await type('/')
    await page.keyboard.type('session')
    const count = page.getByRole('search').getByRole('status')
    await expect(count).toHaveText(/^1 of \d+$/)
    await press()
    await expect(count).toHaveText(current)
  }

const togglesInspector: Check = async (stage) => {
  await openTwoTurns(stage)
  await stage.press()
  await expect(inspector(stage.page)).toBeVisible()
  await stage.press()
  await expect(inspector(stage.page)).toBeHidden()
}

const opensField =
  (name: string): Check =>
  async (stage) => {
    await openTwoTurns(stage)
    await stage.press()
    await expect(stage.page.getByLabel(name, { exact: true })).toBeFocused()
  }

/** A browser without a screen has no dialog for it. */
const prints: Check = async (stage) => {
  await openTwoTurns(stage)
  await stage.page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await stage.press()
  await expect(stage.page.locator('body')).toHaveAttribute('data-printed')
  await stage.page.reload()
}

export const conversation: Checks = {
  'Next, previous item': {
    j: async (stage) => {
      await openTwoTurns(stage)
      await stage.press()
      await expect(item(stage.page).first()).toBeFocused()
      await stage.press()
      await expect(item(stage.page).nth(1)).toBeFocused()
    },
    k: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.type('j')
      await expect(item(stage.page).nth(1)).toBeFocused()
      await stage.press()
      await expect(item(stage.page).first()).toBeFocused()
    },
  },
  'Next, previous turn': {
    n: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.press()
      await expect(focusedItem(stage.page)).toContainText(prompts.moment)
    },
    p: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.type('n')
      await expect(focusedItem(stage.page)).toContainText(prompts.moment)
      await stage.press()
      await expect(focusedItem(stage.page)).toContainText(prompts.deterministic)
    },
  },
  'Expand or collapse': {
    e: async (stage) => {
      const { page, press } = stage
      await openTwoTurns(stage)
      await enterItems(stage)
      await walk(page, 'j', page.locator('[data-kind="thought"]'))
      const fold = focusedItem(page).locator('button[aria-expanded]')
      const isOpen = (await fold.getAttribute('aria-expanded')) === 'true'
      await press()
      await expect(fold).toHaveAttribute('aria-expanded', String(!isOpen))
      await press()
      await expect(fold).toHaveAttribute('aria-expanded', String(isOpen))
    },
  },
  'Open a sub-agent’s work': {
    '↵': async (stage) => {
      const { page, type, press } = stage
      await openSession(prompts.icon)(stage)
      await enterItems(stage)
      await walk(page, 'j', page.locator('article[data-kind="lane"]'))
      const inside = conversationOf(page).getByText('ls -l icon.png').first()
      await expect(inside).toBeHidden()
      await press()
      await expect(inside).toBeVisible()
      // In it, and back to its head.
      await type('j')
      await expect(page.locator('article[data-kind="lane"]')).not.toBeFocused()
      await type('k')
      await expect(page.locator('article[data-kind="lane"]')).toBeFocused()
      await press()
      await expect(inside).toBeHidden()
    },
  },
  'Find in the conversation': { '/': finds, 'mod+f': finds },
  'Next, previous hit': { '↵': stepsToHit(/^2 of \d+$/), '⇧ ↵': stepsToHit(/^(\d+) of \1$/) },
  'Copy a link to the item': {
    y: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.type('j')
      await expect(item(stage.page).nth(1)).toBeFocused()
      await stage.press()
      await expect.poll(() => clipboard(stage.page)).toMatch(/#\/session\/[^/]+\/turn\/[^/]+\/item\//)
      const link = await clipboard(stage.page)
      const id = await focusedItem(stage.page).getAttribute('data-item')
      await stage.open(link.split('#')[1] ?? '')
      await expect(stage.page.locator(`[data-item="${id}"]`)).toBeFocused()
    },
  },
  'Item menu': {
    m: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.press()
      await expect(stage.page.getByRole('menuitem').first()).toBeFocused()
    },
  },
  Inspector: { 'mod+i': togglesInspector, i: togglesInspector },
  'Go to the inspector': {
    '⇧ i': async (stage) => {
      for (const begin of [openTwoTurns, openItem]) {
        await begin(stage)
        await stage.press()
        await expect(inspector(stage.page).getByRole('tab', { name: 'Overview' })).toBeFocused()
      }
    },
  },
  Star: {
    s: async (stage) => {
      const { page, press } = stage
      await openTwoTurns(stage)
      await press()
      await expect(page.getByRole('button', { name: /^Starred/ })).toHaveAttribute('aria-pressed', 'true')
      await press()
      await expect(page.getByRole('button', { name: 'Star', exact: true })).toHaveAttribute('aria-pressed', 'false')
    },
  },
  Tag: { '#': opensField('New tag') },
  Note: { a: opensField('Note') },
  'Save the note': {
    'mod+↵': async (stage) => {
      const { page, type, press } = stage
      await openTwoTurns(stage)
      await enterItems(stage)
      await type('a')
      await page.keyboard.type('kept by a key')
      await press()
      await expect(page.getByRole('button', { name: 'kept by a key' })).toBeVisible()
      await expect(item(page).first()).toBeFocused()
      await type('a', 'ControlOrMeta+a', 'Backspace')
      await press()
      await expect(page.getByRole('button', { name: 'kept by a key' })).toBeHidden()
    },
  },
  Rename: { F2: opensField('Title of the session') },
  Export: {
    'mod+e': async (stage) => {
      await openTwoTurns(stage)
      await stage.press()
      await expect(dialog(stage.page, /^Export/)).toBeVisible()
    },
  },
  Print: { 'mod+p': prints },
  'Clear the marked hit, then back to the list': {
    Esc: async ({ page, open, press, type }) => {
      await open('/live')
      await type('ControlOrMeta+k')
      await page.keyboard.type('EADDRINUSE')
      await untilFound(page)
      await expect(page.getByRole('option', { name: /EADDRINUSE/ }).first()).toBeVisible()
      await type('Enter')
      await expect(focusedItem(page)).toBeVisible()
      const isMarked = () => page.evaluate(() => CSS.highlights.has('sought'))
      await expect.poll(isMarked).toBe(true)
      await press()
      expect(await isMarked()).toBe(false)
      await expect(focusedItem(page)).toBeVisible()
      await press()
      await expect(list(page).locator('a[aria-current]')).toBeFocused()
    },
  },
  'Jump to the top': {
    Home: async (stage) => {
      await openTwoTurns(stage)
      await enterItems(stage)
      await stage.type('n')
      await expect(focusedItem(stage.page)).toContainText(prompts.moment)
      await stage.press()
      await expect.poll(() => conversationOf(stage.page).evaluate(({ scrollTop }) => scrollTop)).toBe(0)
      await expect(item(stage.page).first()).toBeFocused()
    },
  },
  'Jump to latest': {
    End: async (stage) => {
      const { page } = stage
      await openTwoTurns(stage)
      await page.setViewportSize({ width: 1440, height: 420 })
      await enterItems(stage)
      await stage.press()
      const fromEnd = () =>
        conversationOf(page).evaluate(
          ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
        )
      await expect.poll(() => conversationOf(page).evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0)
      await expect.poll(fromEnd).toBeLessThan(2)
      await expect(item(page).last()).toBeFocused()
      await page.setViewportSize({ width: 1440, height: 900 })
    },
  },
}
