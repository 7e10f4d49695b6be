import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { CodexHome } from './codexHome.ts'
import type { Display } from './display.ts'
import { eventually } from './tapedeck.ts'

/** An xterm that writes down what stands on it, and its keyboard. */
export function watchScreen(home: CodexHome, display: Display) {
  const log = join(home.folder, 'screen.log')
  let from = 0
  const read = () => (existsSync(log) ? readFileSync(log, 'utf8') : '')
  // Codex moves the cursor over blanks instead of writing them.
  const waitFor = (text: string) =>
    eventually(
      () => withoutBlanks(read().slice(from)),
      (screen) => screen.includes(withoutBlanks(text)),
      40_000,
    )
  const clear = () => {
    from = read().length
  }
  return {
    terminal: `xterm -u8 -geometry 120x40 -l -lf ${log} -e`,
    clear,
    waitFor,
    async submit(text: string) {
      clear()
      await display.type(text)
      // Codex takes an Enter that comes with the text for a part of it, as when somebody pastes.
      await waitFor(text)
      await display.press('Return')
    },
  }
}

function withoutBlanks(screen: string): string {
  return stripVTControlCharacters(screen).replace(/\s/g, '')
}
