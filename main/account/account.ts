import type { Account, AccountStatus, ApiKey, Refresh, SignIn } from '../../contract/domain/account.ts'
import type { Limits } from '../../contract/domain/limits.ts'
import { ReplyError } from '../../contract/reply.ts'
import { createAsking } from './asking.ts'
import { type AuthFile, readAuthFile, watchAuthFile } from './authFile.ts'
import { type CodexNotification, type CodexServer, createServerOnDemand, NoCodex } from './codexServer.ts'
import { chooseCredential } from './nextCredential.ts'
import { toAccount, toBroken, toLimits } from './readAccount.ts'
import { signedOutBy } from './refreshes.ts'
import { createSigningIn } from './signingIn.ts'

export interface AccountOptions {
  codexHome: string
  startServer(): Promise<CodexServer>
  apiKey(): ApiKey
  usesKeyAlways(): boolean
  now(): number
  nextSeq(): number
  onUpdated(status: AccountStatus): void
  /** A limit that codex was told of outside of a recorded exchange. */
  onLimits(limits: Limits): void
  report(error: unknown): void
}

export type AccountView = ReturnType<typeof createAccount>

/**
 * Who codex is signed in as, by codex's own word: its app-server is asked, kept for a while and let go. Signing in and out is
 * done by it as well. Its file is watched, so that what others do shows at once.
 */
export function createAccount(options: AccountOptions) {
  const { codexHome, now, report } = options
  let account: Account = { state: 'asking' }
  let authFile: AuthFile | null = null
  let lastRefresh: Refresh | null = null
  let limits: Limits | null = null
  let unwatch: (() => void) | null = null
  let isClosed = false

  const codex = createServerOnDemand({
    startServer: options.startServer,
    isInUse: () => signingIn.isUnderWay(),
    onNotification: take,
    onLost: () => signingIn.lost(),
    report,
  })
  const signingIn = createSigningIn({ codex, onChanged: tell, report })
  const ask = createAsking(askOnce, () => isClosed)

  function status(): AccountStatus {
    return {
      account,
      renewsAt: authFile?.renewsAt ?? null,
      renewedAt: authFile?.renewedAt ?? null,
      keptIn: authFile?.path ?? null,
      lastRefresh,
      limits,
      apiKey: options.apiKey(),
      next: chooseCredential(account, options.apiKey(), options.usesKeyAlways()),
      ...signingIn.value(),
      seq: options.nextSeq(),
    }
  }

  function tell(): void {
    if (!isClosed) options.onUpdated(status())
  }

  function take({ method, params }: CodexNotification): void {
    switch (method) {
      case 'account/login/completed':
        if (signingIn.completed(params)) void ask()
        return
      case 'account/updated':
        void ask()
        return
      case 'account/rateLimits/updated':
        takeLimits(toLimits(params, now()))
    }
  }

  /** False for what is no news. */
  function putLimits(told: Limits): boolean {
    if (limits && limits.at >= told.at) return false
    limits = told
    return true
  }

  function takeLimits(told: Limits | null): void {
    if (!told || !putLimits(told)) return
    options.onLimits(told)
    tell()
  }

  async function askOnce(): Promise<void> {
    unwatch ??= watchAuthFile(codexHome, changedOutside)
    authFile = await readAuthFile(codexHome)
    try {
      account = toAccount(await codex.request('account/read', {}))
      if (account.state === 'chatgpt') {
        const answer = await codex.request('account/rateLimits/read', {}).catch(() => null)
        takeLimits(toLimits(answer, now()))
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      account = error instanceof NoCodex ? { state: 'broken', problem: 'noCodex', message } : toBroken(message)
    }
    tell()
  }

  /** A codex that runs already may hold on to what it read before. */
  function changedOutside(): void {
    if (signingIn.isUnderWay()) return
    void codex.letGo().then(ask).catch(report)
  }

  async function ordered(method: string, params: object): Promise<void> {
    try {
      await codex.request(method, params)
    } catch (error) {
      throw new ReplyError('unavailable', error instanceof Error ? error.message : String(error))
    }
    await ask()
  }

  return {
    async read({ isFresh }: { isFresh: boolean }): Promise<AccountStatus> {
      if (isFresh || account.state === 'asking') await ask()
      return status()
    },

    signIn: (method: SignIn['method']): Promise<SignIn> => signingIn.begin(method),
    cancelSignIn: signingIn.cancel,
    signInWithKey: (key: string) => ordered('account/login/start', { type: 'apiKey', apiKey: key }),
    signOut: () => ordered('account/logout', {}),

    /**
     * What the proxy saw of a renewal. Two codexes can race for one, and then the one that lost has a sign-in all the same:
     * the winner wrote it down, or will in a moment, which shows as a change from outside.
     */
    async noteRefresh(refresh: Refresh): Promise<void> {
      lastRefresh = refresh
      authFile = await readAuthFile(codexHome)
      const isRenewed = authFile !== null && authFile.renewsAt !== null && authFile.renewsAt > now()
      const ended = signedOutBy(refresh)
      if (ended && !isRenewed) account = ended
      tell()
    },

    /** What an exchange told of the limits. */
    noteLimits(told: Limits): void {
      if (putLimits(told)) tell()
    },

    /** The key, or the user's wish how it is used. */
    chainChanged: tell,

    async close(): Promise<void> {
      isClosed = true
      unwatch?.()
      await codex.close()
    },
  }
}
