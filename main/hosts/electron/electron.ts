import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, dialog, Menu, nativeTheme, protocol, session } from 'electron'
import { troubleOf } from '../../../contract/domain/recording.ts'
import { defaultSettings } from '../../../contract/domain/settings.ts'
import type { Reply } from '../../../contract/reply.ts'
import { dispatch } from '../../dispatch.ts'
import { readUpstreams } from '../../upstreams.ts'
import { version } from '../../version.ts'
import { findDataFolder, makeDataFolder } from '../dataFolder.ts'
import { connectOrRecord } from '../headless/connection.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../readSettings.ts'
import { appMenu } from './appMenu.ts'
import { type Beside, openPage, waitBeside } from './besideAnother.ts'
import { findDeepLink, readDeepLink } from './deepLink.ts'
import { createDesktopHost, isSandboxed } from './desktopHost.ts'
import { followDownloads } from './downloads.ts'
import { waitForTrayHost } from './findTrayHost.ts'
import { type Call, followApp } from './followApp.ts'
import type { HostState } from './hostState.ts'
import { answerCalls } from './ipc.ts'
import { lockDownContents, lockDownSession } from './lockDown.ts'
import { createOutside } from './openOutside.ts'
import { scheme } from './origin.ts'
import { createQuit } from './quit.ts'
import { confirm, type HostAction, runAction } from './runAction.ts'
import { servePage } from './servePage.ts'
import { createShortcut } from './shortcut.ts'
import { showNotice } from './showNotice.ts'
import { isHiddenStart } from './startAtLogin.ts'
import { createStartProof, proofArgument } from './startProof.ts'
import { onSystemEnd } from './systemEnd.ts'
import { createTray, type TrayView } from './tray.ts'
import { trayModel } from './trayModel.ts'
import { createUpdater } from './updater.ts'
import { createMainWindow, type MainWindow } from './window.ts'

const trayPatienceMs = 10_000

/** The desktop application: the same app as everywhere, with a tray and a window. */

const { env, platform, argv } = process
const dataDir = findDataFolder(env)
const report = createLog(dataDir)
const openOutside = createOutside(readUpstreams(env).auth, report)

makeDataFolder(dataDir)
// One Tapedeck a data folder, as everywhere else.
app.setPath('userData', join(dataDir, 'electron'))
app.setAppUserModelId('dev.tapedeck.desktop')

const isProof = argv.includes(proofArgument)
let window: MainWindow | null = null
/** What is there before the window, while another Tapedeck records. */
let beside: Beside | null = null
/** What was asked for before there was a window. */
let wantedRoute: string | null = findDeepLink(argv)
let isWindowWanted = wantedRoute !== null
let isQuitAgreed = false
let call: Call | null = null
/** What has to end before the process does, in this order. */
const endings: (() => void | Promise<void>)[] = []

if (app.requestSingleInstanceLock()) begin()
else app.quit()

function begin() {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])
  lockDownContents(openOutside)
  if (app.isPackaged && !isProof) app.setAsDefaultProtocolClient('tapedeck')
  app.on('second-instance', (_event, args) => show(findDeepLink(args)))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const route = readDeepLink(url)
    if (route !== null) show(route)
  })
  app.on('activate', () => show(null))
  // Without this Electron ends with its last window.
  app.on('window-all-closed', () => {})
  app.whenReady().then(start).catch(fail)
}

function show(route: string | null): void {
  if (window) {
    window.show(route)
    return
  }
  if (beside?.show(route)) return
  wantedRoute = route ?? wantedRoute
  isWindowWanted = true
}

async function start(): Promise<void> {
  const quit = createQuit({ mayQuit, end, report })
  onSystemEnd(platform, quit.endWithSystem)
  const { isPackaged } = app
  const updater = createUpdater({
    isPackaged,
    platform,
    env,
    resourcesPath: process.resourcesPath,
    prepareQuit: quit.prepare,
  })
  const shortcut = createShortcut(platform, readSettings(dataDir).globalShortcut, () => show(null))
  const isHidden = isHiddenStart(argv)
  // At login Tapedeck may be there before what shows its tray. It records meanwhile.
  const trayHost = waitForTrayHost(platform, isHidden ? trayPatienceMs : 0)
  let madeTray: Promise<TrayView | null> | null = null
  const findTray = () => {
    madeTray ??= trayHost.then((isThere) => (isThere ? createTray(platform, (action) => run(action)) : null))
    return madeTray
  }
  /** As long as there is no app to be asked for more. */
  let run = (action: HostAction): void => {
    if (action.do === 'quit') app.quit()
    else show(action.do === 'show' ? action.route : null)
  }
  const desktop = createDesktopHost(shortcut, env)
  const open = () => connectOrRecord({ dataDir, env, report, updater, endsByItself: false, host: desktop })
  const first = await open()
  if (isProof && !first.host) throw new Error(`Another Tapedeck holds the data folder ${dataDir}.`)
  if (first.instance.endsByItself) {
    beside = waitBeside(first, { platform, isHidden, findTray, open, report })
    endings.push(beside.leave)
    showInDock(false)
    if (!isHidden || isWindowWanted) beside.show(wantedRoute)
    wantedRoute = null
    isWindowWanted = false
  }
  const connection = beside ? await beside.place : first
  if (!connection) return
  const { host } = connection
  if (!host) {
    // Another Tapedeck is there to stay; its page is the one to look at.
    if (isWindowWanted || (!isHidden && !beside)) await openPage(connection.instance, wantedRoute)
    await connection.close()
    isQuitAgreed = true
    app.quit()
    return
  }
  endings.push(host.close)
  const trouble = troubleOf(host.app.recording())
  if (isProof && trouble) throw new Error(trouble.message)
  const { handlers } = host.app
  const callApp: Call = async (method, params) => (await dispatch(handlers, method, params, report)) as never
  call = callApp
  const ask = (method: string, params: unknown): Promise<Reply<unknown>> => dispatch(handlers, method, params, report)
  run = (action) =>
    void runAction(action, {
      call: callApp,
      openTerminal: (wish) => ask('terminal/open', wish),
      show,
      showNewSession: (goneFolder) => window?.showNewSession(goneFolder),
      openOutside,
    }).catch(report)

  protocol.handle(scheme, (request) => servePage(resolve(import.meta.dirname, '..', 'renderer'), request))
  lockDownSession(session.defaultSession)
  followDownloads(session.defaultSession, (url, saved) => window?.tellSaved(url, saved))
  answerCalls(handlers, report, isProof ? proveStart() : () => {})

  const tray = await findTray()
  const showTray = (state: HostState) => {
    const globalShortcut = shortcut.current()
    tray?.show(trayModel(state, { platform: likePlatform(), home: homedir(), now: Date.now(), globalShortcut }))
  }
  const following = followApp({
    call: callApp,
    readFolders: async () => {
      const recent = await readFolders(ask)
      return settings.defaultFolder === null ? recent : [...new Set([settings.defaultFolder, ...recent])]
    },
    onState: showTray,
    onNotice: (notice) => settings.showsNotifications && showNotice(notice, show),
  })
  const read = await callApp('settings/read', {})
  let settings = read.ok ? read.value.settings : defaultSettings
  nativeTheme.themeSource = settings.theme
  host.app.onNotification((notification) => {
    if (notification.method === 'settings/updated') {
      const before = settings
      settings = notification.params.settings
      if (settings.theme !== before.theme) nativeTheme.themeSource = settings.theme
      if (settings.globalShortcut !== before.globalShortcut) showTray(following.state())
    }
    following.take(notification)
    window?.tell(notification)
  })
  window = createMainWindow({
    placeFile: join(dataDir, 'electron', 'window.json'),
    canHide: tray !== null,
    onChanged(state) {
      following.setWindow(state)
      showInDock(state !== 'hidden')
    },
    onClosed: () => app.quit(),
    onHopeless: () =>
      dialog.showErrorBox(
        'The window keeps crashing',
        `Recording goes on. Open the window again, or look into ${join(dataDir, 'tapedeck.log')}.`,
      ),
  })
  endings.unshift(following.stop, window.destroy)
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(platform, run)))
  if (!tray || isWindowWanted || !(isHidden || beside)) window.show(wantedRoute)
  else if (isHidden) showInDock(false)
  // Whoever has just ended a codex may be typing.
  else window.appear()
  await following.start()
}

/** Whoever has packed this looks whether it comes up; nobody is there to be asked anything. */
function proveStart() {
  const { electron = '' } = process.versions
  const facts = { version, electron, isPackaged: app.isPackaged, isSandboxed: isSandboxed() }
  return createStartProof(dataDir, facts, () => {
    isQuitAgreed = true
    app.quit()
  })
}

function likePlatform() {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux'
}

async function readFolders(ask: (method: string, params: unknown) => Promise<Reply<unknown>>): Promise<string[]> {
  const reply = await ask('folder/recent', { limit: 8 })
  return reply.ok ? (reply.value as { folders: { path: string }[] }).folders.map(({ path }) => path) : []
}

/** The dock of macOS shows Tapedeck while its window is open, and no longer. */
function showInDock(isShown: boolean): void {
  if (platform !== 'darwin') return
  if (isShown) void app.dock?.show()
  else app.dock?.hide()
}

async function end(): Promise<void> {
  for (const ending of endings) await ending()
}

/** A codex that runs reaches nobody while Tapedeck is away. */
async function mayQuit(): Promise<boolean> {
  if (isQuitAgreed || !call) return true
  const status = await call('app/status', {})
  const count = status.ok ? status.value.proxy.launches : 0
  if (count === 0) return true
  return confirm({
    message: count === 1 ? 'Quit while a session runs?' : `Quit while ${count} sessions run?`,
    detail: 'Codex reaches OpenAI through Tapedeck. It has to wait until Tapedeck is back, and then goes on.',
    yes: 'Quit',
  })
}

function fail(error: unknown): void {
  report(error)
  if (isProof) console.error(error)
  else dialog.showErrorBox('Tapedeck cannot start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
