import type { Refresh, RefreshOutcome } from '../../contract/domain/account.ts'

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
