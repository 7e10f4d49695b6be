import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { appEvents } from './appEvents.ts'
import { tell } from './pipe.ts'
import { preventable, strict } from './strict.ts'
import { shutWindowsIn, windows } from './windows.ts'

const paths: Record<string, string> = {}
/** Refused: its user switched the application off in the settings of the system. */
export const loginItem = { isSet: false, isRefused: false }
const { promise: ready, resolve } = Promise.withResolvers<void>()
export const becomeReady = resolve

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
  enableSandbox: shutWindowsIn,
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
