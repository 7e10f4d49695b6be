import { app } from 'electron'
import type { AppHost } from '../../appHost.ts'
import { defaultShortcut, type GlobalShortcut } from './shortcut.ts'
import { setStartsAtLogin, startsAtLogin } from './startAtLogin.ts'

/** What only the desktop application can: keys that work everywhere, and a start with the user's session. */
export function createDesktopHost(shortcut: GlobalShortcut, env: NodeJS.ProcessEnv): AppHost {
  return {
    describe: () => ({
      kind: 'desktop',
      globalShortcut: shortcut.current(),
      defaultShortcut: defaultShortcut(process.platform),
      startsAtLogin: startsAtLogin(env),
      isSandboxed: isSandboxed(),
    }),
    carryOut(wanted) {
      if (wanted.startsAtLogin !== undefined) setStartsAtLogin(wanted.startsAtLogin, env)
      if (wanted.globalShortcut !== undefined) shortcut.change(wanted.globalShortcut)
    },
  }
}

/** Electron sets the switch by itself where its environment asks for it. */
export function isSandboxed(): boolean {
  return !app.commandLine.hasSwitch('no-sandbox')
}
