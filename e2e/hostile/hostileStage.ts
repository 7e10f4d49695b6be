import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { test as base, expect } from '@playwright/test'
import { launchBrowser } from '../browser.ts'
import { type CodexHome, createCodexHome } from '../codexHome.ts'
import { enter } from '../entrance.ts'
import { deriveSample, writeSteps } from '../everyPage/sampleArchive.ts'
import { type FakeOpenAi, startFakeOpenAi } from '../fakeOpenAi/fakeOpenAi.ts'
import { type Server, serve } from '../tapedeck.ts'
import { sessionOf, steps } from './conversations.ts'
import { attacks } from './corpus.ts'
import { findHarm } from './findHarm.ts'

export interface Hostile {
  home: CodexHome
  server: Server
  browser: Browser
  /** A page that is watched: whatever happens in it beside what is shown is told by `harmOf`. */
  open(route: string, options?: BrowserContextOptions & { prepare?(page: Page): Promise<void> }): Promise<Page>
}

/** High enough for whole conversations: what is not on the screen is not drawn. */
export const everything = { width: 1440, height: 12_000 }

const happened = new WeakMap<Page, string[]>()

/** One Tapedeck whose archive is full of attacks, once for a worker: the tests only look. */
export const test = base.extend<object, { hostile: Hostile }>({
  hostile: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
    async ({}, use) => {
      const fake: FakeOpenAi = await startFakeOpenAi()
      const home = createCodexHome(fake, { login: 'chatgpt' })
      writeSteps(String(home.env.TAPEDECK_HOME), steps())
      const server = await serve(home)
      const browser = await launchBrowser()
      try {
        await deriveSample(server)
        await mark(server)
        const storageState = await enter(browser, server)
        await use({
          home,
          server,
          browser,
          async open(route, { prepare, ...options } = {}) {
            const context = await browser.newContext({
              viewport: everything,
              deviceScaleFactor: 0.1,
              ...options,
              storageState,
            })
            const page = await context.newPage()
            page.setDefaultTimeout(20_000)
            watch(page, new URL(server.ui).origin)
            await prepare?.(page)
            await page.goto(`${new URL(server.ui).origin}/#${route}`)
            await page.locator('main:not([aria-busy])').waitFor({ state: 'attached' })
            await page.evaluate(() => Object.assign(window, { hostileLoad: true }))
            return page
          },
        })
      } finally {
        await browser.close()
        await server.stop('SIGKILL').catch(() => {})
        await fake.close()
        home.remove()
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

function watch(page: Page, origin: string): void {
  const log: string[] = []
  happened.set(page, log)
  page.on('dialog', (dialog) => {
    log.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => log.push(`an error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') log.push(`a complaint: ${message.text().slice(0, 300)}`)
  })
  page.on('crash', () => log.push('a crash'))
  page.on('download', (download) => log.push(`a download: ${download.suggestedFilename()}`))
  page.context().on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') log.push(`a request: ${request.url()}`)
  })
  page.context().on('page', (opened) => log.push(`a window: ${opened.url()}`))
  void page.addInitScript(() => {
    const violations: string[] = []
    Object.assign(window, { hostileViolations: violations })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      violations.push(`${effectiveDirective} ${blockedURI}`),
    )
  })
}

/** What went wrong until now, in the page and around it. */
export async function harmOf(page: Page): Promise<string[]> {
  return [...(happened.get(page) ?? []), ...(await page.evaluate(findHarm, { isExport: false }))]
}

/** By how much the page is wider than a window of this width. */
export async function overflowAt(page: Page, width: number): Promise<string[]> {
  const { height } = page.viewportSize() ?? everything
  await page.setViewportSize({ width, height })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return overflow > 0 ? [`the page scrolls sideways at ${width}, by ${overflow}`] : []
}

/** What the user can say of a session, said by attacks. */
async function mark(server: Server): Promise<void> {
  const savedSearches = attacks.map(({ text }) => ({ name: text.slice(0, 60), query: text }))
  await server.call('settings/change', { savedSearches })
  for (const attack of attacks) {
    const id = sessionOf(attack)
    const { text } = attack
    await server.call('session/rename', { id, title: text })
    await server.call('session/tag', { id, tags: [text.slice(0, 40)] })
    await server.call('session/note', { id, note: text })
    await server.call('session/star', { id, isStarred: true })
  }
}

export { expect }
