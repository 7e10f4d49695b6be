import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

const modules = path.join(import.meta.dirname, '..', '..', 'node_modules')

/** The codex that the lockfile pins as npm installs it: a script, which starts the program. */
export const npmCodexPath = path.join(modules, '.bin', 'codex')

/**
 * The program itself, for the tests that ask the real codex: they start it a thousand times, and Node in front of it takes longer than
 * it does.
 */
export const realCodexPath = findProgram()

function findProgram(): string {
  const ofPackage = createRequire(path.join(modules, '@openai', 'codex', 'package.json'))
  const platform = `@openai/codex-${process.platform}-${process.arch}`
  const vendor = path.join(path.dirname(ofPackage.resolve(`${platform}/package.json`)), 'vendor')
  const [target = ''] = readdirSync(vendor)
  return path.join(vendor, target, 'bin', process.platform === 'win32' ? 'codex.exe' : 'codex')
}

export const chatgptAuth = {
  auth_mode: 'chatgpt',
  OPENAI_API_KEY: null,
  tokens: { id_token: 'e30.e30.e30', access_token: 'e30.e30.e30', refresh_token: 'rt-test', account_id: 'acc-test' },
  last_refresh: '2026-11-23T13:10:00Z',
}
export const apiKeyAuth = { auth_mode: 'apikey', OPENAI_API_KEY: 'sk-test-0123456789-test' }

/**
 * A folder for codex to live in, with this `auth.json`, and an environment that leads nowhere else: a call that goes past
 * the loopback address ends at a dead proxy.
 */
export function createCodexHome(auth: object | null): { folder: string; env: NodeJS.ProcessEnv; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tapedeck-codex-'))
  if (auth) writeFileSync(path.join(folder, 'auth.json'), JSON.stringify(auth), { mode: 0o600 })
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CODEX_HOME: folder,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  }
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
