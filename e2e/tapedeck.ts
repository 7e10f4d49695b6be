import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { MethodName, Params, Result } from '../contract/api.ts'
import type { Session } from '../contract/domain/session.ts'
import type { Turn } from '../contract/domain/turn.ts'
import type { Reply } from '../contract/reply.ts'
import type { Instance } from '../main/hosts/instance.ts'
import type { CodexHome } from './codexHome.ts'

/** What is built is what is tested. */
export const entry = join(import.meta.dirname, '..', 'out', 'main', 'tapedeck.js')

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the command line to its end; `file` is another copy of it than the one that was built here. */
export async function tapedeck(
  home: CodexHome,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  file = entry,
): Promise<Run> {
  const child = start(home, args, env, [], file)
  const exited = exitOf(child)
  const own = running.get(rootOf(home)) ?? new Map()
  running.set(rootOf(home), own.set(child, exited))
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    exited,
  ])
  own.delete(child)
  return { code, stdout, stderr }
}

const running = new Map<string, Map<ChildProcess, Promise<unknown>>>()
const rootOf = (home: CodexHome) => String(home.env.HOME)

/** Ends what a test left running in a home: a turn that it did not wait for, or did not come to wait for because it failed. */
export async function endRuns(home: CodexHome): Promise<void> {
  const own = running.get(rootOf(home)) ?? new Map()
  running.delete(rootOf(home))
  for (const [child, exited] of own) {
    // Handed on to codex, which ends what it has started.
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await exited.catch(() => {})
    clearTimeout(force)
  }
}

/** A turn that is called off once codex has told its user of this: it would go on trying for half a minute. */
export async function codexUntil(home: CodexHome, told: RegExp, ...args: string[]): Promise<void> {
  const child = start(home, ['codex', ...execArgs, ...args], {})
  const exited = exitOf(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
  try {
    await eventually(
      () => said,
      (text) => told.test(text),
    )
  } finally {
    child.kill('SIGTERM')
    await exited
  }
}

/** One turn of the real codex, behind Tapedeck. */
export function codexExec(home: CodexHome, ...args: string[]): Promise<Run> {
  return tapedeck(home, ['codex', ...execArgs, ...args])
}

/** No sandbox: the machines that run the tests may not have what it takes, and the commands are our own. */
export const execArgs = ['exec', '--dangerously-bypass-approvals-and-sandbox']

export interface Server {
  ui: string
  api: string
  apiToken: string
  proxy: string
  pid: number
  dataDir: string
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>
  /** Ends it, in order unless told otherwise. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** `wrapper`: a command that runs the one behind it, such as one that takes something away from it. */
export async function serve(
  home: CodexHome,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
  wrapper: string[] = [],
  file = entry,
): Promise<Server> {
  const child = start(home, ['serve', '--no-open', '--json', ...args], env, wrapper, file)
  const exited = exitOf(child)
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const line = await Promise.race([firstLine(child.stdout as Readable), exited.then(() => null)])
  if (line === null) throw new Error(`tapedeck serve ended: ${errors}`)
  const told = JSON.parse(line) as Omit<Server, 'call' | 'stop'>
  return {
    ...told,
    async call(method, params) {
      const response = await fetch(`${told.api}/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${told.apiToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(params),
      })
      const reply = (await response.json()) as Reply<never>
      if (!reply.ok) throw new Error(`${method}: ${reply.error.code}: ${reply.error.message}`)
      return reply.value
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      let isLate = false
      const force = setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, 45_000)
      await exited
      clearTimeout(force)
      if (isLate) throw new Error(`tapedeck serve went on after ${signal}: ${errors}`)
    },
  }
}

/** A file of the page, as the browser gets it that followed the one-time link; works once for a server. */
export async function fetchAsVisitor(server: Server, path: string): Promise<Response> {
  const entrance = await fetch(server.ui, { redirect: 'manual' })
  const cookie = String(entrance.headers.get('set-cookie')).split(';')[0] as string
  return fetch(new URL(path, server.ui), { headers: { cookie } })
}

/** Who records, or did last. Asking the command line would make that one the recorder where there is none. */
export function readInstance(home: CodexHome): Instance {
  return JSON.parse(readFileSync(join(String(home.env.TAPEDECK_HOME), 'instance.json'), 'utf8'))
}

/** The sessions as the command line prints them, newest first. */
export async function readSessions(home: CodexHome): Promise<Session[]> {
  const { stdout } = await tapedeck(home, ['sessions', '--json'])
  return JSON.parse(stdout).sessions
}

export async function readSession(home: CodexHome, id: string): Promise<{ session: Session; turns: Turn[] }> {
  const { stdout } = await tapedeck(home, ['show', id, '--json'])
  return JSON.parse(stdout)
}

/** The one session that a home has. */
export async function readOnlySession(home: CodexHome): Promise<{ session: Session; turns: Turn[] }> {
  const sessions = await readSessions(home)
  if (sessions.length !== 1 || !sessions[0]) throw new Error(`There are ${sessions.length} sessions, and not one.`)
  return readSession(home, sessions[0].id)
}

/** The newest session, as the page gets it. */
export async function newestSession(server: Server): Promise<Session> {
  const { sessions } = await server.call('session/list', {})
  if (!sessions[0]) throw new Error('There is no session.')
  return sessions[0]
}

/** A turn in short: what people would say happened. */
export function outline({ items }: Turn): string[] {
  return items.map((item) => {
    switch (item.type) {
      case 'toolCall':
        return `toolCall: ${item.commands.join('; ') || item.name}`
      case 'error':
        return `error: ${item.code}`
      case 'compaction':
      case 'unknown':
        return item.type
      default:
        return `${item.type}: ${item.text}`
    }
  })
}

/** Asks until the answer is there; gives up with the last one. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  isThere: (value: T) => boolean,
  ms = 45_000,
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    let last: string
    try {
      const value = await ask()
      if (isThere(value)) return value
      last = JSON.stringify(value)
    } catch (error) {
      // What cannot even be asked yet, such as for a session that is still to be recorded, may be so later.
      last = String(error)
    }
    if (Date.now() > end) throw new Error(`It never came to be. The last that was seen: ${last}`)
    await pause(50)
  }
}

function start(
  home: CodexHome,
  args: string[],
  env: NodeJS.ProcessEnv,
  wrapper: string[] = [],
  file = entry,
): ChildProcess {
  const [command, ...rest] = [...wrapper, process.execPath, file, ...args] as [string, ...string[]]
  return spawn(command, rest, {
    cwd: home.cwd,
    env: { ...home.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
}

async function firstLine(stream: Readable): Promise<string> {
  let seen = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    seen += chunk
    if (seen.includes('\n')) break
  }
  stream.resume()
  return seen.split('\n', 1)[0] ?? ''
}
