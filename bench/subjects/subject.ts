import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import type { ChildMessage } from './child.ts'

export interface RecordingCount {
  recorded: number
  total: number
  missed: Partial<Record<string, number>>
  /** Recorded, and still to be derived. */
  underived: number
}

/** One thing to measure, running in a process of its own. */
export interface Subject {
  name: string
  /** What to put in front of a path. */
  baseUrl: string
  /** Resident memory of its process, and of those that it started. */
  readMemoryBytes(): number
  /** How much it recorded, if it records. */
  readRecording(): Promise<RecordingCount | null>
  stop(): Promise<void>
}

const startTimeoutMs = 30_000
const answerTimeoutMs = 10_000
const stopTimeoutMs = 5000

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a subject written in Node, `file` beside this one, and waits until it listens. With `profileFolder` its process and
 * its threads leave CPU profiles there when they end.
 */
export async function startNodeSubject(
  name: string,
  file: string,
  args: string[],
  profileFolder?: string | null,
): Promise<Subject> {
  const child = fork(path.join(import.meta.dirname, file), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [],
  })
  watch(child)
  const ready = await nextMessage(child, 'ready', startTimeoutMs)
  return {
    name,
    baseUrl: `http://127.0.0.1:${ready.port}${ready.path}`,
    readMemoryBytes: () => readResidentBytes(child.pid as number),
    async readRecording() {
      child.send('recording')
      const { recorded, total, missed, underived } = await nextMessage(child, 'recording', answerTimeoutMs)
      return { recorded, total, missed, underived }
    },
    stop: () => stop(child),
  }
}

/** Starts another program that will listen on `port`. */
export async function startForeignSubject(name: string, file: string, args: string[], port: number): Promise<Subject> {
  const child = spawn(file, args, { stdio: 'ignore' })
  watch(child)
  await waitUntilListening(child, port)
  return {
    name,
    baseUrl: `http://127.0.0.1:${port}`,
    readMemoryBytes: () => readResidentBytes(child.pid as number),
    readRecording: async () => null,
    stop: () => stop(child),
  }
}

function watch(child: ChildProcess) {
  running.add(child)
  child.on('exit', () => running.delete(child))
  child.on('error', () => running.delete(child))
}

function nextMessage<T extends ChildMessage['type']>(child: ChildProcess, type: T, timeoutMs: number) {
  return new Promise<Extract<ChildMessage, { type: T }>>((resolve, reject) => {
    const fail = () => finish(() => reject(new Error(`${child.spawnfile} gave no "${type}" in time or ended.`)))
    const deadline = setTimeout(fail, timeoutMs)
    const onMessage = (message: unknown) => {
      const { type: got } = message as ChildMessage
      if (got === type) finish(() => resolve(message as Extract<ChildMessage, { type: T }>))
    }
    child.on('message', onMessage)
    child.on('exit', fail)
    child.on('error', fail)
    function finish(settle: () => void) {
      clearTimeout(deadline)
      child.off('message', onMessage)
      child.off('exit', fail)
      child.off('error', fail)
      settle()
    }
  })
}

async function waitUntilListening(child: ChildProcess, port: number) {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline && running.has(child)) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => finish(true))
      socket.on('error', () => finish(false))
      function finish(result: boolean) {
        socket.destroy()
        resolve(result)
      }
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${child.spawnfile} did not listen in time.`)
}

function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    child.on('exit', () => {
      clearTimeout(force)
      resolve()
    })
    // A subject written in Node ends in order when the bench lets go of it, and can write its profile then.
    if (child.connected) child.disconnect()
    else child.kill('SIGTERM')
  })
}

/** Of a process and its children, as Linux tells it; NaN elsewhere. */
function readResidentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return children.reduce((sum, child) => sum + readResidentBytes(Number(child)), own)
  } catch {
    return Number.NaN
  }
}
