import type { Launch, MethodName, Params, Result } from '../contract/api.ts'
import type { LaunchCredential } from '../contract/domain/account.ts'
import { ReplyError } from '../contract/reply.ts'
import { buildLaunch, type CodexCommand } from './codex/buildLaunch.ts'
import { findCodex } from './codex/findCodex.ts'
import { placeholderKey } from './codex/launches.ts'
import { readLoginState } from './codex/loginState.ts'

export interface CodexWish {
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>
}

export type PreparedCodex =
  | { ok: true; launchId: string; command: CodexCommand }
  | { ok: false; reason: 'noCodex' | 'noCredential'; message: string }

const noCredential = `Codex is not signed in and Tapedeck has no API key. Either
  · sign in with ChatGPT:  codex login
  · or give Tapedeck an API key:  tapedeck auth key set
then try again.`

/**
 * Makes one start of codex ready: finds it, chooses what it signs its requests with (its own login, else the API key that
 * the proxy puts in), opens the proxy for it, and builds its command line.
 */
export async function prepareCodex({ args, cwd, env, call }: CodexWish): Promise<PreparedCodex> {
  const codex = await findCodex({ env })
  if (!codex.ok) return { ok: false, reason: 'noCodex', message: codex.message }
  const { settings } = await call('settings/read', {})
  const opened =
    (settings.usesKeyAlways ? await open('keyAlways') : null) ??
    (await open(
      (await readLoginState({ codexPath: codex.path, env, args })) === 'none' ? 'keyWithoutLogin' : 'codexLogin',
    ))
  if (!opened) return { ok: false, reason: 'noCredential', message: noCredential }
  const { launch, credential } = opened
  return {
    ok: true,
    launchId: launch.id,
    command: buildLaunch({
      codexPath: codex.path,
      args,
      cwd,
      env,
      proxyPort: launch.proxyPort,
      token: launch.pathToken,
      credential,
      placeholderKey,
    }),
  }

  /** Null when it would need a key, and there is none. */
  async function open(credential: LaunchCredential): Promise<{ launch: Launch; credential: LaunchCredential } | null> {
    try {
      return { ...(await call('launch/create', { cwd, args, credential })), credential }
    } catch (error) {
      if (!(error instanceof ReplyError) || error.code !== 'unavailable') throw error
      return null
    }
  }
}
