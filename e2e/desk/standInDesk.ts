import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Frame, Page, Request, Route } from '@playwright/test'
import type { AskedDialog, FetchedFile, ShownTray, Told, Wanted } from '../electronStandIn/messages.ts'
import { eventually } from '../tapedeck.ts'
import { type Desk, findEntry } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')
const register = pathToFileURL(join(root, 'e2e', 'electronStandIn', 'register.ts')).href
const entry = join(root, 'out', 'main', 'electron.js')

/** A browser knows no scheme but its own, so the application's is spoken of to it as a host of the web that nobody else has. */
const appOrigin = 'tapedeck-app://window'
const webOrigin = 'https://window.tapedeck-app.test'
const toWeb = (url: string) => url.replace(appOrigin, webOrigin)
const toApp = (url: string) => url.replace(webOrigin, appOrigin)

interface Shown {
  id: number
  preload: string
  isVisible: boolean
  page: Promise<Page>
  context: Promise<BrowserContext>
  /** Where the application led it; everything else the page does by itself. */
  led: string | null
}

export interface StandInDesk extends Desk {
  kind: 'stand-in'
  want(wanted: Wanted): void
  /** What both of Electron's questions for a permission would be answered. */
  askPermission(permission: string, url: string, isTop: boolean): Promise<boolean[]>
  fetch(url: string): Promise<FetchedFile | null>
  /** What is saved from now on cannot be written. */
  fillDisk(): void
  /** How many timers of the application's main thread have fired so far. */
  countTimers(): Promise<number>
  toldSoFar(): Told[]
  leave(): Promise<void>
}

/** The built application on the stand-in for Electron, its windows in this browser. */
export async function startStandIn(
  browser: Browser,
  env: NodeJS.ProcessEnv,
  cwd: string,
  args: string[],
): Promise<StandInDesk> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', register, entry, ...args],
    {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  let isOver = false
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isOver = true
      resolve()
    })
  })
  const told: Told[] = []
  const windows = new Map<number, Shown>()
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let tray: ShownTray | null = null
  let dialogs: AskedDialog[] = []
  let lastCall = 0
  let isDiskFull = false

  const want = (wanted: Wanted) => {
    // One that is just ending hears nothing any more; who waits for its answer is told so below.
    if (!isOver && child.connected) child.send(wanted, () => {})
  }
  type Asking = Wanted extends infer W ? (W extends { call: number } ? Omit<W, 'call'> : never) : never
  function ask<T>(wanted: Asking): Promise<T> {
    const call = ++lastCall
    return new Promise((resolve, reject) => {
      calls.set(call, { resolve: resolve as (value: unknown) => void, reject })
      want({ ...wanted, call } as Wanted)
      void exited.then(() => reject(new Error('The application has ended.')))
    })
  }

  async function makePage(window: Shown, size: { width: number; height: number }): Promise<[Page, BrowserContext]> {
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

  function open(window: Shown, size: { width: number; height: number }): void {
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

  function take(message: Told): void {
    told.push(message)
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
          .then((page) =>
            page.evaluate(([channel, args]) => window_(channel, args), [message.channel, message.args] as const),
          )
          .catch(() => {})
        return
      case 'tray':
        tray = message.tray
        return
      case 'asked':
        dialogs = [...dialogs, message.dialog]
        return
      case 'answer': {
        const call = calls.get(message.call)
        calls.delete(message.call)
        if (message.error !== undefined) call?.reject(new Error(message.error))
        else call?.resolve(message.value)
        return
      }
    }
  }
  child.on('message', (message: Told) => take(message))

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

  const current = () => [...windows.values()].at(-1)
  const clickEntry = (id: number) => want({ type: 'clickEntry', id })

  await eventually(
    () => {
      if (isOver && !errors.includes('Waiting for the debugger')) return true
      return told.some(({ type }) => ['tray', 'made', 'held', 'secondInstance', 'opened', 'asked'].includes(type))
    },
    (isThere) => isThere,
    30_000,
  ).catch((error) => {
    throw new Error(`The application did not start: ${errors}`, { cause: error })
  })

  return {
    kind: 'stand-in',
    pid: child.pid as number,
    want,
    toldSoFar: () => told,
    fetch: (url) => ask({ type: 'fetch', url, method: 'GET' }),
    fillDisk() {
      isDiskFull = true
    },
    countTimers: () => ask({ type: 'countTimers' }),
    askPermission: (permission, url, isTop) => ask({ type: 'permission', permission, url, isTop }),
    async page() {
      const window = await eventually(current, (found) => found !== undefined)
      return (window as Shown).page
    },
    isWindowVisible: async () => current()?.isVisible === true,
    async closeWindow() {
      const window = current()
      if (window) want({ type: 'close', window: window.id })
    },
    async crashPage() {
      const page = await current()?.page
      await Promise.all([page?.waitForEvent('crash'), page?.goto('chrome://crash').catch(() => {})])
    },
    callFrom: (frame, method, params = {}) =>
      ask({ type: 'invoke', frame, channel: 'api:call', args: [method, params] }),
    tray: async () => tray,
    async clickTray(...labels) {
      const { id, isEnabled } = findEntry(tray?.entries ?? [], labels)
      if (!isEnabled) throw new Error(`“${labels.join(' ▸ ')}” is off.`)
      clickEntry(id)
    },
    async clickMenu(...labels) {
      const shown = await eventually(
        () => told.findLast((message) => message.type === 'menu'),
        (menu) => menu !== undefined,
      )
      clickEntry(findEntry(shown?.entries ?? [], labels).id)
    },
    dialogs: async () => dialogs,
    async answer(dialog, button, path) {
      const response = dialog.buttons.indexOf(button)
      if (response < 0) throw new Error(`There is no button “${button}”, but ${dialog.buttons.join(', ')}.`)
      dialogs = dialogs.filter(({ id }) => id !== dialog.id)
      want({ type: 'decide', dialog: dialog.id, response, ...(path !== undefined && { path }) })
    },
    notifications: async () => told.flatMap((message) => (message.type === 'notified' ? [message] : [])),
    clickNotification: async (id) => want({ type: 'clickNotification', id }),
    opened: async () => told.flatMap((message) => (message.type === 'opened' ? [message.url] : [])),
    copied: async () => told.flatMap((message) => (message.type === 'copied' ? [message.text] : [])),
    async startAgain(again) {
      const second = await startStandIn(browser, env, cwd, again)
      const handedOver = second.toldSoFar().find((message) => message.type === 'secondInstance')
      if (handedOver?.type === 'secondInstance') want({ type: 'secondInstance', argv: handedOver.argv })
      await second.leave()
    },
    hasEnded: async () => isOver,
    async stop(signal) {
      child.kill(signal)
      await exited
    },
    async leave() {
      if (!isOver) child.kill('SIGKILL')
      await exited
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

/** Defined by the script below, in the page. */
declare function window_(channel: string, args: unknown[]): void

/** The real preload, between an `ipcRenderer` and a `contextBridge` that are as much of Electron's as it uses. */
function preloadScript(preload: string): string {
  return `(() => {
    if (window !== window.top) return
    const invoke = window.standInCall
    delete window.standInCall
    const listeners = new Map()
    window.window_ = (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args) }
    const known = (name, part) => new Proxy(part, {
      get(target, property) {
        if (!(property in target)) throw new Error('The stand-in for Electron has no ' + name + '.' + String(property))
        return target[property]
      },
    })
    const electron = known('electron', {
      ipcRenderer: known('ipcRenderer', {
        invoke: (channel, ...args) => invoke(channel, args),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        off: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener)),
      }),
      contextBridge: known('contextBridge', {
        exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
      }),
    })
    const require = (name) => {
      if (name !== 'electron') throw new Error('A sandboxed preload has no module ' + name)
      return electron
    }
    const run = function (require, module, exports) {
      ${readFileSync(preload, 'utf8')}
    }
    run(require, { exports: {} }, {})
  })()`
}
