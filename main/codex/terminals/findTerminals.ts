import { homedir } from 'node:os'
import path from 'node:path'
import type { Terminal, TerminalId } from '../../../contract/domain/terminal.ts'
import type { Computer } from '../installPlaces.ts'
import { realRuns } from '../runs.ts'
import type { LauncherKind } from './launcher.ts'
import { splitWords } from './splitWords.ts'
import {
  desktops,
  endsInExecute,
  linuxTerminals,
  macTerminals,
  openCustom,
  type TerminalCommand,
  type TerminalRow,
  windowsTerminals,
} from './terminalTable.ts'

/** A terminal of this computer, or one that the user names: that one may turn out not to be there. */
export interface FoundTerminal extends Terminal {
  launcher: LauncherKind
  open(launcher: string): TerminalCommand
}

export interface Terminals {
  /** Those that can be opened here. */
  found: FoundTerminal[]
  /** The one that is opened unless another is asked for, and why it is this one, as a sentence. */
  chosen: { terminal: FoundTerminal; why: string } | null
}

export interface TerminalsQuestion extends Partial<Computer> {
  env: NodeJS.ProcessEnv
  /** What the user chose: the id of a terminal, a program with its options, or an application. */
  setting?: string | null
}

/** The user's setting, what the environment names, what the desktop brings along, then whatever is there. */
export async function findTerminals(question: TerminalsQuestion): Promise<Terminals> {
  const { setting, ...rest } = question
  const computer: Computer = { platform: process.platform, homeDir: homedir(), runs: realRuns, ...rest }
  const found = await listFound(computer)
  return { found, chosen: await choose(computer, found, setting?.trim() || null) }
}

async function choose(computer: Computer, found: FoundTerminal[], setting: string | null) {
  const { env, platform } = computer
  if (setting !== null) return { terminal: await readNamed(computer, found, setting), why: 'It is what you chose.' }
  switch (platform) {
    case 'darwin': {
      const around = found.find(({ id }) => id === aroundUs[env.TERM_PROGRAM ?? ''])
      if (around) return { terminal: around, why: 'Tapedeck was started from it.' }
      return firstOf(
        found.filter(({ id }) => id !== 'warp'),
        'It comes with macOS.',
      )
    }
    case 'win32':
      return firstOf(found, 'It comes with Windows.')
    default:
      return chooseOnLinux(computer, found)
  }
}

async function chooseOnLinux(computer: Computer, found: FoundTerminal[]) {
  const { env } = computer
  const named = env.TERMINAL?.trim()
  if (named) {
    const terminal = await readNamed(computer, found, named)
    // Unlike a setting it may be left over from elsewhere, so one that is not here is passed over.
    const { file } = terminal.open('')
    if (found.includes(terminal) || (await findOnPath(computer, [file])) !== null) {
      return { terminal, why: '$TERMINAL names it.' }
    }
  }
  const byId = (id: TerminalId) => found.find((terminal) => terminal.id === id)
  const standard = byId('xdg-terminal-exec')
  if (standard) return { terminal: standard, why: 'xdg-terminal-exec knows which one you like.' }
  for (const word of (env.XDG_CURRENT_DESKTOP ?? '').toUpperCase().split(':')) {
    const desktop = desktops[word]
    const own = desktop?.terminals.map(byId).find((terminal) => terminal !== undefined)
    if (desktop && own) return { terminal: own, why: `It comes with ${desktop.name}.` }
  }
  return firstOf(found, 'It is the first that was found.')
}

function firstOf([terminal]: FoundTerminal[], why: string) {
  return terminal ? { terminal, why } : null
}

/** By `TERM_PROGRAM`, which terminals of macOS set for what runs in them. */
const aroundUs: Record<string, TerminalId> = {
  Apple_Terminal: 'terminal',
  'iTerm.app': 'iterm2',
  ghostty: 'ghostty',
  WezTerm: 'wezterm',
}

async function listFound(computer: Computer): Promise<FoundTerminal[]> {
  const { env, platform } = computer
  // Without a display a terminal of the desktop could only fail.
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return []
  const looked = await Promise.all(
    tableOf(platform).map(async (row) => {
      const program = await findProgram(computer, row)
      return program === null ? [] : [asFound(row, program)]
    }),
  )
  return looked.flat()
}

function asFound(row: TerminalRow, program: string, options: string[] = []): FoundTerminal {
  const { id, name, launcher } = row
  return {
    id,
    name,
    launcher,
    open(file) {
      const command = row.open(program, file)
      return { ...command, args: [...options, ...command.args] }
    },
  }
}

/** A row of the table by its id, or by the program that it is; any other program is taken at its word. */
async function readNamed(computer: Computer, found: FoundTerminal[], named: string): Promise<FoundTerminal> {
  const { platform, runs, homeDir } = computer
  const table = tableOf(platform)
  const known = found.find(({ id, name }) => id === named.toLowerCase() || name.toLowerCase() === named.toLowerCase())
  if (known) return known
  const words = (await runs.isExecutableFile(named)) ? [named] : splitWords(named)
  const [program = named, ...options] = words.map((word) => word.replace(/^~(?=[/\\])/, homeDir))
  const base = platform === 'win32' ? path.win32.basename(program) : path.posix.basename(program)
  const row = table.find(({ id, programs }) => id === base || programs.includes(base))
  if (row && options.length === 0 && platform !== 'win32') return asFound(row, program)
  if (row && platform === 'linux' && !endsInExecute(options)) return asFound(row, program, options)
  const launcher = platform === 'win32' ? 'powershell' : platform === 'darwin' ? 'command' : 'sh'
  return { id: 'custom', name: base, launcher, open: openCustom([program, ...options], platform) }
}

async function findProgram(computer: Computer, { programs }: TerminalRow): Promise<string | null> {
  switch (computer.platform) {
    case 'darwin':
      return findBundle(computer, programs)
    case 'win32':
      return findBelowVariable(computer, programs)
    default:
      return findOnPath(computer, programs)
  }
}

async function findOnPath({ env, runs }: Computer, names: string[]): Promise<string | null> {
  for (const name of names) {
    if (name.includes('/')) return (await runs.isExecutableFile(name)) ? name : null
    for (const folder of (env.PATH ?? '').split(':').filter((each) => each.startsWith('/'))) {
      const candidate = path.posix.join(folder, name)
      if (await runs.isExecutableFile(candidate)) return candidate
    }
  }
  return null
}

async function findBundle({ homeDir, runs }: Computer, names: string[]): Promise<string | null> {
  const folders = ['/Applications', '/System/Applications/Utilities', path.posix.join(homeDir, 'Applications')]
  for (const folder of folders) {
    const present = await runs.listFolder(folder)
    const name = names.find((each) => present.includes(each))
    if (name !== undefined) return path.posix.join(folder, name)
  }
  return null
}

/** By the names in its folder: Windows Terminal is an alias there, which cannot be looked at as a file. */
async function findBelowVariable({ env, runs }: Computer, places: string[]): Promise<string | null> {
  for (const place of places) {
    const [variable = '', ...rest] = place.split('\\')
    const root = Object.entries(env).find(([name]) => name.toUpperCase() === variable.toUpperCase())?.[1]
    if (!root) continue
    const program = path.win32.join(root, ...rest)
    const present = await runs.listFolder(path.win32.dirname(program))
    if (present.some((name) => name.toLowerCase() === path.win32.basename(program).toLowerCase())) return program
  }
  return null
}

function tableOf(platform: NodeJS.Platform): TerminalRow[] {
  switch (platform) {
    case 'darwin':
      return macTerminals
    case 'win32':
      return windowsTerminals
    default:
      return linuxTerminals
  }
}
