import { quoteWhereNeeded } from '../../../contract/domain/quoteForSh.ts'
import type { Start } from '../../../contract/domain/terminal.ts'
import { quoteForWindows } from './windowsArguments.ts'

export interface ByHand {
  cwd: string
  start: Start
  isPrivate?: boolean
  /** How `tapedeck` is called here; null when it cannot be, and codex alone has to do. */
  tapedeck: readonly string[] | null
  /** Of them a data folder and a home of codex's are told, which a shell of the user's may not know. */
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
}

const folders = ['TAPEDECK_HOME', 'CODEX_HOME']

/** The command that people type when no terminal could be opened for them. It carries no token: `tapedeck` makes its own launch. */
export function describeByHand({ cwd, start, isPrivate = false, tapedeck, env, platform }: ByHand): string {
  const codex = tapedeck ? [...tapedeck, 'codex', ...(isPrivate ? ['--private'] : [])] : ['codex']
  // The shells of Windows have no one way to change the folder first, or to set a variable.
  if (platform === 'win32') {
    const where = start.type === 'new' ? ['-C', cwd] : []
    return [...codex, ...where, ...startArguments(start, cwd)].map(quoteForWindows).join(' ')
  }
  const variables = folders.flatMap((name) => (env[name] ? `${name}=${quoteWhereNeeded(env[name])}` : []))
  const words = [...codex, ...startArguments(start)].map(quoteWhereNeeded)
  return `cd ${quoteWhereNeeded(cwd)} && ${[...variables, ...words].join(' ')}`
}

/** Told where to go on codex does so. Else, in another folder than the session's, it asks, and would have that one first, even if it is gone. */
export function startArguments(start: Start, folder = '.'): string[] {
  switch (start.type) {
    case 'new':
      return []
    case 'resume':
    case 'fork':
      return ['-C', folder, start.type, start.threadId]
  }
}
