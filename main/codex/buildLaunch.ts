import type { LaunchCredential } from '../../contract/domain/account.ts'

/** What to start: nothing but argv and environment tell codex of Tapedeck, its own files stay as they are. */
export interface CodexCommand {
  file: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
}

export interface LaunchPlan {
  codexPath: string
  /** What the user wrote after `codex`. */
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  proxyPort: number
  token: string
  credential: LaunchCredential
  /** Stands for the API key, which codex itself never gets to see. */
  placeholderKey: string
}

/**
 * The launch that sends all of codex's model traffic, its backend calls and its token refreshes through the proxy.
 *
 * The model's base URL must not end in `/backend-api/codex`: codex would put the origin that its workspace discovery returns
 * in its place and bypass the proxy. And there must be a `-c` at all: without one the interface hands over to a shared daemon
 * that keeps the address of whoever started it first.
 */
export function buildLaunch(plan: LaunchPlan): CodexCommand {
  const { codexPath, args, cwd, env, credential } = plan
  return {
    file: codexPath,
    args: appendOptions(args, listOverrides(doorOf(plan), credential)),
    env: { ...env, ...listVariables(plan) },
    cwd,
  }
}

/** What a launch sets in the environment. */
export function listVariables(plan: LaunchPlan): Record<string, string> {
  const noProxy = mergeNoProxy(plan.env)
  return {
    CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${doorOf(plan)}/oauth/token`,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    ...(plan.credential !== 'codexLogin' && { TAPEDECK_KEY: plan.placeholderKey }),
  }
}

function doorOf({ proxyPort, token }: LaunchPlan): string {
  return `http://127.0.0.1:${proxyPort}/t/${token}`
}

function listOverrides(door: string, credential: LaunchCredential): string[] {
  const backend = ['-c', `chatgpt_base_url="${door}/backend-api"`]
  switch (credential) {
    case 'codexLogin':
      return ['-c', `openai_base_url="${door}/v1"`, ...backend]
    case 'keyWithoutLogin':
    case 'keyAlways':
      // The name has to be exactly "OpenAI": by it codex sends what it would send with its built-in provider.
      return [
        '-c',
        'model_provider="tapedeck"',
        '-c',
        `model_providers.tapedeck={name="OpenAI",base_url="${door}/v1",wire_api="responses",env_key="TAPEDECK_KEY",supports_websockets=true}`,
        ...backend,
      ]
  }
}

/**
 * Of two `-c` for one key codex takes the later one, and one after the subcommand before one in front of it; so ours go to the
 * very end, but in front of a `--`, after which everything is prompt.
 */
function appendOptions(args: string[], options: string[]): string[] {
  const end = args.indexOf('--')
  return end === -1 ? [...args, ...options] : [...args.slice(0, end), ...options, ...args.slice(end)]
}

/** Without these a user's `HTTP_PROXY` would swallow the calls to the loopback address. */
function mergeNoProxy(env: NodeJS.ProcessEnv): string {
  const hosts = [env.NO_PROXY, env.no_proxy, '127.0.0.1,localhost'].flatMap((list) => list?.split(',') ?? [])
  return [...new Set(hosts.map((host) => host.trim()).filter((host) => host !== ''))].join(',')
}
