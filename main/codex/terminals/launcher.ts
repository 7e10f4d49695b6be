import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CodexCommand } from '../buildLaunch.ts'
import { writeCmdScript } from './cmdScript.ts'
import type { LauncherPlan } from './launcherPlan.ts'
import { writePowerShellScript } from './powerShellScript.ts'
import { writeShScript } from './shScript.ts'

/** `command` is `sh` under the name by which macOS opens it. */
export type LauncherKind = 'sh' | 'command' | 'powershell' | 'cmd'

export interface Launcher {
  path: string
  startedPath: string
  remove(): void
}

/**
 * Writes the script that a terminal is told to run. All that codex needs is in it, because a terminal that is one process for
 * all its windows gives a new window the environment and the folder of the first.
 */
export function writeLauncher(
  folder: string,
  kind: LauncherKind,
  command: Omit<CodexCommand, 'env'>,
  variables: Record<string, string>,
): Launcher {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const name = join(folder, randomBytes(8).toString('hex'))
  const path = name + extensionOf(kind)
  const startedPath = `${name}.started`
  const { file, args, cwd } = command
  const plan = { path, startedPath, file, args, cwd, variables, programFolder: dirname(file) }
  // Executable: macOS runs it by its name. `wx`: never through a file or a link that is there already.
  writeFileSync(path, writeScript(kind, plan), { mode: 0o700, flag: 'wx' })
  return {
    path,
    startedPath,
    remove() {
      for (const each of [path, startedPath]) rmSync(each, { force: true })
    },
  }
}

function writeScript(kind: LauncherKind, plan: LauncherPlan): string {
  switch (kind) {
    case 'sh':
    case 'command':
      return writeShScript(plan)
    case 'powershell':
      return writePowerShellScript(plan)
    case 'cmd':
      return writeCmdScript(plan)
  }
}

function extensionOf(kind: LauncherKind): string {
  switch (kind) {
    case 'sh':
      return '.sh'
    case 'command':
      return '.command'
    case 'powershell':
      return '.ps1'
    case 'cmd':
      return '.cmd'
  }
}
