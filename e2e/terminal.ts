import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { quoteForSh } from '../contract/domain/quoteForSh.ts'
import type { CodexHome } from './codexHome.ts'
import { entry, eventually } from './tapedeck.ts'

const execute = promisify(execFile)

/** A terminal with a program in it, as a user sits before one. */
export interface Terminal {
  /** What stands on the screen. */
  read(): Promise<string>
  /** Resolves with the screen once it shows this. */
  waitFor(text: string): Promise<string>
  /** Types a line and sends it. */
  submit(text: string): Promise<void>
  /** The same where what is typed is not shown. */
  submitUnseen(text: string): Promise<void>
  /** A key by tmux's name for it, such as `Escape`. */
  press(key: string): Promise<void>
  close(): Promise<void>
}

/** Starts `tapedeck codex` in a terminal of its own. */
export function openCodex(home: CodexHome, ...args: string[]): Promise<Terminal> {
  return openTapedeck(home, 'codex', ...args)
}

/** Starts a command of Tapedeck in a terminal of its own. */
export function openTapedeck(home: CodexHome, ...args: string[]): Promise<Terminal> {
  return openCommand(home, [process.execPath, entry, ...args])
}

/** Pastes a line with `codex` in it into a shell whose `codex` is recorded. */
export function openPasted(home: CodexHome, line: string): Promise<Terminal> {
  const codex = [process.execPath, entry, 'codex'].map(quoteForSh).join(' ')
  return openCommand(home, ['sh', '-c', `codex() { ${codex} "$@"; }\n${line}`])
}

/** Starts a command in a terminal of its own, which stays when the command has ended. */
async function openCommand(home: CodexHome, words: string[]): Promise<Terminal> {
  // A server of its own: its environment is the home's, and nothing of it is left behind.
  const server = `tapedeck-${randomUUID()}`
  const tmux = (...words: string[]) => execute('tmux', ['-L', server, '-f', '/dev/null', ...words], { env: home.env })
  const command = [...words, ';', 'set', 'remain-on-exit', 'on']
  await tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', home.cwd, ...command)

  const read = async () => (await tmux('capture-pane', '-p')).stdout
  const waitFor = (text: string) => eventually(read, (screen) => screen.includes(text))
  return {
    read,
    waitFor,
    async submit(text) {
      await tmux('send-keys', '-l', text)
      // Codex takes an Enter that comes with the text for a part of it, as when somebody pastes.
      await waitFor(text)
      await tmux('send-keys', 'Enter')
    },
    async submitUnseen(text) {
      await tmux('send-keys', '-l', text)
      await tmux('send-keys', 'Enter')
    },
    async press(key) {
      await tmux('send-keys', key)
    },
    async close() {
      await tmux('kill-server').catch(() => {})
    },
  }
}
