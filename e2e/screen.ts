import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import headless from '@xterm/headless'
import type { CodexHome } from './codexHome.ts'
import type { Display } from './display.ts'
import { eventually } from './tapedeck.ts'

const columns = 120
const rows = 40

/** An xterm that writes down all it is sent, and its keyboard. */
export function watchScreen(home: CodexHome, display: Display) {
  const log = join(home.folder, 'screen.log')
  let from = 0
  const readLog = () => (existsSync(log) ? readFileSync(log) : Buffer.alloc(0))
  const waitFor = (text: string) =>
    eventually(
      async () => withoutBlanks(await draw(readLog().subarray(from))),
      (screen) => screen.includes(withoutBlanks(text)),
    )
  return {
    terminal: `xterm -u8 -geometry ${columns}x${rows} -l -lf ${log} -e`,
    waitFor,
    /** What was on the screen of a terminal that is closed is not on the one of the next. */
    forgetClosed() {
      from = readLog().length
    },
    async submit(text: string) {
      await display.type(text)
      // Codex takes an Enter that comes with the text for a part of it, as when somebody pastes.
      await waitFor(`› ${text}`)
      await display.press('Return')
    },
  }
}

/**
 * What the bytes put on a screen, with what has scrolled out of it. Codex sends only what changed, wherever that is: a word
 * that somebody types may come in two halves, with another line's text between them.
 */
async function draw(bytes: Uint8Array): Promise<string> {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true })
  await new Promise<void>((drawn) => terminal.write(bytes, drawn))
  const { active } = terminal.buffer
  const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '')
  terminal.dispose()
  return lines.join('\n')
}

/** Where a line is broken depends on its width. */
function withoutBlanks(screen: string): string {
  return screen.replace(/\s/g, '')
}
