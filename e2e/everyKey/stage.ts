import type { Page } from '@playwright/test'
import { expect } from '../demo/demoStage.ts'
import type { Server } from '../tapedeck.ts'

export interface Stage {
  page: Page
  server: Server
  /** The key that it is about. */
  press(): Promise<void>
  type(...keys: string[]): Promise<void>
  /** The page at this address, as if nobody had done anything in it. */
  open(route: string): Promise<void>
  /** The address of the session that began with these words. */
  session(prompt: string): string
}

/** Looks at what a key does, where it applies. */
export type Check = (stage: Stage) => Promise<void>

/** Of one group of the map: by what is done, by key. */
export type Checks = Record<string, Record<string, Check>>

/** Shows another page and then this one, which costs less than to load it; that is done where something is left of the check before. */
export async function openAnew(page: Page, server: Server, route: string): Promise<void> {
  await closeAll(page)
  if (!(await isClean(page))) return load(page, server, route)
  // Neither of them narrows the list.
  const away = route === '/live' ? 'settings' : 'live'
  await go(page, `/${away}`)
  const titleOfAway = new RegExp(`^${away} · `, 'i')
  await expect(page).toHaveTitle(titleOfAway)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await go(page, route)
  // Until it is drawn keys would mean the page before.
  await expect(page).not.toHaveTitle(titleOfAway)
}

const go = (page: Page, route: string) =>
  page.evaluate((route) => {
    location.hash = route
  }, route)

/** What floats and what is typed into is left by Escape; one may be within another. */
async function closeAll(page: Page): Promise<void> {
  const isInside = () =>
    page.evaluate(
      () =>
        document.querySelector('[role="dialog"], [role="menu"]') !== null ||
        document.activeElement?.matches('input, textarea') === true,
    )
  for (let presses = 0; presses < 3 && (await isInside()); presses++) await page.keyboard.press('Escape')
}

/** The theme is stored with each load. */
function isClean(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      document.querySelector('[role="dialog"], [role="menu"]') === null &&
      Object.keys(localStorage).every((key) => key === 'theme'),
  )
}

async function load(page: Page, server: Server, route: string): Promise<void> {
  await page.evaluate(() => localStorage.clear())
  await page.goto('about:blank')
  await page.goto(`${new URL(server.ui).origin}/#${route}`)
  // Keys are heard from here on.
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
}

const names: Record<string, string> = {
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↵': 'Enter',
  '⇥': 'Tab',
  '⌫': 'Backspace',
  Esc: 'Escape',
}

/** As the browser's driver calls what the map shows: one key, or two that are pressed one after the other. */
export function namesForBrowser(key: string): string[] {
  return /^[a-z] /.test(key) ? key.split(' ') : [nameForBrowser(key)]
}

function nameForBrowser(key: string): string {
  if (key.startsWith('mod+')) return `ControlOrMeta+${nameForBrowser(key.slice(4))}`
  if (key.startsWith('⇧ '))
    return `Shift+${nameForBrowser(key.slice(2).replace(/^[a-z]$/, (letter) => letter.toUpperCase()))}`
  return names[key] ?? key
}
