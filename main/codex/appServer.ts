import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { CodexCommand } from './buildLaunch.ts'

/** An error that codex answered with, in its own words. */
export class AppServerError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export interface AppServerNotification {
  method: string
  params: Record<string, unknown>
}

export interface AppServer {
  /** Rejects with `AppServerError` when codex says no, with another error when it is gone or does not answer in time. */
  request(method: string, params: object): Promise<unknown>
  onNotification(listener: (notification: AppServerNotification) => void): () => void
  pid: number
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

const answerTimeoutMs = 30_000
const stopTimeoutMs = 3_000

/**
 * `codex app-server`: codex's own programming interface, one JSON message a line on stdin and stdout. Rejects with a sentence
 * for people when codex cannot be started or does not know this interface, as versions of long ago do not.
 */
export async function startAppServer(command: CodexCommand, version: string): Promise<AppServer> {
  const { file, args, env, cwd } = command
  const child = spawn(file, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Set<(notification: AppServerNotification) => void>()
  let lastId = 0
  let lastWords = ''

  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${file} could not be started: ${error.message}`)))
    child.once('exit', (code) => reject(new Error(lastWords || `codex app-server ended with code ${code}.`)))
  })
  failed.catch((error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  child.stdin.on('error', () => {})
  child.stderr.on('data', (chunk) => {
    lastWords = readLastWords(String(chunk)) || lastWords
  })
  createInterface({ input: child.stdout }).on('line', take)

  function take(line: string): void {
    const message = parse(line)
    if (!message) return
    if (typeof message.method === 'string') {
      // Codex may ask for something as well; nothing that is asked of an account's view can be given here.
      if (message.id !== undefined) send({ id: message.id, error: { code: -32601, message: 'Not supported.' } })
      else tell({ method: message.method, params: (message.params ?? {}) as Record<string, unknown> })
      return
    }
    const promise = waiting.get(Number(message.id))
    waiting.delete(Number(message.id))
    const error = message.error as { code?: number; message?: string } | undefined
    if (error) promise?.reject(new AppServerError(Number(error.code), String(error.message)))
    else promise?.resolve(message.result)
  }

  function tell(notification: AppServerNotification): void {
    for (const listener of listeners) listener(notification)
  }

  function send(message: object): void {
    child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  function request(method: string, params: object): Promise<unknown> {
    const id = ++lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const timer = setTimeout(
      () => reject(new Error(`codex did not answer ${method} in time. Try again.`)),
      answerTimeoutMs,
    )
    waiting.set(id, { resolve, reject })
    if (child.exitCode !== null || child.signalCode !== null)
      reject(new Error('codex app-server has ended. Try again, which starts another one.'))
    else send({ id, method, params })
    return promise.finally(() => {
      clearTimeout(timer)
      waiting.delete(id)
    })
  }

  async function stop(): Promise<void> {
    child.stdin.end()
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await ended
    clearTimeout(timer)
  }

  const clientInfo = { name: 'tapedeck', title: 'Tapedeck', version }
  try {
    await Promise.race([request('initialize', { clientInfo, capabilities: null }), failed])
  } catch (error) {
    await stop()
    throw error
  }
  send({ method: 'initialized' })
  return {
    request,
    onNotification(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pid: child.pid as number,
    ended,
    stop,
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** What an ending codex says of itself stands in its last lines; warnings and log lines come before. */
function readLastWords(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.findLast((line) => /^error/i.test(line)) ?? ''
}
