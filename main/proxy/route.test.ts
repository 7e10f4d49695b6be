import { expect, test } from 'vitest'
import { findTarget, isModelCall, readAddress, readCredential } from './route.ts'

const token = '0123456789abcdef0123456789abcdef'
const at = (path: string) => {
  const address = readAddress(`/t/${token}${path}`)
  if (!address) throw new Error(`${path} was not read`)
  return address
}

test.each([
  ['/v1/responses', 'chatgpt', { upstream: 'chatgpt', path: '/backend-api/codex/responses', accountMode: 'chatgpt' }],
  [
    '/v1/models?client_version=0.169.0',
    'none',
    { upstream: 'chatgpt', path: '/backend-api/codex/models?client_version=0.169.0', accountMode: null },
  ],
  ['/v1/responses?a=%2F&a=1', 'apiKey', { upstream: 'openai', path: '/v1/responses?a=%2F&a=1', accountMode: 'apiKey' }],
  ['/v1/responses', 'placeholder', { upstream: 'openai', path: '/v1/responses', accountMode: 'apiKey' }],
  ['/backend-api/wham/usage', 'chatgpt', { upstream: 'chatgpt', path: '/backend-api/wham/usage', accountMode: null }],
  ['/oauth/token', 'none', { upstream: 'auth', path: '/oauth/token', accountMode: null }],
  ['/oauth2/x', 'none', { upstream: 'auth', path: '/oauth2/x', accountMode: null }],
  ['/auth/x', 'none', { upstream: 'auth', path: '/auth/x', accountMode: null }],
  [
    '/api/accounts/deviceauth/token',
    'none',
    { upstream: 'auth', path: '/api/accounts/deviceauth/token', accountMode: null },
  ],
  ['/deviceauth/callback', 'none', { upstream: 'auth', path: '/deviceauth/callback', accountMode: null }],
  ['/codex/device', 'none', { upstream: 'auth', path: '/codex/device', accountMode: null }],
  ['/.well-known/x', 'none', { upstream: 'auth', path: '/.well-known/x', accountMode: null }],
  ['/v2/responses', 'chatgpt', null],
  ['/codex/device/x', 'none', null],
  ['/', 'none', null],
] as const)('%s with %s', (path, credential, target) => {
  expect(findTarget(at(path), credential)).toEqual(target)
})

test.each([
  '/v1/responses',
  'http://127.0.0.1/t/x/v1/responses',
  `/t/${token}`,
  `/t/${token}/v1/../backend-api/x`,
  `/t/${token}/v1/%2e%2e/backend-api/x`,
  `/t/${token}/v1/..%2fbackend-api`,
  `/t/${token}//v1/responses`,
  `/t/${token}/v1/.\\x`,
  `/t/${token}/v1/%5c..`,
  `/t/${token}/v1/x%00`,
  `/t//v1/responses`,
])('%s leads nowhere', (url) => {
  expect(readAddress(url)).toBeNull()
})

test('the credential is told by what it is, not by what it claims', () => {
  expect(readCredential('Bearer eyJ.a.b', true, null)).toBe('chatgpt')
  expect(readCredential('Bearer eyJ.a.b', false, null)).toBe('chatgpt')
  expect(readCredential('Bearer sk-abc', false, null)).toBe('apiKey')
  expect(readCredential('Bearer hold', false, 'hold')).toBe('placeholder')
  expect(readCredential('Bearer hold', false, null)).toBe('chatgpt')
  expect(readCredential('Basic x', false, null)).toBe('none')
  expect(readCredential(undefined, false, 'hold')).toBe('none')
})

test('a model call is a POST to the model API', () => {
  expect(isModelCall('POST', '/v1/responses')).toBe(true)
  expect(isModelCall('GET', '/v1/models')).toBe(false)
  expect(isModelCall('HEAD', '/v1/responses')).toBe(false)
  expect(isModelCall('POST', '/backend-api/ps/mcp')).toBe(false)
})
