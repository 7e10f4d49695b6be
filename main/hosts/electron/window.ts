import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Notification } from '../../../contract/api.ts'
import type { SavedFile, WindowMessage } from '../../../contract/window.ts'
import { appImage } from './icons.ts'
import { origin } from './origin.ts'
import { placeWindow, readPlace, smallest } from './placeWindow.ts'

export interface WindowOptions {
  /** Where the window's place is remembered. */
  placeFile: string
  /** False where no tray would bring it back. */
  canHide: boolean
  onChanged(window: 'hidden' | 'visible' | 'focused'): void
  /** It was closed where it cannot hide. */
  onClosed(): void
  /** The page keeps crashing. */
  onHopeless(): void
}

export interface MainWindow {
  /** Makes it if there is none, and brings it to the front; at this place of the page, if one is given. */
  show(route: string | null): void
  /** Makes it, and leaves the keys to the window that has them. */
  appear(): void
  /** Shows it, with the page's own dialog for a new session, which could not begin in a folder that is gone. */
  showNewSession(goneFolder: string | null): void
  /** Tells the page, unless nobody sees it. */
  tell(notification: Notification): void
  /** Where a file of the page went, that is given away under `url`. */
  tellSaved(url: string, saved: SavedFile): void
  isVisible(): boolean
  /** For good. */
  destroy(): void
}

/** A page that crashes again and again within a minute does not get better by being loaded again. */
const crashLimit = 3
const crashMemoryMs = 60_000

/** The one window. Made when it is first wanted; closing hides it, so that it is back at once. */
export function createMainWindow(options: WindowOptions): MainWindow {
  let window: BrowserWindow | null = null
  let isPageReady = false
  /** Asked for before there was a page to ask. */
  let wantedNewSession: { goneFolder: string | null } | null = null
  let crashes: number[] = []
  let isEnding = false

  const isVisible = () => window?.isVisible() === true

  function changed(): void {
    const isSeen = isVisible() && window?.isMinimized() === false
    options.onChanged(!isSeen ? 'hidden' : window?.isFocused() ? 'focused' : 'visible')
  }

  function send(message: Notification | WindowMessage): void {
    if (isPageReady) window?.webContents.send('api:notify', message)
  }

  function make(route: string | null, isToBeFocused = true): BrowserWindow {
    const place = placeWindow(
      readPlace(readIfThere(options.placeFile)),
      screen.getAllDisplays().map(({ workArea }) => workArea),
    )
    const { isMaximized, ...bounds } = place
    const made = new BrowserWindow({
      ...bounds,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Tapedeck',
      autoHideMenuBar: true,
      // What is seen before the page has painted.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#17181a' : '#ffffff',
      ...(process.platform === 'linux' && { icon: appImage() }),
      webPreferences: {
        preload: resolve(import.meta.dirname, '..', 'preload', 'index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        // Its dictionaries come from the network.
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    })
    if (isMaximized) made.maximize()
    made.once('ready-to-show', () => (isToBeFocused || isOnWayland() ? made.show() : made.showInactive()))
    made.on('close', (event) => {
      savePlace(made)
      if (isEnding || !options.canHide) return
      event.preventDefault()
      made.hide()
    })
    made.on('closed', () => {
      window = null
      isPageReady = false
      changed()
      if (!isEnding && !options.canHide) options.onClosed()
    })
    for (const event of ['show', 'restore'] as const) made.on(event as 'show', () => shown())
    for (const event of ['hide', 'minimize', 'focus', 'blur'] as const) made.on(event as 'hide', changed)
    made.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) isPageReady = false
    })
    made.webContents.on('did-finish-load', () => {
      isPageReady = true
      if (wantedNewSession) offerNewSession(wantedNewSession.goneFolder)
    })
    made.webContents.on('render-process-gone', (_event, { reason }) => recover(made, reason))
    void made.loadURL(`${origin}/${route ?? ''}`)
    return made
  }

  function shown(): void {
    send({ method: 'window/shown' })
    changed()
  }

  function offerNewSession(goneFolder: string | null): void {
    wantedNewSession = isPageReady ? null : { goneFolder }
    send({ method: 'window/newSessionWanted', params: { goneFolder } })
  }

  function recover(crashed: BrowserWindow, reason: string): void {
    isPageReady = false
    if (reason === 'clean-exit' || isEnding) return
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < crashMemoryMs), now]
    if (crashes.length > crashLimit) {
      destroy()
      options.onHopeless()
      return
    }
    // One that nobody sees is made anew when somebody wants to.
    if (crashed.isVisible()) crashed.webContents.reload()
    else destroy()
  }

  function savePlace(from: BrowserWindow): void {
    try {
      mkdirSync(dirname(options.placeFile), { recursive: true, mode: 0o700 })
      const place = { ...from.getNormalBounds(), isMaximized: from.isMaximized() }
      writeFileSync(options.placeFile, JSON.stringify(place), { mode: 0o600 })
    } catch {
      // The window opens in the middle next time.
    }
  }

  function destroy(): void {
    const wasEnding = isEnding
    isEnding = true
    if (window) savePlace(window)
    window?.destroy()
    window = null
    isEnding = wasEnding
  }

  function show(route: string | null): void {
    if (!window) {
      window = make(route)
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (route === null) return
    if (isPageReady) send({ method: 'window/wentTo', params: { route } })
    else void window.loadURL(`${origin}/${route}`)
  }

  return {
    isVisible,
    show,
    appear() {
      window ??= make(null, false)
    },
    showNewSession(goneFolder) {
      show(null)
      offerNewSession(goneFolder)
    },
    tell(notification) {
      if (window?.isVisible() && !window.isMinimized()) send(notification)
    },
    tellSaved: (url, saved) => send({ method: 'window/saved', params: { url, saved } }),
    destroy() {
      isEnding = true
      destroy()
    },
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Where Electron cannot show a window without the focus, and the desktop decides about that by itself. */
function isOnWayland(): boolean {
  return process.platform === 'linux' && process.env.XDG_SESSION_TYPE === 'wayland'
}
