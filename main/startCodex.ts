import type { Launch, MethodName, Params, Result } from '../contract/api.ts'
import type { LaunchCredential } from '../contract/domain/account.ts'
import { ReplyError } from '../contract/reply.ts'
import { buildLaunch, type CodexCommand, listVariables } from './codex/buildLaunch.ts'
import { type FoundCodex, findCodex } from './codex/findCodex.ts'
import { placeholderKey } from './codex/launches.ts'
import { readLoginState } from './codex/loginState.ts'

export interface CodexWish {
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Nothing of it is kept. */
  isPrivate?: boolean
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>
  /** Where it is looked for anew unless somebody knows already. */
  find?(): Promise<FoundCodex>
}

export type PreparedCodex =
  | {
      ok: true
      launchId: string
      command: CodexCommand
      /** What of the command's environment the launch itself sets. */
      variables: Record<string, string>
    }
  | { ok: false; reason: 'noCodex' | 'noCredential' | 'notPrivate'; message: string }

const noCredential = `Codex is not signed in and Tapedeck has no API key. Either
  · sign in with ChatGPT:  codex login
  · or give Tapedeck an API key:  tapedeck auth key set
then try again.`

const notPrivate = `The Tapedeck that is running is older than this one and would record the session. Restart it, then try again.`

/**
 * Makes one start of codex ready: finds it, chooses what it signs its requests with (its own login, else the API key that
 * the proxy puts in), opens the proxy for it, and builds its command line.
 */
export async function prepareCodex(wish: CodexWish): Promise<PreparedCodex> {
  const { args, cwd, env, call, isPrivate = false } = wish
  const { settings } = await call('settings/read', {})
  const codex = await (wish.find?.() ?? findCodex({ env, setting: settings.codex }))
  if (!codex.ok) return { ok: false, reason: 'noCodex', message: codex.message }
  const opened =
    (settings.usesKeyAlways ? await open('keyAlways') : null) ??
    (await open(
      (await readLoginState({ codexPath: codex.path, env, args })) === 'none' ? 'keyWithoutLogin' : 'codexLogin',
    ))
  if (!opened) return { ok: false, reason: 'noCredential', message: noCredential }
  const { launch, credential } = opened
  if (isPrivate && launch.isPrivate !== true) {
    await call('launch/end', { id: launch.id })
    return { ok: false, reason: 'notPrivate', message: notPrivate }
  }
  const { id: launchId, proxyPort, pathToken: token } = launch
  const plan = { codexPath: codex.path, args, cwd, env, proxyPort, token, credential, placeholderKey }
  return { ok: true, launchId, command: buildLaunch(plan), variables: listVariables(plan) }

  /** Null when it would need a key, and there is none. */
  async function open(credential: LaunchCredential): Promise<{ launch: Launch; credential: LaunchCredential } | null> {
    try {
      return { ...(await call('launch/create', { cwd, args, credential, isPrivate })), credential }
    } catch (error) {
      if (!(error instanceof ReplyError) || error.code !== 'unavailable') throw error
      return null
    }
  }
}
