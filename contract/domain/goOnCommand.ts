import { quoteWhereNeeded } from './quoteForSh.ts'
import type { GoingOn } from './terminal.ts'

/**
 * What people paste into a terminal of their own. It names the folder, as codex asks where to go on when it is started in another
 * one. A folder that cannot be written so that every shell that may read it takes it as it is, is left to codex, which knows it.
 */
export function goOnCommand({ type, threadId }: GoingOn, folder: string | null): string {
  const where = folder === null ? null : quoteFolder(folder)
  return ['codex', type, threadId, ...(where === null ? [] : ['-C', where])].join(' ')
}

function quoteFolder(folder: string): string | null {
  // To a terminal they are keys of its user's, in quotes too.
  if (/\p{Cc}/u.test(folder)) return null
  return isOfWindows(folder) ? quoteForCmdAndPowerShell(folder) : quoteWhereNeeded(folder)
}

function isOfWindows(folder: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(folder)
}

/** Null for what means something to one of them in the quotes that both have; PowerShell takes curly ones for such, too. */
function quoteForCmdAndPowerShell(folder: string): string | null {
  if (/^[\p{L}\p{N}_:\\/.-]+$/u.test(folder)) return folder
  if (/["“”„$`%]/.test(folder)) return null
  return `"${folder.replace(/\\+$/, '$&$&')}"`
}
