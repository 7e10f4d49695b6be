import { expect, test } from 'vitest'
import { upstreamPath } from './upstreamAddress.ts'

test.each([
  ['chatgpt', '/v1/responses?a=1', '/backend-api/codex/responses?a=1'],
  ['chatgpt', '/backend-api/wham/usage', '/backend-api/wham/usage'],
  ['openai', '/v1/responses', '/v1/responses'],
  ['auth', 'oauth/token', '/oauth/token'],
] as const)('at %s %s is %s', (upstream, path, own) => {
  expect(upstreamPath({ upstream, path })).toBe(own)
})
