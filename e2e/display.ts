import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { eventually } from './tapedeck.ts'

const execute = promisify(execFile)

/** A screen that nobody sees, with a keyboard. */
export interface Display {
  /** What a program needs to find it. */
  env: { DISPLAY: string }
  countWindows(): Promise<number>
  /** Types into the one window that there is. */
  type(text: string): Promise<void>
  press(key: string): Promise<void>
  close(): Promise<void>
}

export async function startDisplay(): Promise<Display> {
  // It picks a number that is free, and tells it.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [told] = (await once(server.stdio[3] as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer]
  const env = { DISPLAY: `:${String(told).trim()}` }
  const xdotool = async (...args: string[]) =>
    (await execute('xdotool', args, { env: { ...process.env, ...env, LANG: 'C.UTF-8' } })).stdout.trim()
  const windows = async () => {
    const found = await xdotool('search', '--onlyvisible', '--class', 'xterm').catch(() => '')
    return found.split('\n').filter((id) => id !== '')
  }
  return {
    env,
    countWindows: async () => (await windows()).length,
    async type(text) {
      const [id] = await eventually(windows, (ids) => ids.length === 1)
      // Nobody manages windows here, so none has the keyboard by itself.
      await xdotool('windowfocus', '--sync', id as string)
      await xdotool('type', '--delay', '10', text)
    },
    async press(key) {
      await xdotool('key', key)
    },
    async close() {
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    },
  }
}

/** Which of the programs that it takes are not on this computer. */
export async function listMissingForDisplay(): Promise<string[]> {
  const programs = ['Xvfb', 'xterm', 'xdotool']
  const found = await Promise.all(
    programs.map((program) =>
      execute('which', [program]).then(
        () => true,
        () => false,
      ),
    ),
  )
  return programs.filter((_program, at) => !found[at])
}
