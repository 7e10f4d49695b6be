import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { ReplyError } from '../../../contract/reply.ts'
import { autostartEntry, hiddenArgument, isEntryOn } from './autostartEntry.ts'

/**
 * Starts Tapedeck with the user's session, without its window; or no more. Throws a sentence for people where the system does not
 * take it.
 */
export function setStartsAtLogin(isWanted: boolean, env: NodeJS.ProcessEnv): void {
  if (process.platform === 'linux') {
    writeEntry(isWanted, entryFile(env), env.APPIMAGE)
    return
  }
  app.setLoginItemSettings({ openAtLogin: isWanted, args: startArguments() })
  if (startsAtLogin(env) !== isWanted) throw new ReplyError('unavailable', whatToDo[process.platform] ?? '')
}

const whatToDo: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS did not take it. Look into System Settings, General, Login Items, and allow or remove Tapedeck there.',
  win32: 'Windows did not take it. Look into Settings, Apps, Startup, and switch Tapedeck on or off there.',
}

/** As the system has it: its user may have changed that elsewhere. */
export function startsAtLogin(env: NodeJS.ProcessEnv): boolean {
  switch (process.platform) {
    case 'linux':
      return isEntryOn(readIfThere(entryFile(env)))
    case 'win32':
      // The other field stays true where its user switched it off in the settings of Windows.
      return app.getLoginItemSettings({ args: startArguments() }).executableWillLaunchAtLogin
    default:
      return app.getLoginItemSettings().openAtLogin
  }
}

/** The desktops of Linux have a folder for it, and Electron does not write there. */
function entryFile(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'tapedeck.desktop')
}

function writeEntry(isWanted: boolean, file: string, appImage: string | undefined): void {
  try {
    if (!isWanted) {
      // What is not there cannot be removed, whatever stands in the place of its folder.
      if (existsSync(file)) rmSync(file)
      return
    }
    mkdirSync(dirname(file), { recursive: true })
    // An AppImage runs from a folder that is gone at the next start.
    writeFileSync(file, autostartEntry([appImage || process.execPath, ...startArguments()]))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = `${isWanted ? 'could not be written' : 'could not be removed'} (${code ?? String(error)})`
    throw new ReplyError('unavailable', `${file} ${why}. Look at who may write there, and try again.`)
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** From the sources the program is Electron's own, and has to be told what to run. */
function startArguments(): string[] {
  return app.isPackaged ? [hiddenArgument] : [app.getAppPath(), hiddenArgument]
}

export function isHiddenStart(args: string[]): boolean {
  return args.includes(hiddenArgument) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
}
