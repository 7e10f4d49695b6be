import type { Browser, BrowserContext, Frame, Page, Request, Route } from '@playwright/test'
import type { FetchedFile, Told } from '../electronStandIn/messages.ts'
import { hear, preloadScript } from './standInPreload.ts'
import type { StandInProcess } from './standInProcess.ts'

/** A browser knows no scheme but its own, so the application's is spoken of to it as a host of the web that nobody else has. */
const appOrigin = 'tapedeck-app://window'
const webOrigin = 'https://window.tapedeck-app.test'
const toWeb = (url: string) => url.replace(appOrigin, webOrigin)
const toApp = (url: string) => url.replace(webOrigin, appOrigin)

type Size = { width: number; height: number }

interface Shown {
  id: number
  preload: string
  isVisible: boolean
  page: Promise<Page>
  context: Promise<BrowserContext>
  /** Where the application led it; everything else the page does by itself. */
  led: string | null
}

/** The windows of the application: pages of this browser, each with the real preload, and with every file from the application. */
export function createStandInWindows(browser: Browser, { want, ask }: Pick<StandInProcess, 'want' | 'ask'>) {
  const windows = new Map<number, Shown>()
  let isDiskFull = false

  async function makePage(window: Shown, size: Size): Promise<[Page, BrowserContext]> {
    const context = await browser.newContext({ viewport: size })
    await context.exposeBinding('standInCall', ({ frame, page }, channel: string, args: unknown[]) => {
      const isTop = frame === page.mainFrame()
      return ask({ type: 'invoke', frame: { url: toApp(frame.url()), isTop }, channel, args })
    })
    await context.addInitScript(preloadScript(window.preload))
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    // What it opens is told before there is a window of it, which may close before it asks for anything.
    const devTools = await context.newCDPSession(page)
    devTools.on('Page.windowOpen', ({ url }) => want({ type: 'wantsWindow', window: window.id, url: toApp(url) }))
    await devTools.send('Page.enable')
    context.on('page', (popup) => void popup.close().catch(() => {}))
    await context.route('**/*', (route) => serve(window, page, route).catch(() => {}))
    page.on('download', (file) =>
      want({ type: 'download', url: file.url(), fileName: file.suggestedFilename(), isRefused: isDiskFull }),
    )
    page.on('load', () => want({ type: 'loaded', window: window.id }))
    page.on('crash', () => want({ type: 'gone', window: window.id, reason: 'crashed' }))
    return [page, context]
  }

  function open(window: Shown, size: Size): void {
    const made = makePage(window, size)
    window.page = made.then(([page]) => page)
    window.context = made.then(([, context]) => context)
    for (const part of [window.page, window.context]) part.catch(() => {})
  }

  async function serve(window: Shown, page: Page, route: Route): Promise<void> {
    const request = route.request()
    const url = toApp(request.url())
    const frame = frameOf(request)
    if (request.isNavigationRequest() && frame?.page() !== page) return route.abort('aborted')
    if (request.isNavigationRequest() && frame === page.mainFrame()) {
      const isLed = window.led !== null && url === window.led.split('#')[0]
      window.led = null
      if (!isLed && !(await ask({ type: 'wantsPage', window: window.id, url }))) return route.abort('aborted')
      want({ type: 'navigated', window: window.id, isSameDocument: false })
    }
    const file = await ask<FetchedFile | null>({ type: 'fetch', url, method: request.method() })
    if (!file) return route.abort('blockedbyclient')
    await route.fulfill({ status: file.status, headers: file.headers, body: Buffer.from(file.bodyBase64, 'base64') })
  }

  async function lead(window: Shown, go: (page: Page) => Promise<unknown>, url: string): Promise<void> {
    const page = await window.page
    window.led = url
    await go(page)
  }

  /** A page that has crashed cannot be loaded again by the one who watches it; its window gets another. */
  async function reload(window: Shown): Promise<void> {
    const page = await window.page
    const { pathname, hash } = new URL(page.url())
    const old = await window.context
    open(window, page.viewportSize() ?? { width: 800, height: 600 })
    await old.close()
    const url = `${appOrigin}${pathname}${hash}`
    await lead(window, (next) => next.goto(toWeb(url)), url)
  }

  return {
    /** The one that is there now. */
    current: () => [...windows.values()].at(-1),

    take(message: Told): void {
      const window = 'window' in message ? windows.get(message.window) : undefined
      switch (message.type) {
        case 'made': {
          const { window: id, preload, width, height } = message
          const made = { id, preload, isVisible: false, led: null } as unknown as Shown
          open(made, { width, height })
          windows.set(id, made)
          return
        }
        case 'load':
          if (window) void lead(window, (page) => page.goto(toWeb(message.url)), message.url).catch(() => {})
          return
        case 'reload':
          if (window) void reload(window)
          return
        case 'seen':
          if (window) window.isVisible = message.isVisible
          return
        case 'destroyed':
          windows.delete(message.window)
          void window?.context.then((context) => context.close())
          return
        case 'sent':
          void window?.page
            .then((page) => page.evaluate(hear, [message.channel, message.args] as const))
            .catch(() => {})
          return
      }
    },

    fillDisk(): void {
      isDiskFull = true
    },

    async leave(): Promise<void> {
      for (const { context } of windows.values()) await context.then((each) => each.close()).catch(() => {})
    },
  }
}

/** Null for a window that is only just being made. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame()
  } catch {
    return null
  }
}
