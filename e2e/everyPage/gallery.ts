import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { test as base, expect } from '@playwright/test'
import { npmCodexPath } from '../../main/codex/realCodex.ts'
import { launchBrowser } from '../browser.ts'
import { type CodexHome, createCodexHome } from '../codexHome.ts'
import { enter } from '../entrance.ts'
import { startFakeOpenAi } from '../fakeOpenAi/fakeOpenAi.ts'
import { serve } from '../tapedeck.ts'
import type { ShownPage } from './pages.ts'
import { deriveSample, writeSample, writeSteps } from './sampleArchive.ts'
import { kindSteps } from './sampleKinds.ts'
import { answerOtherwise, standStill } from './stillLife.ts'

export interface Gallery {
  browser: Browser
  /** Opens a page in a window of its own, and is there when the page is complete. */
  show(shown: ShownPage, options?: ShowOptions): Promise<Page>
}

/** Closes its window, whatever it has asked for just then. */
export async function closePage(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.context().close()
}

export interface ShowOptions extends BrowserContextOptions {
  /** The same in each run and on each machine. */
  isStill?: true
}

export const themes = ['light', 'dark'] as const

/** A Tapedeck of each archive; whoever looks leaves all as it was. */
export async function openGallery(): Promise<Gallery & { close(): Promise<void> }> {
  const startedAt = Date.now()
  const fake = await startFakeOpenAi()
  const home = () => createCodexHome(fake, { login: 'chatgpt' })
  const homes = { usual: home(), kinds: home(), empty: home() }
  // Where npm puts it: the pages name the place.
  for (const { env } of Object.values(homes)) env.TAPEDECK_CODEX = npmCodexPath
  writeSample(String(homes.usual.env.TAPEDECK_HOME))
  writeSteps(String(homes.kinds.env.TAPEDECK_HOME), kindSteps)
  const start = (home: CodexHome) => serve(home, [], withOneTerminal(home))
  const servers = await Promise.all([start(homes.usual), start(homes.kinds), start(homes.empty)])
  const [usual, withKinds, empty] = servers
  const browser = await launchBrowser()
  const close = async () => {
    await browser.close()
    for (const server of servers) await server.stop('SIGKILL').catch(() => {})
    await fake.close()
    for (const home of Object.values(homes)) home.remove()
  }
  try {
    await Promise.all([deriveSample(usual), deriveSample(withKinds)])
    const places = {
      usual: { server: usual, storageState: await enter(browser, usual) },
      kinds: { server: withKinds, storageState: await enter(browser, withKinds) },
      empty: { server: empty, storageState: await enter(browser, empty) },
    }
    return {
      browser,
      close,
      async show(shown, { isStill, viewport, ...options } = {}) {
        const { server, storageState } = places[shown.archive ?? 'usual']
        const context = await browser.newContext({
          ...options,
          viewport: { width: 1440, height: 900, ...viewport, ...(shown.height && { height: shown.height }) },
          storageState,
        })
        const page = await context.newPage()
        page.setDefaultTimeout(20_000)
        if (isStill) await standStill(page, startedAt, shown.others)
        else if (shown.others) await answerOtherwise(page, shown.others)
        await page.goto(`${new URL(server.ui).origin}/#${shown.route}`)
        // Shortcuts work from here on.
        // Until the first answers are there, a key has nothing to act on.
        await page.locator('main:not([aria-busy])').waitFor({ state: 'attached' })
        await shown.open?.(page)
        await shown.complete(page)
        await expect.poll(() => page.locator('[data-awaited]').count(), 'Markdown is read').toBe(0)
        return page
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Once for a worker. */
export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
    async ({}, use) => {
      const gallery = await openGallery()
      await use(gallery)
      await gallery.close()
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
