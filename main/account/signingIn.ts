import type { SignIn, SignInFailure } from '../../contract/domain/account.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { ServerOnDemand } from './codexServer.ts'
import { toSignInFailure } from './readAccount.ts'

export interface SigningInOptions {
  codex: Pick<ServerOnDemand, 'request'>
  onChanged(): void
  report(error: unknown): void
}

/** The sign-in with ChatGPT that is under way, of which there is one at most, and why the last one came to nothing. */
export function createSigningIn({ codex, onChanged, report }: SigningInOptions) {
  let signIn: SignIn | null = null
  let signInFailure: SignInFailure | null = null

  function end(failure: SignInFailure | null): void {
    signIn = null
    signInFailure = failure
    onChanged()
  }

  async function cancel(): Promise<void> {
    const ending = signIn
    if (!ending) return
    await codex.request('account/login/cancel', { loginId: ending.id }).catch(report)
    if (signIn?.id === ending.id) end(null)
  }

  return {
    isUnderWay: () => signIn !== null,
    value: () => ({ signIn, signInFailure }),

    async begin(method: SignIn['method']): Promise<SignIn> {
      if (signIn) await cancel()
      signInFailure = null
      try {
        const type = method === 'browser' ? 'chatgpt' : 'chatgptDeviceCode'
        const answer = (await codex.request('account/login/start', { type })) as Record<string, string>
        const id = String(answer.loginId)
        signIn =
          method === 'browser'
            ? { id, method, url: String(answer.authUrl) }
            : { id, method, url: String(answer.verificationUrl), userCode: String(answer.userCode) }
      } catch (error) {
        const failure = toSignInFailure(method, error instanceof Error ? error.message : String(error))
        end(failure)
        throw new ReplyError('unavailable', failure.message)
      }
      onChanged()
      return signIn
    },

    async cancel(): Promise<void> {
      await cancel()
      signInFailure = null
    },

    /** What codex tells of its end. True when somebody is signed in by it now. */
    completed({ loginId, success, error }: Record<string, unknown>): boolean {
      if (loginId !== null && loginId !== signIn?.id) return false
      // One that nobody waits for here, such as a login with a key, tells its failure to whoever asked for it.
      const failed = success === true ? null : signIn
      end(failed && toSignInFailure(failed.method, String(error ?? 'The sign-in failed.')))
      return success === true
    },

    lost(): void {
      if (signIn) end(toSignInFailure(signIn.method, 'The sign-in ended with the codex that ran it.'))
    },
  }
}
