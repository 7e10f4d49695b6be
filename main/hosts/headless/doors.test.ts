import { expect, test } from 'vitest'
import { admit, type Caller, cookieFor, mintLinkToken, readLinkToken } from './doors.ts'

const port = 4100
const apiToken = 'a-token-of-the-api'
const { name, value } = cookieFor(port, apiToken)
const page: Caller = {
  host: '127.0.0.1:4100',
  origin: 'http://127.0.0.1:4100',
  authorization: undefined,
  cookie: `other=1; ${name}=${value}`,
}
const tool: Caller = {
  host: 'localhost:4100',
  origin: undefined,
  authorization: `Bearer ${apiToken}`,
  cookie: undefined,
}

test('our own page and a tool with the token are let in', () => {
  expect(admit(page, port, apiToken)).toEqual({ ok: true })
  expect(admit(tool, port, apiToken)).toEqual({ ok: true })
})

test.each<[string, Caller, number]>([
  ['a rebound name', { ...page, host: 'evil.example:4100' }, 403],
  ['another port in Host', { ...tool, host: '127.0.0.1:4101' }, 403],
  ['no Host', { ...tool, host: undefined }, 403],
  ['a page of another site', { ...page, origin: 'https://evil.example' }, 403],
  ['a page on another loopback port', { ...page, origin: 'http://127.0.0.1:4101' }, 403],
  ['a sandboxed page', { ...page, origin: 'null' }, 403],
  ['a cookie without an Origin', { ...page, origin: undefined }, 403],
  ['nobody', { ...page, cookie: undefined }, 401],
  ['a wrong cookie', { ...page, cookie: `${name}=${value.slice(1)}x` }, 401],
  ['a wrong token', { ...tool, authorization: 'Bearer nope' }, 401],
  ['a wrong token with a good cookie', { ...page, authorization: 'Bearer nope' }, 401],
])('%s is refused', (_, caller, status) => {
  expect(admit(caller, port, apiToken)).toMatchObject({ ok: false, status })
})

test('a link token is good for ten minutes, and only as it was made', () => {
  const token = mintLinkToken(apiToken, 1_000)
  expect(readLinkToken(token, apiToken, 2_000)).toMatch(/^[0-9a-f]{24}$/)
  expect(readLinkToken(token, apiToken, 1_000 + 600_000)).toBeNull()
  expect(readLinkToken(token, 'another', 2_000)).toBeNull()
  expect(readLinkToken(token.replace(/^\d/, '9'), apiToken, 2_000)).toBeNull()
  expect(readLinkToken('', apiToken, 2_000)).toBeNull()
})
