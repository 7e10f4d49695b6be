import { quoteForSh } from '../../../contract/domain/quoteForSh.ts'
import type { LauncherPlan } from './launcherPlan.ts'

/** `exec` keeps the process id, so the one that is told is codex's own. */
export function writeShScript(plan: LauncherPlan): string {
  const lines = [
    '#!/bin/sh',
    `rm -f -- ${quoteForSh(plan.path)}`,
    `cd -- ${quoteForSh(plan.cwd)} || exit 1`,
    ...Object.entries(plan.variables).map(([name, value]) => `export ${name}=${quoteForSh(value)}`),
    `PATH="$PATH":${quoteForSh(plan.programFolder)}`,
    'export PATH',
    `printf '%s\\n' "$$" > ${quoteForSh(plan.startedPath)}`,
    `exec ${[plan.file, ...plan.args].map(quoteForSh).join(' ')}`,
  ]
  return `${lines.join('\n')}\n`
}
