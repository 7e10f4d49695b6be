import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, ipcMain, net, protocol, session, shell } from 'electron'
import { dispatch } from '../../dispatch.ts'
import { findDataFolder } from '../dataFolder.ts'
import { type Host, startHost, uiLink } from '../headless/host.ts'
import { readInstance } from '../instance.ts'
import { createLog } from '../log.ts'

/**
 * The window. The page comes from a scheme of its own, so it has an origin that no web page can have, and may call the app
 * only while it is the top frame of that origin.
 */
const origin = 'tapedeck-app://window'
const here = import.meta.dirname

protocol.registerSchemesAsPrivileged([{ scheme: 'tapedeck-app', privileges: { standard: true, secure: true } }])

const dataDir = findDataFolder(process.env)
const report = createLog(dataDir)
let host: Host | null = null

app.whenReady().then(start, report)
app.on('window-all-closed', () => app.quit())
app.on('before-quit', (event) => {
  if (!host) return
  event.preventDefault()
  const closing = host
  host = null
  closing.close().then(() => app.quit(), report)
})

async function start() {
  host = await startHost({ dataDir, env: process.env, report })
  if (!host) {
    // Another Tapedeck records already; its page is the one to look at.
    await shell.openExternal(uiLink(readInstance(dataDir)))
    app.quit()
    return
  }
  servePage()
  answerCalls(host)
  openWindow(host)
}

function servePage() {
  const root = resolve(here, '..', 'renderer')
  protocol.handle('tapedeck-app', (request) => {
    const { pathname } = new URL(request.url)
    const file = resolve(root, `.${pathname === '/' ? '/index.html' : decodeURIComponent(pathname)}`)
    if (!file.startsWith(root)) return new Response('', { status: 404 })
    return net.fetch(pathToFileURL(file).href)
  })
  session.defaultSession.setPermissionRequestHandler((_page, _permission, decide) => decide(false))
  session.defaultSession.webRequest.onHeadersReceived((details, decide) => {
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
    decide({ responseHeaders: { ...details.responseHeaders, 'content-security-policy': [policy] } })
  })
}

function answerCalls({ app: { handlers } }: Host) {
  ipcMain.handle('api:call', (event, method: unknown, params: unknown) => {
    const frame = event.senderFrame
    if (!frame || frame.parent !== null || !frame.url.startsWith(`${origin}/`)) throw new Error('Not for this page.')
    return dispatch(handlers, method, params, report)
  })
}

function openWindow({ app: { onNotification } }: Host) {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 320,
    title: 'Tapedeck',
    webPreferences: { preload: resolve(here, '..', 'preload', 'index.cjs'), sandbox: true, contextIsolation: true },
  })
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const stop = onNotification((notification) => window.webContents.send('api:notify', notification))
  window.once('closed', stop)
  void window.loadURL(`${origin}/`)
}
