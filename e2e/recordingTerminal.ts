import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from './codexHome.ts'

/** A terminal without a window, which keeps what it was told to run. */
export function recordingTerminal(home: CodexHome): { terminal: string; launchers(): string } {
  const seen = join(String(home.env.HOME), 'launchers')
  writeFileSync(seen, '')
  const terminal = `sh -c 'shift; for last; do :; done; cat "$last" >> ${seen}; "$@" >/dev/null 2>&1 </dev/null & exit 0' terminal --`
  return { terminal, launchers: () => readFileSync(seen, 'utf8') }
}
