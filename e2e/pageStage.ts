import type { Browser, BrowserContext, Page } from '@playwright/test'
import { launchBrowser } from './browser.ts'
import type { CodexHome } from './codexHome.ts'
import type { Scenario } from './fakeOpenAi/scenario.ts'
import { test as base, expect } from './stage.ts'
import { codexExec, type Server } from './tapedeck.ts'

interface PageOptions {
  colorScheme?: 'light' | 'dark'
  width?: number
}

interface Opened {
  home: CodexHome
  server: Server
  page: Page
}

interface PageStage {
  browser: Browser
  /** Opens the page of a server, which fails the test when anything in it goes wrong. */
  openPage(server: Server, options?: PageOptions): Promise<Page>
  /** Has codex record a turn of each prompt, one after the other, and opens the page; without prompts nothing is recorded yet. */
  openRecorded(
    prompts: string[],
    options?: PageOptions & { home?: CodexHome; serverEnv?: NodeJS.ProcessEnv },
  ): Promise<Opened>
  /** Has codex record a turn of this scenario, told what stands in `args`, and opens the page; `code` is what codex ended with. */
  openTurn(
    scenario: Scenario,
    args: string | string[],
    options?: PageOptions & { home?: CodexHome },
  ): Promise<Opened & { code: number | null }>
  /** Puts into an archive what no codex has said, and opens the page. */
  openFilled(fill: (home: CodexHome) => void): Promise<Opened>
}

export const test = base.extend<PageStage>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
  browser: async ({}, use) => {
    const browser = await launchBrowser()
    await use(browser)
    await browser.close()
  },
  openPage: async ({ browser }, use) => {
    const wrong: string[] = []
    const contexts: BrowserContext[] = []
    await use(async (server, { colorScheme = 'light', width = 1440 } = {}) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      contexts.push(context)
      const page = await context.newPage()
      await slowDown(page)
      page.setDefaultTimeout(20_000)
      page.on('pageerror', (error) => wrong.push(error.message))
      page.on('console', (message) => {
        // A server that is away is a part of some tests, and the browser says so by itself.
        if (message.type() === 'error' && !/net::ERR_|WebSocket connection/.test(message.text()))
          wrong.push(message.text())
      })
      await page.goto(server.ui)
      // Keys are heard from here on.
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
      return page
    })
    // The browser is its worker's: a page left open would try to reach its server for as long as that runs.
    for (const context of contexts) await context.close()
    expect(wrong).toEqual([])
  },
  openRecorded: ({ makeHome, startServer, openPage }, use) =>
    use(async (prompts, { home = makeHome(), serverEnv, ...options } = {}) => {
      const server = await startServer(home, [], serverEnv)
      for (const prompt of prompts) await codexExec(home, prompt)
      return { home, server, page: await openPage(server, options) }
    }),
  openTurn: ({ fake, makeHome, startServer, openPage }, use) =>
    use(async (scenario, args, { home = makeHome(), ...options } = {}) => {
      const server = await startServer(home)
      fake.scenario = scenario
      const { code } = await codexExec(home, ...[args].flat())
      return { home, server, code, page: await openPage(server, options) }
    }),
  openFilled: ({ makeHome, startServer, openPage }, use) =>
    use(async (fill) => {
      const home = makeHome()
      fill(home)
      const server = await startServer(home)
      return { home, server, page: await openPage(server) }
    }),
})

/** SLOW_PAGE=8 has pages draw as on a machine that is 8 times slower, on which races show that others hide. */
async function slowDown(page: Page): Promise<void> {
  const rate = Number(process.env.SLOW_PAGE)
  if (rate > 1) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate })
}

export { expect }
