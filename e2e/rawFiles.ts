import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from './codexHome.ts'

/** All that lies in the data folder, as bytes: what is not packed can be looked for as it was said. */
export function readRawFiles(home: CodexHome): string {
  return readdirSync(String(home.env.TAPEDECK_HOME), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'))
    .join()
}
