import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, type FSWatcher, openSync, readFileSync, rmSync, watch } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import type { FoundTerminal } from './findTerminals.ts'
import type { Launcher } from './launcher.ts'

export interface OpenWish {
  terminal: FoundTerminal
  launcher: Launcher
  env: NodeJS.ProcessEnv
  /** How long the launcher may take to tell of its start. */
  startWithinMs: number
}

/** `message` says for people what became of the terminal, without a full stop. */
export type Opened = { ok: true; pid: number } | { ok: false; message: string }

/** Of what a terminal complained about, so much is told. */
const complaintLength = 160

/**
 * Opens a window with a launcher in it and waits until the launcher tells its process id. The end of what was started tells
 * nothing by itself: a terminal that is one process for all its windows hands over and ends well. When nothing came of it, the
 * launcher is gone too: a window that opens later must not start a codex whose launch is over.
 */
export async function openTerminal({ terminal, launcher, env, startWithinMs }: OpenWish): Promise<Opened> {
  const { file, args, isVerbatim } = terminal.open(launcher.path)
  const folder = dirname(launcher.path)
  // No pipe: it would break when Tapedeck ends, and the terminal with it.
  const complaintsPath = `${launcher.path}.log`
  const complaints = openSync(complaintsPath, 'wx', 0o600)
  const watcher = watchWherePossible(folder)
  try {
    const child = spawn(file, args, {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'ignore', complaints],
      // What a window of its own comes from is no window to see.
      windowsHide: isVerbatim ?? false,
      windowsVerbatimArguments: isVerbatim ?? false,
    })
    child.unref()
    const failure = await waitFor(child, { watcher, startWithinMs, isThere: () => readPid(launcher) !== null })
    const pid = readPid(launcher)
    if (pid !== null) return { ok: true, pid }
    const told = failure ?? `did not start codex within ${Math.round(startWithinMs / 1000)} s`
    return { ok: false, message: `${told}${describeComplaints(complaintsPath)}` }
  } finally {
    watcher?.close()
    closeSync(complaints)
    rmSync(complaintsPath, { force: true })
    launcher.remove()
  }
}

interface Waiting {
  /** Null where there can be none; the deadline looks once more in any case. */
  watcher: FSWatcher | null
  startWithinMs: number
  isThere(): boolean
}

/** Resolves when the start is told, or with the reason why it never will be; null when the time is over. */
function waitFor(child: ChildProcess, { watcher, startWithinMs, isThere }: Waiting): Promise<string | null> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => finish(null), startWithinMs)
    const finish = (failure: string | null) => {
      clearTimeout(deadline)
      resolve(failure)
    }
    watcher?.on('change', () => isThere() && finish(null))
    watcher?.on('error', () => {})
    child.once('error', (error: NodeJS.ErrnoException) =>
      finish(error.code === 'ENOENT' ? describePlace(child.spawnfile) : `could not be started: ${error.message}`),
    )
    child.once('exit', (code, signal) => {
      if (isThere()) finish(null)
      else if (code !== 0) finish(signal === null ? `ended with code ${code}` : `was ended by ${signal}`)
    })
  })
}

function watchWherePossible(folder: string): FSWatcher | null {
  try {
    return watch(folder)
  } catch {
    return null
  }
}

function describePlace(file: string): string {
  return isAbsolute(file) ? `is not at ${file}` : 'is not on the PATH'
}

/** Null until the whole line is there. */
function readPid({ startedPath }: Launcher): number | null {
  try {
    const [, pid] = /^(\d+)\r?\n/.exec(readFileSync(startedPath, 'utf8')) ?? []
    return pid ? Number(pid) : null
  } catch {
    return null
  }
}

function describeComplaints(path: string): string {
  const text = readFileSync(path, 'utf8').replace(/\s+/g, ' ').trim()
  if (text === '') return ''
  return `: ${text.length > complaintLength ? `${text.slice(0, complaintLength)}…` : text.replace(/\.$/, '')}`
}
