import { rmSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { MethodName, Params, Result } from '../contract/api.ts'
import type { Terminal, TerminalId } from '../contract/domain/terminal.ts'
import { ReplyError } from '../contract/reply.ts'
import type { FoundCodex } from './codex/findCodex.ts'
import type { Launches } from './codex/launches.ts'
import { realRuns } from './codex/runs.ts'
import { describeByHand, startArguments } from './codex/terminals/byHand.ts'
import { type FoundTerminal, findTerminals, type Terminals } from './codex/terminals/findTerminals.ts'
import { type Launcher, writeLauncher } from './codex/terminals/launcher.ts'
import { openTerminal } from './codex/terminals/openTerminal.ts'
import type { HandlersOf } from './handlers.ts'
import { isFolder } from './isFolder.ts'
import { prepareCodex } from './startCodex.ts'

export interface TerminalWiring {
  env: NodeJS.ProcessEnv
  dataDir: string
  launches: Launches
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>
  findCodex(): Promise<FoundCodex>
  /** What the user chose, if anything. */
  setting(): string | null
  startWithinMs?: number
}

const defaultStartWithinMs = 15_000

/** Opens terminals with codex in them: a launch like the one that `tapedeck codex` makes, and a launcher that carries it there. */
export function wireTerminals(wiring: TerminalWiring): HandlersOf<'terminal/list' | 'terminal/open'> {
  const { env, dataDir, launches, startWithinMs = defaultStartWithinMs } = wiring
  const folder = path.join(dataDir, 'launchers')
  // One that a crash left behind holds the token of a launch that is over.
  rmSync(folder, { recursive: true, force: true })

  const find = () => findTerminals({ env, setting: wiring.setting() })

  return {
    async 'terminal/list'() {
      const { found, chosen } = await find()
      const terminals = found.map(asTerminal)
      return { terminals, default: chosen && { ...asTerminal(chosen.terminal), why: chosen.why } }
    },

    async 'terminal/open'({ cwd: wished, start, terminal: id, isPrivate }) {
      const cwd = wished.replace(/^~(?=$|[/\\])/, homedir)
      if (!path.isAbsolute(cwd)) throw new ReplyError('badRequest', `Give the whole path of the folder, not ${wished}.`)
      if (!(await isFolder(cwd)))
        throw new ReplyError('notFound', `There is no folder ${cwd}. Make it, or choose another one.`)
      const byHand = describeByHand({
        cwd,
        start,
        isPrivate,
        tapedeck: await findTapedeck(env),
        env,
        platform: process.platform,
      })
      const refuse = (message: string) => new ReplyError('unavailable', message, byHand)

      const terminal = pick(await find(), id)
      if (!terminal) throw refuse(describeMissing(id))
      const prepared = await prepareCodex({
        args: startArguments(start),
        cwd,
        env,
        isPrivate,
        call: wiring.call,
        find: wiring.findCodex,
      })
      if (!prepared.ok) throw new ReplyError('unavailable', prepared.message)
      const { launchId, command, variables } = prepared
      let launcher: Launcher | null = null
      try {
        // Which codex this is was asked with it, and a terminal that runs already may have another.
        const home: Record<string, string> = env.CODEX_HOME ? { CODEX_HOME: env.CODEX_HOME } : {}
        launcher = writeLauncher(folder, terminal.launcher, command, { ...home, ...variables })
        const opened = await openTerminal({ terminal, launcher, env, startWithinMs })
        if (!opened.ok)
          throw refuse(`${endSentence(`${terminal.name} ${opened.message}`)}\nStart codex by hand instead:`)
        launches.started(launchId, opened.pid)
        return { launchId, terminal: asTerminal(terminal) }
      } catch (error) {
        launcher?.remove()
        launches.end(launchId)
        throw error
      }
    },
  }
}

function asTerminal({ id, name }: FoundTerminal): Terminal {
  return { id, name }
}

function pick({ found, chosen }: Terminals, id: TerminalId | undefined): FoundTerminal | undefined {
  if (id === undefined || id === chosen?.terminal.id) return chosen?.terminal
  return found.find((terminal) => terminal.id === id)
}

function endSentence(text: string): string {
  return /[.…!?]$/.test(text) ? text : `${text}.`
}

function describeMissing(id: TerminalId | undefined): string {
  const what = id === undefined ? 'No terminal was found on this computer.' : `There is no ${id} on this computer.`
  return `${what}\nStart codex by hand instead:`
}

/** As the user's shell finds it; else, where this process is the command line itself, as it was started. */
async function findTapedeck(env: NodeJS.ProcessEnv): Promise<string[] | null> {
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((each) => path.isAbsolute(each))
  const names = process.platform === 'win32' ? ['tapedeck.cmd', 'tapedeck.exe'] : ['tapedeck']
  for (const each of folders) {
    for (const name of names) if (await realRuns.isExecutableFile(path.join(each, name))) return ['tapedeck']
  }
  const [node, script] = process.argv
  return node && script && /^tapedeck\.[jt]s$/.test(path.basename(script)) ? [node, path.resolve(script)] : null
}
