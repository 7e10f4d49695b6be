import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { CodexCommand } from './buildLaunch.ts'

/**
 * Runs codex in this terminal and resolves to its exit code, 128 + n after signal n, as shells have it. Rejects when it cannot
 * be started. `onStarted` hears its process id.
 */
export function runCodex(command: CodexCommand, onStarted?: (pid: number) => void): Promise<number> {
  const { file, args, env, cwd } = command
  return new Promise((resolve, reject) => {
    // Before it is started: a signal in between would end this process and leave codex behind.
    const undo = passSignals((signal) => child.kill(signal))
    const child = spawn(file, args, { env, cwd, stdio: 'inherit' })
    child.on('spawn', () => {
      if (child.pid !== undefined) onStarted?.(child.pid)
    })
    child.on('error', (error) => {
      // A signal that could not be sent is an 'error' too; codex still runs then.
      if (child.pid !== undefined) return
      undo()
      reject(new Error(`${file} could not be started in ${cwd}: ${error.message}`))
    })
    child.on('exit', (exitCode, signal) => {
      undo()
      resolve(signal === null ? (exitCode ?? 1) : 128 + constants.signals[signal])
    })
  })
}

/**
 * While codex runs the signals are its own business: it restores the terminal and ends, and this process ends after it.
 * Ctrl+C at a terminal reaches the whole foreground group, codex among it; sending it on would be a second Ctrl+C.
 */
function passSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const isAtTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  const onInterrupt = () => {
    if (!isAtTerminal) send('SIGINT')
  }
  const onTerminate = () => send('SIGTERM')
  const onHangUp = () => send('SIGHUP')
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  process.on('SIGHUP', onHangUp)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerminate)
    process.off('SIGHUP', onHangUp)
  }
}
