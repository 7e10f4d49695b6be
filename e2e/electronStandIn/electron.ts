/// <reference types="electron" />
import { createHook } from 'node:async_hooks'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FetchedFile, ShownEntry, Told, Wanted } from './messages.ts'
import { KnownEvents, onlyKnown, preventable, strict } from './strict.ts'

/**
 * Electron as far as the application calls it, in a plain Node process. What a user would see or do goes over a pipe to the test:
 * its windows are pages of the test's browser, its menus, dialogs and notifications are told and clicked there.
 * The types are Electron's own, so that the compiler checks what is implemented here.
 */

const tell = (message: Told, then?: () => void) => {
  if (!process.send) throw new Error('The stand-in for Electron is driven over a pipe, which is missing.')
  process.send(message, undefined, undefined, () => then?.())
}

let ids = 0

// ---- app

const appEvents = new KnownEvents([
  'second-instance',
  'open-url',
  'activate',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'web-contents-created',
])
const paths: Record<string, string> = {}
let isSandboxed = false
/** Refused: its user switched the application off in the settings of the system. */
const loginItem = { isSet: false, isRefused: false }
const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>()

type AppPart = Pick<
  Electron.App,
  | 'isPackaged'
  | 'commandLine'
  | 'dock'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLoginItemSettings'
  | 'on'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'setPath'
  | 'whenReady'
>

export const app: AppPart = strict<AppPart>('app', {
  isPackaged: false,
  commandLine: strict('app.commandLine', {
    hasSwitch: (name: string) => process.argv.includes(`--${name}`),
  }) as unknown as Electron.CommandLine,
  dock:
    process.platform === 'darwin'
      ? (strict('app.dock', {
          show: async () => tell({ type: 'dock', isShown: true }),
          hide: () => tell({ type: 'dock', isShown: false }),
        }) as unknown as Electron.Dock)
      : undefined,
  enableSandbox() {
    isSandboxed = true
  },
  getAppPath: () => join(import.meta.dirname, '..', '..'),
  exit: (code = 0) => process.exit(code),
  getLoginItemSettings: () =>
    ({
      wasOpenedAtLogin: false,
      openAtLogin: loginItem.isSet && !loginItem.isRefused,
      executableWillLaunchAtLogin: loginItem.isSet && !loginItem.isRefused,
    }) as Electron.LoginItemSettings,
  on(event: string, listener: (...args: never[]) => void) {
    appEvents.on(event, listener)
    return app as Electron.App
  },
  quit() {
    const event = preventable({})
    appEvents.emit('before-quit', event)
    if (event.defaultPrevented) return
    // A window that stays open keeps the application.
    for (const window of [...windows.values()]) window.userCloses()
    if (windows.size > 0) return
    const willQuit = preventable({})
    appEvents.emit('will-quit', willQuit)
    if (!willQuit.defaultPrevented) process.exit(0)
  },
  requestSingleInstanceLock() {
    const folder = paths.userData ?? ''
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'stand-in.lock')
    const holder = readHolder(file)
    if (holder !== null) {
      tell({ type: 'secondInstance', argv: process.argv.slice(1) })
      return false
    }
    writeFileSync(file, String(process.pid))
    return true
  },
  setAppUserModelId() {},
  setLoginItemSettings({ openAtLogin = false, args = [] }) {
    loginItem.isSet = openAtLogin
    tell({ type: 'loginItem', opensAtLogin: openAtLogin, args })
  },
  setPath(name, path) {
    paths[name] = path
  },
  whenReady() {
    // A slow computer, of which the test says when it is done.
    if (process.env.TAPEDECK_STAND_IN_HOLDS_START) tell({ type: 'held' })
    else setImmediate(becomeReady)
    return ready
  },
})

function readHolder(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

// ---- windows

const windows = new Map<number, BrowserWindow>()

const contentsEvents = [
  'did-finish-load',
  'did-start-navigation',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
  'will-redirect',
]
const windowEvents = ['blur', 'close', 'closed', 'focus', 'hide', 'minimize', 'ready-to-show', 'restore', 'show']

class WebContents
  extends KnownEvents
  implements Pick<Electron.WebContents, 'reload' | 'send' | 'setWindowOpenHandler'>
{
  window: number
  openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null
  constructor(window: number) {
    super(contentsEvents)
    this.window = window
  }
  reload(): void {
    tell({ type: 'reload', window: this.window })
  }
  send(channel: string, ...args: unknown[]): void {
    tell({ type: 'sent', window: this.window, channel, args })
  }
  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.openHandler = handler
  }
}

const knownWindowOptions = [
  ...['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'title', 'autoHideMenuBar', 'backgroundColor'],
  ...['icon', 'webPreferences'],
]
const wantedPreferences: Electron.WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
}

type WindowPart = Pick<
  Electron.BrowserWindow,
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'show'
>

export class BrowserWindow extends KnownEvents implements WindowPart {
  id = ++ids
  webContents: WebContents
  bounds: Electron.Rectangle
  state = { isVisible: false, isFocused: false, isMaximized: false, isMinimized: false }

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super(windowEvents)
    onlyKnown('BrowserWindow', options, knownWindowOptions)
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options
    onlyKnown('webPreferences', webPreferences, [
      ...Object.keys(wantedPreferences),
      ...['preload', 'spellcheck', 'devTools'],
    ])
    // The pages of the test's browser are as shut in as this, and no less.
    for (const [name, value] of Object.entries(wantedPreferences)) {
      const given = webPreferences[name as keyof Electron.WebPreferences]
      if (given !== value) throw new Error(`The stand-in for Electron has no window with ${name}: ${given}.`)
    }
    if (!isSandboxed) throw new Error('The stand-in for Electron has no window outside of the sandbox.')
    this.bounds = { x, y, width, height }
    this.webContents = strict('webContents', new WebContents(this.id))
    tell({ type: 'made', window: this.id, preload: webPreferences.preload ?? '', width, height })
    appEvents.emit('web-contents-created', {}, this.webContents)
    const self = strict('BrowserWindow', this)
    windows.set(this.id, self)
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return self
  }

  become(changes: Partial<BrowserWindow['state']>, ...events: string[]): void {
    Object.assign(this.state, changes)
    const { isVisible, isFocused, isMinimized } = this.state
    tell({ type: 'seen', window: this.id, isVisible: isVisible && !isMinimized, isFocused })
    for (const event of events) this.emit(event)
  }
  destroy(): void {
    windows.delete(this.id)
    tell({ type: 'destroyed', window: this.id })
    this.state.isVisible = false
    this.emit('closed')
    if (windows.size === 0) appEvents.emit('window-all-closed')
  }
  /** As its user does. */
  userCloses(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  focus(): void {
    if (!this.state.isFocused) this.become({ isFocused: true }, 'focus')
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds
  }
  hide(): void {
    if (this.state.isVisible) this.become({ isVisible: false, isFocused: false }, 'hide', 'blur')
  }
  isFocused(): boolean {
    return this.state.isFocused
  }
  isMaximized(): boolean {
    return this.state.isMaximized
  }
  isMinimized(): boolean {
    return this.state.isMinimized
  }
  isVisible(): boolean {
    return this.state.isVisible
  }
  async loadURL(url: string): Promise<void> {
    tell({ type: 'load', window: this.id, url })
  }
  maximize(): void {
    this.state.isMaximized = true
  }
  restore(): void {
    this.become({ isMinimized: false }, 'restore')
  }
  show(): void {
    if (!this.state.isVisible) this.become({ isVisible: true, isFocused: true }, 'show', 'focus')
  }
}

/** A window without a page: here it hears when the session ends, and no more. */
const baseWindows: BaseWindow[] = []
export class BaseWindow extends KnownEvents {
  constructor(options: Electron.BaseWindowConstructorOptions) {
    super(['session-end'])
    onlyKnown('BaseWindow', options, ['show', 'skipTaskbar'])
    if (process.platform !== 'win32') throw new Error('Only Windows tells windows that the session ends.')
    baseWindows.push(this)
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('BaseWindow', this)
  }
}

// ---- what windows are made of

const protocolHandlers = new Map<string, (request: Request) => Response | Promise<Response>>()
const privilegedSchemes = new Set<string>()

type ProtocolPart = Pick<Electron.Protocol, 'registerSchemesAsPrivileged'> & {
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void
}
export const protocol: ProtocolPart = strict<ProtocolPart>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    for (const { scheme, privileges } of schemes) {
      onlyKnown('privileges', privileges ?? {}, ['standard', 'secure'])
      privilegedSchemes.add(scheme)
    }
  },
  handle(scheme, handler) {
    if (!privilegedSchemes.has(scheme)) throw new Error(`The stand-in for Electron knows no scheme ${scheme}.`)
    protocolHandlers.set(scheme, handler)
  },
})

const sessionEvents = new KnownEvents(['will-download'])

type SessionPart = Pick<
  Electron.Session,
  'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & { webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'> }

let permissionHandler: Parameters<SessionPart['setPermissionRequestHandler']>[0] = null
let checkHandler: Parameters<SessionPart['setPermissionCheckHandler']>[0] = null
let beforeRequest:
  | ((details: Electron.OnBeforeRequestListenerDetails, decide: (r: Electron.CallbackResponse) => void) => void)
  | null = null

const defaultSession: SessionPart = strict<SessionPart>('session.defaultSession', {
  on(event: string, listener: (...args: never[]) => void) {
    sessionEvents.on(event, listener)
    return defaultSession as Electron.Session
  },
  setPermissionRequestHandler(handler) {
    permissionHandler = handler
  },
  setPermissionCheckHandler(handler) {
    checkHandler = handler
  },
  setDevicePermissionHandler() {},
  webRequest: strict('webRequest', {
    onBeforeRequest(listener: unknown) {
      if (typeof listener !== 'function') throw new Error('The stand-in for Electron knows no filter of requests.')
      beforeRequest = listener as typeof beforeRequest
    },
  }),
})
export const session = strict('session', { defaultSession })

/** A file of a page: its user is asked where it goes, as nobody else has said. */
class DownloadItem extends KnownEvents implements Pick<Electron.DownloadItem, 'getSavePath' | 'getURL'> {
  url: string
  path = ''
  constructor(url: string) {
    super(['done'])
    this.url = url
  }
  getURL(): string {
    return this.url
  }
  getSavePath(): string {
    return this.path
  }
}

async function download({ url, fileName, isRefused }: Extract<Wanted, { type: 'download' }>): Promise<void> {
  const item = new DownloadItem(url)
  sessionEvents.emit('will-download', preventable({}), strict('DownloadItem', item))
  const { path = '' } = await ask('save', fileName, '', ['Save', 'Cancel'])
  item.path = path
  item.emit('done', {}, path === '' ? 'cancelled' : isRefused ? 'interrupted' : 'completed')
}

type Invoked = (event: Electron.IpcMainInvokeEvent, ...args: never[]) => unknown
const invokeHandlers = new Map<string, Invoked>()
export const ipcMain: Pick<Electron.IpcMain, 'handle'> = strict('ipcMain', {
  handle(channel: string, listener: Invoked) {
    invokeHandlers.set(channel, listener)
  },
})

// ---- what the desktop shows

const clicks = new Map<number, () => void>()
const knownEntryFields = [
  ...['label', 'sublabel', 'accelerator', 'registerAccelerator', 'enabled', 'click', 'submenu', 'type', 'role'],
]

function show(template: Electron.MenuItemConstructorOptions[]): ShownEntry[] {
  return template.map((item) => {
    onlyKnown('menu entry', item, knownEntryFields)
    const { label = item.role ?? '---', sublabel, accelerator, enabled = true, submenu, click } = item
    const id = ++ids
    if (click) clicks.set(id, click as () => void)
    return {
      id,
      label: label.replaceAll('&&', '&'),
      isEnabled: enabled && item.type !== 'separator',
      ...(sublabel !== undefined && { sublabel }),
      ...(accelerator !== undefined && { accelerator: String(accelerator) }),
      ...(Array.isArray(submenu) && { entries: show(submenu) }),
    }
  })
}

class BuiltMenu {
  entries: ShownEntry[]
  constructor(template: Electron.MenuItemConstructorOptions[]) {
    this.entries = show(template)
  }
}
export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => new BuiltMenu(template),
  setApplicationMenu: (menu: BuiltMenu) => tell({ type: 'menu', entries: menu.entries }),
})

class StandInImage {
  file: string
  constructor(file: string) {
    this.file = file
  }
}
export const nativeImage = strict('nativeImage', { createFromPath: (file: string) => new StandInImage(file) })

let trayClicked = () => {}
export class Tray extends KnownEvents {
  shown = { image: '', tooltip: '', entries: [] as ShownEntry[] }
  constructor(image: StandInImage) {
    super(['click'])
    this.shown.image = basename(image.file)
    trayClicked = () => this.emit('click')
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('Tray', this)
  }
  setImage(image: StandInImage): void {
    this.shown.image = basename(image.file)
  }
  setToolTip(tooltip: string): void {
    this.shown.tooltip = tooltip
  }
  setContextMenu(menu: BuiltMenu): void {
    this.shown.entries = menu.entries
    tell({ type: 'tray', tray: this.shown })
  }
}

const notifications = new Map<number, Notification>()
export class Notification extends KnownEvents implements Pick<Electron.Notification, 'show'> {
  static isSupported(): boolean {
    return true
  }
  options: Electron.NotificationConstructorOptions
  constructor(options: Electron.NotificationConstructorOptions) {
    super(['click', 'close'])
    onlyKnown('Notification', options, ['title', 'body'])
    this.options = options
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('Notification', this)
  }
  show(): void {
    const id = ++ids
    notifications.set(id, this)
    const { title = '', body = '' } = this.options
    tell({ type: 'notified', id, title, body })
  }
}

const undecided = new Map<number, (answer: { response: number; path?: string }) => void>()

function ask(kind: 'message' | 'folder' | 'save', message: string, detail = '', buttons: string[] = []) {
  const id = ++ids
  tell({ type: 'asked', dialog: { id, kind, message, detail, buttons } })
  return new Promise<{ response: number; path?: string }>((resolve) => undecided.set(id, resolve))
}

export const dialog = strict('dialog', {
  async showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    const known = ['type', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink']
    onlyKnown('message box', options, known)
    const { response } = await ask('message', options.message, options.detail, options.buttons)
    return { response, checkboxChecked: false }
  },
  async showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue> {
    onlyKnown('open dialog', options, ['title', 'buttonLabel', 'properties'])
    const { path } = await ask('folder', options.title ?? '', '', [options.buttonLabel ?? 'Open', 'Cancel'])
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] }
  },
  showErrorBox(message: string, detail: string): void {
    tell({ type: 'asked', dialog: { id: ++ids, kind: 'error', message, detail, buttons: [] } })
  },
} satisfies Partial<Record<keyof Electron.Dialog, unknown>>)

export const shell: Pick<Electron.Shell, 'openExternal'> = strict('shell', {
  openExternal: async (url: string) => tell({ type: 'opened', url }),
})
export const clipboard: Pick<Electron.Clipboard, 'writeText'> = strict('clipboard', {
  writeText: async (text: string) => tell({ type: 'copied', text }),
})
/** Keys that another program has. */
const takenKeys = new Set(process.env.TAPEDECK_STAND_IN_TAKEN_KEYS?.split(' '))
const ownKeys = new Map<string, () => void>()
export const globalShortcut: Pick<Electron.GlobalShortcut, 'register' | 'unregister'> = strict('globalShortcut', {
  register(accelerator: string, callback: () => void) {
    if (takenKeys.has(accelerator) || ownKeys.has(accelerator)) return false
    ownKeys.set(accelerator, callback)
    return true
  },
  unregister(accelerator: string) {
    if (!ownKeys.delete(accelerator)) throw new Error(`${accelerator} was never registered.`)
  },
})
export const nativeTheme: Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'> = strict('nativeTheme', {
  shouldUseDarkColors: false,
  themeSource: 'system' as const,
})
export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1440, height: 900 } }] as Electron.Display[],
})
const powerEvents = new KnownEvents(['shutdown'])
export const powerMonitor = strict('powerMonitor', {
  on(event: 'shutdown', listener: () => void) {
    if (process.platform === 'win32') throw new Error('Windows has no such event.')
    return powerEvents.on(event, listener)
  },
})

/** The system waits for the end of who prevents this, and asks once more; a quit that is prevented then is a refusal. */
function shutDown(): void {
  const event = preventable({})
  powerEvents.emit('shutdown', event)
  const quitting = preventable({})
  appEvents.emit('before-quit', quitting)
  tell({ type: 'shutDown', isDelayed: event.defaultPrevented, isRefused: quitting.defaultPrevented })
}

// ---- what the test wants

function take(wanted: Wanted): unknown {
  switch (wanted.type) {
    case 'loaded': {
      const window = windows.get(wanted.window)
      window?.webContents.emit('did-finish-load')
      return window?.emit('ready-to-show')
    }
    case 'navigated':
      return windows
        .get(wanted.window)
        ?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: wanted.isSameDocument })
    case 'gone':
      return windows
        .get(wanted.window)
        ?.webContents.emit('render-process-gone', {}, { reason: wanted.reason, exitCode: 1 })
    case 'wantsWindow': {
      const answer = windows
        .get(wanted.window)
        ?.webContents.openHandler?.({ url: wanted.url } as Electron.HandlerDetails)
      if (answer?.action !== 'deny') throw new Error('The stand-in for Electron opens no second window.')
      return
    }
    case 'wantsPage': {
      const event = preventable({ url: wanted.url, isMainFrame: true })
      windows.get(wanted.window)?.webContents.emit('will-frame-navigate', event)
      return !event.defaultPrevented
    }
    case 'close':
      return windows.get(wanted.window)?.userCloses()
    case 'focus':
      return windows.get(wanted.window)?.become({ isFocused: wanted.isFocused }, wanted.isFocused ? 'focus' : 'blur')
    case 'clickEntry':
      return clicks.get(wanted.id)?.()
    case 'clickTray':
      return trayClicked()
    case 'clickNotification':
      return notifications.get(wanted.id)?.emit('click')
    case 'download':
      return download(wanted)
    case 'decide':
      return undecided.get(wanted.dialog)?.(wanted)
    case 'secondInstance':
      return appEvents.emit('second-instance', {}, wanted.argv, '/', null)
    case 'refuseLoginItem':
      loginItem.isRefused = true
      return
    case 'takeKeys':
      takenKeys.add(wanted.keys)
      return
    case 'pressKeys':
      return ownKeys.get(wanted.keys)?.()
    case 'ready':
      return becomeReady()
    case 'openUrl':
      return appEvents.emit('open-url', preventable({}), wanted.url)
    case 'activate':
      return appEvents.emit('activate')
    case 'shutdown':
      return shutDown()
    case 'endSession':
      for (const window of baseWindows) window.emit('session-end', { reasons: ['shutdown'] })
      return
    case 'quit':
      return app.quit()
    case 'fetch':
      return fetchFile(wanted.url, wanted.method)
    case 'invoke': {
      const handler = invokeHandlers.get(wanted.channel)
      if (!handler) throw new Error(`No handler registered for '${wanted.channel}'`)
      const senderFrame = { url: wanted.frame.url, parent: wanted.frame.isTop ? null : {} }
      return handler({ senderFrame } as Electron.IpcMainInvokeEvent, ...(wanted.args as never[]))
    }
    case 'permission':
      return decidePermission(wanted)
    case 'countTimers':
      return firedTimers
  }
}

/** Of all threads of the application this one alone has timers of ours that nobody waits for. */
let firedTimers = 0
const timers = new Set<number>()
createHook({
  init(id, type) {
    if (type === 'Timeout') timers.add(id)
  },
  before(id) {
    if (timers.has(id)) firedTimers += 1
  },
  destroy(id) {
    timers.delete(id)
  },
}).enable()

async function fetchFile(url: string, method: string): Promise<FetchedFile | null> {
  const isAllowed = await new Promise<boolean>((resolve) => {
    if (!beforeRequest) resolve(true)
    else beforeRequest({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => resolve(cancel !== true))
  })
  const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1))
  if (!isAllowed || !handler) return null
  const response = await handler(new Request(url, { method }))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bodyBase64: Buffer.from(await response.arrayBuffer()).toString('base64'),
  }
}

/** Both ways in which a page is let have something; they must agree. */
function decidePermission({ permission, url, isTop }: Extract<Wanted, { type: 'permission' }>): Promise<boolean[]> {
  const { origin } = /^(?<origin>[a-z-]+:\/\/[^/]*)/.exec(url)?.groups ?? {}
  const checked = checkHandler?.(null, permission as never, origin ?? '', { isMainFrame: isTop } as never) ?? true
  return new Promise((resolve) => {
    const details = { isMainFrame: isTop, requestingUrl: url } as Electron.PermissionRequest
    permissionHandler?.(null as never, permission as never, (isGranted) => resolve([checked, isGranted]), details)
  })
}

process.on('message', (wanted: Wanted) => {
  const call = 'call' in wanted ? wanted.call : null
  new Promise((resolve) => resolve(take(wanted))).then(
    (value) => {
      if (call !== null) tell({ type: 'answer', call, value: value as never })
    },
    (error: Error) => {
      if (call === null) throw error
      tell({ type: 'answer', call, error: String(error) })
    },
  )
})
// A test that is gone leaves nothing behind.
process.on('disconnect', () => process.exit(1))
