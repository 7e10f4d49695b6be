import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Told, Wanted } from '../electronStandIn/messages.ts'

const root = join(import.meta.dirname, '..', '..')
const register = pathToFileURL(join(root, 'e2e', 'electronStandIn', 'register.ts')).href
const entry = join(root, 'out', 'main', 'electron.js')

type Asking = Wanted extends infer W ? (W extends { call: number } ? Omit<W, 'call'> : never) : never

export interface StandInProcess {
  pid: number
  want(wanted: Wanted): void
  ask<T>(wanted: Asking): Promise<T>
  kill(signal: NodeJS.Signals): void
  exited: Promise<void>
  hasExited(): boolean
  /** What it wrote of errors so far. */
  errors(): string
}

/** The built application on the stand-in for Electron, at the other end of its pipe. */
export function spawnStandIn(
  env: NodeJS.ProcessEnv,
  cwd: string,
  args: string[],
  take: (message: Told) => void,
): StandInProcess {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', register, entry, ...args],
    {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  let isOver = false
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isOver = true
      resolve()
    })
  })
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastCall = 0

  function want(wanted: Wanted): void {
    // One that is just ending hears nothing any more; who waits for its answer is told so below.
    if (!isOver && child.connected) child.send(wanted, () => {})
  }

  function ask<T>(wanted: Asking): Promise<T> {
    const call = ++lastCall
    return new Promise((resolve, reject) => {
      calls.set(call, { resolve: resolve as (value: unknown) => void, reject })
      want({ ...wanted, call } as Wanted)
      void exited.then(() => reject(new Error('The application has ended.')))
    })
  }

  function takeAnswer({ call, value, error }: Extract<Told, { type: 'answer' }>): void {
    const asked = calls.get(call)
    calls.delete(call)
    if (error !== undefined) asked?.reject(new Error(error))
    else asked?.resolve(value)
  }

  child.on('message', (message: Told) => {
    if (message.type === 'answer') takeAnswer(message)
    else take(message)
  })

  return {
    pid: child.pid as number,
    want,
    ask,
    kill: (signal) => void child.kill(signal),
    exited,
    hasExited: () => isOver,
    errors: () => errors,
  }
}
