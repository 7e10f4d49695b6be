import type { AccountStatus } from '../../contract/domain/account.ts'

/** An account of which nothing is known but that nobody is signed in; tests say what differs. */
export function sampleAccount(more: Partial<AccountStatus> = {}): AccountStatus {
  return {
    account: { state: 'nobody' },
    renewsAt: null,
    renewedAt: null,
    keptIn: null,
    lastRefresh: null,
    limits: null,
    apiKey: { state: 'none' },
    next: { use: 'nothing', why: 'Codex is not signed in, and there is no key.' },
    signIn: null,
    signInFailure: null,
    seq: 1,
    ...more,
  }
}
