import { type Runs, realRuns } from './runs.ts'

/** `none` codex says that nobody is signed in; `unknown` it could not say, so its own login must be let try. */
export type LoginState = 'chatgpt' | 'apiKey' | 'none' | 'unknown'

export interface LoginQuestion {
  codexPath: string
  env: NodeJS.ProcessEnv
  /** What codex will be started with: `codex exec` takes a `CODEX_API_KEY` that its interface ignores. */
  args?: string[]
  runs?: Runs
}

const statusTimeoutMs = 10_000

/**
 * Asks codex itself who is signed in, because its login may be in a file, in a keyring or in the environment. Nothing of what
 * it prints (a part of the key) leaves this function.
 */
export async function readLoginState({
  codexPath,
  env,
  args = [],
  runs = realRuns,
}: LoginQuestion): Promise<LoginState> {
  if (env.CODEX_API_KEY && args.some((arg) => arg === 'exec' || arg === 'e')) return 'apiKey'
  const { exitCode, stdout, stderr } = await runs.run(codexPath, ['login', 'status'], {
    env,
    timeoutMs: statusTimeoutMs,
  })
  const answer = stdout + stderr
  if (exitCode === 0) {
    if (/\busing ChatGPT\b/i.test(answer)) return 'chatgpt'
    return /\bAPI key\b/i.test(answer) ? 'apiKey' : 'unknown'
  }
  return exitCode === 1 && /\bNot logged in\b/i.test(answer) ? 'none' : 'unknown'
}
