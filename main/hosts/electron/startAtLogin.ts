import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry, hiddenArgument } from './autostartEntry.ts'

/** Starts Tapedeck with the user's session, without its window; or no more. */
export function setStartsAtLogin(isWanted: boolean, env: NodeJS.ProcessEnv): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: startArguments() })
    return
  }
  // The desktops of Linux have a folder for it, and Electron does not write there.
  const file = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'tapedeck.desktop')
  if (!isWanted) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  // An AppImage runs from a folder that is gone at the next start.
  writeFileSync(file, autostartEntry([env.APPIMAGE || process.execPath, ...startArguments()]))
}

/** From the sources the program is Electron's own, and has to be told what to run. */
function startArguments(): string[] {
  return app.isPackaged ? [hiddenArgument] : [app.getAppPath(), hiddenArgument]
}

export function isHiddenStart(args: string[]): boolean {
  return args.includes(hiddenArgument) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}
