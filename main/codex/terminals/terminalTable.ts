import path from 'node:path'
import type { TerminalId } from '../../../contract/domain/terminal.ts'
import type { LauncherKind } from './launcher.ts'

/** A program and its arguments; on Windows a `commandLine` where its parts are not quoted as Windows programs usually want it. */
export interface TerminalCommand {
  file: string
  args: string[]
  isVerbatim?: boolean
}

export interface TerminalRow {
  id: TerminalId
  name: string
  launcher: LauncherKind
  /** Linux: names on the PATH. macOS: application bundles. Windows: below a folder that a variable names. */
  programs: string[]
  /** Opens a window that runs the launcher. `program` is what of `programs` was found. */
  open(program: string, launcher: string): TerminalCommand
}

/**
 * Applications open a `.command` file as a document: no Apple events, so the user is not asked whether Tapedeck may steer them.
 * Those without that manner take a command as their arguments, in an instance of their own.
 */
export const macTerminals: TerminalRow[] = [
  asDocument('terminal', 'Terminal', ['Terminal.app']),
  asDocument('iterm2', 'iTerm2', ['iTerm.app', 'iTerm2.app']),
  asDocument('ghostty', 'Ghostty', ['Ghostty.app']),
  // Some of its versions show such a file instead of running it, so it is opened only for those who choose it.
  asDocument('warp', 'Warp', ['Warp.app']),
  asInstance('kitty', 'kitty', ['kitty.app'], []),
  asInstance('alacritty', 'Alacritty', ['Alacritty.app'], ['-e']),
  asInstance('wezterm', 'WezTerm', ['WezTerm.app'], ['start', '--']),
]

/** A launcher is named by its file alone where cmd reads the line, and run from its folder: then there is nothing to quote. */
export const windowsTerminals: TerminalRow[] = [
  {
    id: 'windows-terminal',
    name: 'Windows Terminal',
    launcher: 'powershell',
    programs: ['LOCALAPPDATA\\Microsoft\\WindowsApps\\wt.exe'],
    open: (program, launcher) => ({
      file: program,
      // To Windows Terminal a bare semicolon begins its next command, wherever it stands.
      args: ['-w', 'new', 'powershell.exe', ...powerShellOptions, launcher.replaceAll(';', '\\;')],
    }),
  },
  {
    id: 'powershell',
    name: 'PowerShell',
    launcher: 'powershell',
    programs: ['SystemRoot\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
    open: (_program, launcher) => startConsole(['powershell.exe', ...powerShellOptions, path.win32.basename(launcher)]),
  },
  {
    id: 'cmd',
    name: 'Command Prompt',
    launcher: 'cmd',
    programs: ['SystemRoot\\System32\\cmd.exe'],
    open: (_program, launcher) => startConsole(['cmd.exe', '/d', '/c', path.win32.basename(launcher)]),
  },
]

/** In the order in which they are tried when nothing says which one the user likes. */
export const linuxTerminals: TerminalRow[] = [
  withPrefix('xdg-terminal-exec', 'Default terminal', []),
  withPrefix('x-terminal-emulator', 'System terminal', ['-e']),
  withPrefix('ghostty', 'Ghostty', ['-e']),
  withPrefix('kitty', 'kitty', []),
  withPrefix('alacritty', 'Alacritty', ['-e']),
  withPrefix('wezterm', 'WezTerm', ['start', '--']),
  withPrefix('foot', 'foot', []),
  withPrefix('konsole', 'Konsole', ['-e']),
  withPrefix('gnome-terminal', 'GNOME Terminal', ['--']),
  withPrefix('ptyxis', 'Ptyxis', ['--new-window', '--']),
  withPrefix('kgx', 'GNOME Console', ['--']),
  withPrefix('xfce4-terminal', 'Xfce Terminal', ['-x']),
  withPrefix('mate-terminal', 'MATE Terminal', ['-x']),
  withPrefix('lxterminal', 'LXTerminal', ['-e']),
  withPrefix('qterminal', 'QTerminal', ['-e']),
  withPrefix('xterm', 'xterm', ['-e']),
]

/** What a desktop brings along, by the names that `XDG_CURRENT_DESKTOP` has for it. */
export const desktops: Record<string, { name: string; terminals: TerminalId[] }> = {
  GNOME: { name: 'GNOME', terminals: ['ptyxis', 'gnome-terminal', 'kgx'] },
  UNITY: { name: 'Unity', terminals: ['gnome-terminal'] },
  'X-CINNAMON': { name: 'Cinnamon', terminals: ['gnome-terminal'] },
  BUDGIE: { name: 'Budgie', terminals: ['gnome-terminal'] },
  KDE: { name: 'KDE', terminals: ['konsole'] },
  XFCE: { name: 'Xfce', terminals: ['xfce4-terminal'] },
  MATE: { name: 'MATE', terminals: ['mate-terminal'] },
  LXDE: { name: 'LXDE', terminals: ['lxterminal'] },
  LXQT: { name: 'LXQt', terminals: ['qterminal'] },
}

/** How a program that is in no table is started: `-e` is what most terminals take, unless its words end in another such option. */
export function openCustom([program = '', ...words]: string[], platform: NodeJS.Platform) {
  return (launcher: string): TerminalCommand => {
    if (platform === 'darwin' && !program.startsWith('/')) {
      return { file: 'open', args: ['-a', program, ...words, launcher] }
    }
    const own = endsInExecute(words) ? words : [...words, '-e']
    return { file: program, args: [...own, ...interpreterOf(platform), launcher] }
  }
}

/** Whether the user's own words already end in the option that a command comes after. */
export function endsInExecute(words: string[]): boolean {
  return ['-e', '-x', '--'].includes(words.at(-1) ?? '')
}

function interpreterOf(platform: NodeJS.Platform): string[] {
  return platform === 'win32' ? ['powershell.exe', ...powerShellOptions] : ['/bin/sh']
}

const powerShellOptions = ['-NoLogo', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File']

/** The shell is named, because a data folder may lie where nothing can be executed. */
function withPrefix(id: TerminalId, name: string, prefix: string[]): TerminalRow {
  const open = (program: string, launcher: string) => ({ file: program, args: [...prefix, '/bin/sh', launcher] })
  return { id, name, launcher: 'sh', programs: [id], open }
}

function asDocument(id: TerminalId, name: string, programs: string[]): TerminalRow {
  const open = (program: string, launcher: string) => ({ file: 'open', args: ['-a', program, launcher] })
  return { id, name, launcher: 'command', programs, open }
}

function asInstance(id: TerminalId, name: string, programs: string[], prefix: string[]): TerminalRow {
  const open = (program: string, launcher: string) => ({
    file: 'open',
    args: ['-n', '-a', program, '--args', ...prefix, '/bin/sh', launcher],
  })
  return { id, name, launcher: 'command', programs, open }
}

/** A console of its own: what Node starts detached has none that a person could type into. */
function startConsole(words: string[]): TerminalCommand {
  return { file: 'cmd.exe', args: ['/d', '/s', '/c', `"start "Codex" ${words.join(' ')}"`], isVerbatim: true }
}
