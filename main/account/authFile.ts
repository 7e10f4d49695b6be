import { type FSWatcher, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/** What codex's own file tells beside the tokens, none of which leave here. Times are epoch milliseconds. */
export interface AuthFile {
  path: string
  renewsAt: number | null
  renewedAt: number | null
}

/** As codex itself finds its folder: `CODEX_HOME`, else `~/.codex` of whose home the environment names. */
export function codexHomeOf(env: NodeJS.ProcessEnv): string {
  return env.CODEX_HOME || join(env.HOME || env.USERPROFILE || homedir(), '.codex')
}

/** Null when there is no such file, as when codex keeps its login in a keyring, or when it cannot be understood. */
export async function readAuthFile(codexHome: string): Promise<AuthFile | null> {
  const path = join(codexHome, 'auth.json')
  try {
    const auth = JSON.parse(await readFile(path, 'utf8'))
    return { path, renewsAt: expiryOf(auth.tokens?.access_token), renewedAt: timeOf(auth.last_refresh) }
  } catch {
    return null
  }
}

/** Null for what is no JWT: some tokens are opaque. */
function expiryOf(token: unknown): number | null {
  if (typeof token !== 'string') return null
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof exp === 'number' ? exp * 1000 : null
  } catch {
    return null
  }
}

function timeOf(text: unknown): number | null {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : time
}

/** Writing a file is several events, and codex replaces it as a whole. */
const settleMs = 150

/**
 * Tells of every change of the file, a moment after it, also of its coming and going. The folder is watched, because a file
 * that is replaced is another one. Where even that is not there, nothing is told.
 */
export function watchAuthFile(codexHome: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | null = null
  let watcher: FSWatcher | null = null
  try {
    watcher = watch(codexHome, { persistent: false }, (_event, name) => {
      if (name !== null && basename(name) !== 'auth.json') return
      timer ??= setTimeout(() => {
        timer = null
        onChange()
      }, settleMs)
    })
    watcher.on('error', () => watcher?.close())
  } catch {
    // No such folder: codex was never started here.
  }
  return () => {
    if (timer) clearTimeout(timer)
    watcher?.close()
  }
}
