import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { test as base } from '@playwright/test'
import { npmCodexPath } from '../../main/codex/realCodex.ts'
import { launchBrowser } from '../browser.ts'
import { type CodexHome, createCodexHome } from '../codexHome.ts'
import { enter } from '../entrance.ts'
import { startFakeOpenAi } from '../fakeOpenAi/fakeOpenAi.ts'
import { type Server, serve } from '../tapedeck.ts'
import type { ShownPage } from './pages.ts'
import { deriveSample, writeSample } from './sampleArchive.ts'

export interface Gallery {
  browser: Browser
  /** When it was set up. */
  startedAt: number
  /** Opens a page in a window of its own, and is there when the page is complete. */
  show(shown: ShownPage, options?: ShowOptions): Promise<Page>
}

export interface ShowOptions extends BrowserContextOptions {
  /** Before the page is loaded. */
  prepare?(page: Page): Promise<void>
}

export const themes = ['light', 'dark'] as const

/** One Tapedeck with the sample and one without a session, once for a worker: the checks only look. */
export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
    async ({}, use) => {
      const startedAt = Date.now()
      const fake = await startFakeOpenAi()
      const homes = [true, false].map(() => createCodexHome(fake, { login: 'chatgpt' }))
      const [filledHome, emptyHome] = homes as [(typeof homes)[0], (typeof homes)[0]]
      // Where npm puts it: the pages name the place.
      for (const { env } of homes) env.TAPEDECK_CODEX = npmCodexPath
      writeSample(String(filledHome.env.TAPEDECK_HOME))
      const servers = await Promise.all([filledHome, emptyHome].map((home) => serve(home, [], withOneTerminal(home))))
      const [filled, empty] = servers as [Server, Server]
      const browser = await launchBrowser()
      try {
        await deriveSample(filled)
        const [filledState, emptyState] = [await enter(browser, filled), await enter(browser, empty)]
        await use({
          browser,
          startedAt,
          async show(shown, { prepare, ...options } = {}) {
            const [server, storageState] = shown.isEmpty ? [empty, emptyState] : [filled, filledState]
            const context = await browser.newContext({
              viewport: { width: 1440, height: 900 },
              ...options,
              storageState,
            })
            const page = await context.newPage()
            page.setDefaultTimeout(20_000)
            await prepare?.(page)
            await page.goto(`${new URL(server.ui).origin}/#${shown.route}`)
            // Shortcuts work from here on.
            await page.locator('main').waitFor({ state: 'attached' })
            // Until the first answers are there, a key has nothing to act on.
            await page
              .getByText(/^Recorded \d/)
              .first()
              .waitFor({ state: 'attached' })
            await shown.open?.(page)
            await shown.complete(page)
            return page
          },
        })
      } finally {
        await browser.close()
        for (const server of servers) await server.stop('SIGKILL').catch(() => {})
        await fake.close()
        for (const home of homes) home.remove()
      }
    },
    { scope: 'worker' },
  ],
})

/** What a page shows of this machine: one terminal, whatever there is. Codex wants Node. */
function withOneTerminal(home: CodexHome): NodeJS.ProcessEnv {
  if (process.platform === 'win32') return {}
  const folder = join(home.folder, 'bin')
  mkdirSync(folder)
  writeFileSync(join(folder, 'xterm'), '#!/bin/sh\n', { mode: 0o755 })
  symlinkSync(process.execPath, join(folder, 'node'))
  return { PATH: folder, DISPLAY: ':0' }
}

export { expect } from '@playwright/test'
