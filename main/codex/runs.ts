import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'

export interface RunResult {
  /** Null when it could not be started or did not end in time. */
  exitCode: number | null
  stdout: string
  stderr: string
}

/** What looking for codex needs of the computer; an in-memory one stands in for it in tests. */
export interface Runs {
  /** Never rejects. What it started is gone when it resolves, with everything that this started in turn. */
  run(file: string, args: string[], options: { env: NodeJS.ProcessEnv; timeoutMs: number }): Promise<RunResult>
  isExecutableFile(path: string): Promise<boolean>
  /** The names in a folder; none if it cannot be read. */
  listFolder(path: string): Promise<string[]>
}

/** More output than this is no answer to any question asked here. */
const outputLimitBytes = 1024 * 1024

/** A program that ended may leave a child behind that holds its output open; it is waited for no longer than this. */
const drainMs = 200

const isWindows = process.platform === 'win32'

export const realRuns: Runs = { run, isExecutableFile, listFolder }

function run(file: string, args: string[], options: { env: NodeJS.ProcessEnv; timeoutMs: number }): Promise<RunResult> {
  return new Promise((resolve) => {
    const output = { stdout: '', stderr: '' }
    // A session of its own: an interactive shell then cannot reach for the user's terminal, and all of it ends at once.
    const child = spawn(file, args, {
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !isWindows,
      windowsHide: true,
    })
    let drain: NodeJS.Timeout | undefined
    const deadline = setTimeout(() => finish(null), options.timeoutMs)

    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8')
      child[name].on('data', (text: string) => {
        output[name] += text
        if (output[name].length > outputLimitBytes) finish(null)
      })
    }
    child.on('error', () => finish(null))
    child.on('exit', (exitCode) => {
      drain = setTimeout(() => finish(exitCode), drainMs)
    })
    child.on('close', (exitCode) => finish(exitCode))

    function finish(exitCode: number | null) {
      clearTimeout(deadline)
      clearTimeout(drain)
      child.stdout.destroy()
      child.stderr.destroy()
      if (child.exitCode === null && child.signalCode === null) end(child.pid)
      resolve({ exitCode, ...output })
    }
  })
}

function end(pid: number | undefined) {
  if (pid === undefined) return
  try {
    process.kill(isWindows ? pid : -pid, 'SIGKILL')
  } catch {
    // It ended by itself in this moment.
  }
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch(() => [])
}
