import { setTimeout as delay } from 'node:timers/promises'
import { troubleOf } from '../../../contract/domain/recording.ts'
import { findCodex } from '../../codex/findCodex.ts'
import { findCommand } from '../../codex/findCommand.ts'
import { plainCommands } from '../../codex/plainCommands.ts'
import { runCodex } from '../../codex/runCodex.ts'
import { prepareCodex } from '../../startCodex.ts'
import { type Connection, connectOrRecord } from '../headless/connection.ts'
import { createLog } from '../log.ts'
import { readSettings } from '../readSettings.ts'
import type { Terminal } from './terminal.ts'

/** Starts codex behind the proxy; resolves to codex's exit code, 2 when there is nothing to sign its requests with, 127 without a codex. */
export async function runCodexCommand(terminal: Terminal, given: string[]): Promise<number> {
  const { args, isPrivate } = readOwnArguments(given)
  if (isPlain(args)) return runPlain(terminal, args)
  // The terminal belongs to codex from here on; what goes wrong with the recording is written to the log.
  const report = createLog(terminal.dataDir)
  const open = () => connectOrRecord({ dataDir: terminal.dataDir, env: terminal.env, report })
  let connection = await open()
  let isOver = false
  try {
    const prepared = await prepareCodex({
      args,
      cwd: process.cwd(),
      env: terminal.env,
      isPrivate,
      call: (method, params) => connection.call(method, params),
    })
    if (!prepared.ok) {
      terminal.complain(`tapedeck: ${prepared.message}`)
      return { noCredential: 2, noCodex: 127, notPrivate: 1 }[prepared.reason]
    }
    const { launchId, command } = prepared
    if (isPrivate) terminal.complain('tapedeck: A private session. codex works as always, and nothing of it is kept.')
    else {
      const status = await connection.call('app/status', {})
      const trouble = troubleOf(status)
      if (trouble) terminal.complain(`tapedeck: ${trouble.message}`)
      else if (status.isPaused) {
        terminal.complain('tapedeck: Recording is paused. codex works as always, and nothing of it is kept.')
      }
    }
    const tellPid = (pid: number) => connection.call('launch/started', { id: launchId, pid }).catch(report)
    void stayConnected()
    const exitCode = await runCodex(command, tellPid)
    isOver = true
    await connection.call('launch/end', { id: launchId }).catch(() => {})
    return exitCode

    /** When the recorder ends, this process takes its place on the same port: codex waits for its address and goes on. */
    async function stayConnected() {
      while (!isOver) {
        await connection.lost
        // One that is only being restarted is back by then; codex itself tries for longer before it shows anything. When codex ends
        // meanwhile, nobody at the terminal waits for this.
        await delay(1_500, undefined, { ref: false })
        if (isOver) return
        connection = await open().catch((error): Connection => {
          report(error)
          isOver = true
          return connection
        })
      }
    }
  } finally {
    isOver = true
    await connection.close()
  }
}

/** Ours is only what stands before all that is codex's, so that no option of codex's is ever taken from it. */
export function readOwnArguments(given: string[]): { args: string[]; isPrivate: boolean } {
  const isPrivate = given[0] === '--private'
  return { args: isPrivate ? given.slice(1) : given, isPrivate }
}

function isPlain(args: string[]): boolean {
  const [own] = args.includes('--') ? [args.slice(0, args.indexOf('--'))] : [args]
  return (
    plainCommands.has(findCommand(own) ?? '') || own.some((arg) => ['--help', '-h', '--version', '-V'].includes(arg))
  )
}

async function runPlain(terminal: Terminal, args: string[]): Promise<number> {
  const codex = await findCodex({ env: terminal.env, setting: readSettings(terminal.dataDir).codex })
  if (!codex.ok) {
    terminal.complain(`tapedeck: ${codex.message}`)
    return 127
  }
  return runCodex({ file: codex.path, args, env: terminal.env, cwd: process.cwd() })
}
