import { randomUUID } from 'node:crypto'

/** Who is known to the fake, and by which tokens. Tokens are unsigned: codex looks into them and believes them. */
export interface LoginTokens {
  id_token: string
  access_token: string
  refresh_token: string
}

export type RefreshFailure = 'refresh_token_expired' | 'refresh_token_reused' | 'refresh_token_invalidated'

export const email = 'ada@example.com'
export const accountId = 'acc-11112222-3333-4444-5555-666677778888'

export function createIdentities() {
  const accessTokens = new Map<string, number>()
  const refreshTokens = new Set<string>()
  const usedRefreshTokens = new Set<string>()
  const revokedRefreshTokens = new Set<string>()
  const apiKeys = new Set<string>()
  let refreshFailure: RefreshFailure | null = null

  function mint(expiresInS: number): LoginTokens {
    const exp = Math.floor(Date.now() / 1000) + expiresInS
    const auth = { chatgpt_plan_type: 'plus', chatgpt_user_id: 'user-1', chatgpt_account_id: accountId }
    const claims = { email, exp, jti: randomUUID(), 'https://api.openai.com/auth': auth }
    const tokens = {
      id_token: toJwt(claims),
      access_token: toJwt({ ...claims, jti: randomUUID() }),
      refresh_token: `rt-${randomUUID()}`,
    }
    accessTokens.set(tokens.access_token, exp)
    refreshTokens.add(tokens.refresh_token)
    return tokens
  }

  return {
    mint,
    mintApiKey(): string {
      const key = `sk-fake-${randomUUID()}`
      apiKeys.add(key)
      return key
    },
    isApiKey: (bearer: string) => apiKeys.has(bearer),
    /** As the real ones, access tokens are good until they expire or are taken back. */
    isAccessToken: (bearer: string) => (accessTokens.get(bearer) ?? 0) * 1000 > Date.now(),
    revokeAccessTokens: () => accessTokens.clear(),
    /** What `/oauth/revoke` does: the token can no longer be used for a refresh. */
    revoke(token: unknown): void {
      if (typeof token === 'string') revokedRefreshTokens.add(token)
    },
    /** Refuses every refresh from now on; null allows them again. */
    failRefreshes(failure: RefreshFailure | null): void {
      refreshFailure = failure
    },
    /** A refresh token is good for a single time. */
    refresh(token: unknown): LoginTokens | { code: string } {
      if (refreshFailure) return { code: refreshFailure }
      if (typeof token !== 'string' || !refreshTokens.has(token)) return { code: 'refresh_token_invalidated' }
      if (revokedRefreshTokens.has(token)) return { code: 'refresh_token_invalidated' }
      if (usedRefreshTokens.has(token)) return { code: 'refresh_token_reused' }
      usedRefreshTokens.add(token)
      return mint(3600)
    },
    secrets: () => [...accessTokens.keys(), ...refreshTokens, ...apiKeys],
  }
}

export type Identities = ReturnType<typeof createIdentities>

function toJwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`
}
