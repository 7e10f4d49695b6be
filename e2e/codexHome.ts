import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realCodexPath } from '../main/codex/realCodex.ts'
import type { FakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { accountId } from './fakeOpenAi/identities.ts'

const compiled = join(import.meta.dirname, '..', 'node_modules', '.cache', 'tapedeck-e2e')

export interface CodexHome {
  /** `CODEX_HOME`. */
  folder: string
  /** A git repository with a file in it, for codex to work in. */
  cwd: string
  env: NodeJS.ProcessEnv
  readAuth(): string
  readConfig(): string
  remove(): void
}

export interface CodexHomeOptions {
  login: 'chatgpt' | 'apiKey' | 'none'
  /** Codex refreshes a token that has less than five minutes left. */
  accessTokenLivesS?: number
  config?: string
  /** What the folder is called that codex works in. */
  project?: string
}

/**
 * A codex of its own for a test: signed in with the fake, and with an environment that leads nowhere else. What goes past
 * Tapedeck ends at a dead proxy.
 */
export function createCodexHome(fake: FakeOpenAi, options: CodexHomeOptions): CodexHome {
  const { login, accessTokenLivesS = 3600, config = '', project = 'project' } = options
  const root = mkdtempSync(join(tmpdir(), 'tapedeck-e2e-'))
  const folder = join(root, 'codex')
  const cwd = join(root, project)
  mkdirSync(folder)
  mkdirSync(cwd)
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'main', cwd])
  writeFileSync(join(cwd, 'a.txt'), 'hello\n')
  const trust = `[projects.${JSON.stringify(cwd)}]\ntrust_level = "trusted"\n`
  writeFileSync(
    join(folder, 'config.toml'),
    `check_for_update_on_startup = false\n${config}\n[analytics]\nenabled = false\n${trust}`,
  )
  const auth = makeAuth(fake, login, accessTokenLivesS)
  if (auth) writeFileSync(join(folder, 'auth.json'), JSON.stringify(auth, null, 2), { mode: 0o600 })
  return {
    folder,
    cwd,
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      SHELL: '/bin/bash',
      HOME: root,
      CODEX_HOME: folder,
      TAPEDECK_CODEX: realCodexPath,
      TAPEDECK_HOME: join(root, 'tapedeck'),
      TAPEDECK_UPSTREAM_CHATGPT: fake.origins.chatgpt,
      TAPEDECK_UPSTREAM_OPENAI: fake.origins.openai,
      TAPEDECK_UPSTREAM_AUTH: fake.origins.auth,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      // Each start would compile the same code anew.
      NODE_COMPILE_CACHE: compiled,
    },
    readAuth: () => readFileSync(join(folder, 'auth.json'), 'utf8'),
    readConfig: () => readFileSync(join(folder, 'config.toml'), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
  }
}

function makeAuth(fake: FakeOpenAi, login: CodexHomeOptions['login'], livesS: number): object | null {
  if (login === 'none') return null
  if (login === 'apiKey') return { auth_mode: 'apikey', OPENAI_API_KEY: fake.identities.mintApiKey() }
  return {
    auth_mode: 'chatgpt',
    OPENAI_API_KEY: null,
    tokens: { ...fake.identities.mint(livesS), account_id: accountId },
    last_refresh: new Date().toISOString(),
  }
}
