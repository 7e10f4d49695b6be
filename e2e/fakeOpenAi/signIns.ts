import { createHash, randomUUID } from 'node:crypto'
import type { JsonAnswer } from './accountApi.ts'
import type { Identities } from './identities.ts'

/** What auth.openai.com does for a sign-in: the page that a browser is sent to, and the code on another device. */
export interface SignIns {
  /** What the user does: agrees at once, or says no. */
  user: 'agrees' | 'denies'
  /** What the user types on the other device; until then codex is told to wait. */
  approveDevice(): void
  /** The code is not good any more: codex is told so, and waits no longer. */
  expireDevice(): void
  /** Null for an address that has nothing to do with it. */
  answer(url: string, body: unknown): (JsonAnswer & { redirect?: string }) | null
}

export const userCode = 'ABCD-EFGH'

export function createSignIns(identities: Identities): SignIns {
  /** Codes that were given out, by the challenge that the one who redeems them must have the verifier of. */
  const challenges = new Map<string, string>()
  let isDeviceApproved = false
  let isDeviceExpired = false

  const signIns: SignIns = {
    user: 'agrees',
    approveDevice() {
      isDeviceApproved = true
    },
    expireDevice() {
      isDeviceExpired = true
    },
    answer(url, body) {
      const { pathname, searchParams } = new URL(url, 'http://auth')
      switch (pathname) {
        case '/oauth/authorize':
          return { status: 302, body: null, redirect: authorize(searchParams) }
        case '/oauth/token':
          return typeof body === 'string' ? redeem(new URLSearchParams(body)) : null
        case '/api/accounts/deviceauth/usercode':
          isDeviceExpired = false
          return { status: 200, body: { device_auth_id: 'device-1', user_code: userCode, interval: '1' } }
        case '/api/accounts/deviceauth/token':
          if (isDeviceExpired) return { status: 410, body: { error: 'expired' } }
          return isDeviceApproved
            ? { status: 200, body: mintDeviceCode() }
            : { status: 403, body: { error: 'pending' } }
        default:
          return null
      }
    },
  }

  function authorize(query: URLSearchParams): string {
    const target = new URL(query.get('redirect_uri') ?? '')
    target.searchParams.set('state', query.get('state') ?? '')
    if (signIns.user === 'denies') {
      target.searchParams.set('error', 'access_denied')
      target.searchParams.set('error_description', 'The user said no.')
    } else target.searchParams.set('code', mintCode(query.get('code_challenge') ?? ''))
    return target.href
  }

  function mintCode(challenge: string): string {
    const code = `code-${randomUUID()}`
    challenges.set(code, challenge)
    return code
  }

  function mintDeviceCode() {
    const verifier = randomUUID() + randomUUID()
    const challenge = challengeOf(verifier)
    return { authorization_code: mintCode(challenge), code_verifier: verifier, code_challenge: challenge }
  }

  function redeem(form: URLSearchParams): JsonAnswer {
    if (form.get('grant_type') !== 'authorization_code') {
      return { status: 403, body: { error: { code: 'no_api_organization', message: 'No key for this account.' } } }
    }
    const code = form.get('code') ?? ''
    const isRight = challenges.get(code) === challengeOf(form.get('code_verifier') ?? '')
    challenges.delete(code)
    return isRight
      ? { status: 200, body: identities.mint(3600) }
      : { status: 400, body: { error: { code: 'invalid_grant', message: 'The code is wrong.' } } }
  }

  return signIns
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
