import { expect, test } from 'vitest'
import { toRefresh } from './refreshes.ts'

const call = {
  at: 1,
  method: 'POST',
  path: '/oauth/token',
  httpStatus: 200 as number | null,
  errorCode: null as string | null,
}

test.each([
  [200, null, 'ok'],
  [401, 'refresh_token_expired', 'expired'],
  [401, 'refresh_token_reused', 'reused'],
  [401, 'refresh_token_invalidated', 'revoked'],
  [401, null, 'refused'],
  [400, 'invalid_request', 'refused'],
  [503, null, 'noNetwork'],
  [null, null, 'noNetwork'],
] as const)('status %s with code %s is %s', (httpStatus, errorCode, outcome) => {
  expect(toRefresh({ ...call, httpStatus, errorCode })).toEqual({ at: 1, outcome })
})

test('other calls are no renewals', () => {
  expect(toRefresh({ ...call, path: '/oauth/revoke' })).toBeNull()
  expect(toRefresh({ ...call, method: 'GET' })).toBeNull()
})
