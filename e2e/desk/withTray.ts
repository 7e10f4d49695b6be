import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from '../codexHome.ts'

/** A desktop that shows trays, whatever the one of this computer does. */
export const withTray = (home: CodexHome) => withAnswer(home, true)

/** One that shows none. On Linux alone: the other systems always have a tray. */
export const withoutTray = (home: CodexHome) => withAnswer(home, false)

function withAnswer(home: CodexHome, hasTray: boolean): NodeJS.ProcessEnv {
  const folder = join(String(home.env.HOME), 'bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'gdbus'), `#!/bin/sh\necho "(${hasTray},)"\n`)
  chmodSync(join(folder, 'gdbus'), 0o755)
  return { PATH: `${folder}:${home.env.PATH}` }
}
