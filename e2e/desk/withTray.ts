import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from '../codexHome.ts'

/** A desktop that shows trays, whatever the one of this computer does. */
export function withTray(home: CodexHome): NodeJS.ProcessEnv {
  const folder = join(String(home.env.HOME), 'bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'gdbus'), '#!/bin/sh\necho "(true,)"\n')
  chmodSync(join(folder, 'gdbus'), 0o755)
  return { PATH: `${folder}:${home.env.PATH}` }
}
