import { appEvents } from './appEvents.ts'
import { nextId, tell } from './pipe.ts'
import { KnownEvents, onlyKnown, preventable, strict } from './strict.ts'

/** All that are there, the oldest first. */
export const windows = new Map<number, BrowserWindow>()
let isSandboxed = false

/** From now on. */
export function shutWindowsIn(): void {
  isSandboxed = true
}

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
  | 'showInactive'
>

export class BrowserWindow extends KnownEvents implements WindowPart {
  id = nextId()
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
  showInactive(): void {
    if (!this.state.isVisible) this.become({ isVisible: true }, 'show')
  }
}
