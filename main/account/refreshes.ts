import type { Account, Refresh, RefreshOutcome } from '../../contract/domain/account.ts'

/** A call to the auth upstream, as the proxy tells of it. */
export interface AuthCall {
  at: number
  method: string
  path: string
  httpStatus: number | null
  errorCode: string | null
}

const outcomes: Record<string, RefreshOutcome> = {
  refresh_token_expired: 'expired',
  refresh_token_reused: 'reused',
  refresh_token_invalidated: 'revoked',
}

/** What came of codex renewing its sign-in; null for a call that is none. The answer's body is not needed for it. */
export function toRefresh({ at, method, path, httpStatus, errorCode }: AuthCall): Refresh | null {
  if (method !== 'POST' || !path.endsWith('/oauth/token')) return null
  if (httpStatus === null || httpStatus >= 500) return { at, outcome: 'noNetwork' }
  if (httpStatus < 300) return { at, outcome: 'ok' }
  return { at, outcome: outcomes[errorCode ?? ''] ?? 'refused' }
}

/** What a renewal that failed makes of the sign-in; null for one after which it still holds, as far as it tells. */
export function signedOutBy({ outcome }: Refresh): Account | null {
  if (outcome !== 'expired' && outcome !== 'reused' && outcome !== 'revoked') return null
  return { state: 'broken', problem: 'signedOutByServer', message: endings[outcome] }
}

const endings = {
  expired: 'The sign-in was not renewed for too long, and has expired. Sign in again.',
  reused: 'Another program used the sign-in’s renewal first, so OpenAI signed codex out. Sign in again.',
  revoked: 'The sign-in was taken back by OpenAI. Sign in again.',
}
