import { expect, test } from 'vitest'
import { verifyKey } from './verifyKey.ts'

const key = 'sk-proj-abcdefgh1234'

test.each([
  [200, true, 'OpenAI knows the key.'],
  [401, false, 'does not know this key'],
  [403, false, 'may not use the API'],
  [429, false, 'used up'],
  [503, false, 'status 503'],
])('a %i is told in a sentence', async (status, isValid, words) => {
  const asked: unknown[] = []
  const fetch = async (url: unknown, init: unknown) => {
    asked.push([url, (init as RequestInit).headers])
    return new Response(null, { status })
  }
  const verdict = await verifyKey(key, { openaiOrigin: 'https://api.example', fetch: fetch as typeof globalThis.fetch })
  expect(verdict).toEqual({ isValid, message: expect.stringContaining(words) })
  expect(asked).toEqual([['https://api.example/v1/models', { authorization: `Bearer ${key}` }]])
})

test('without a network that is what is said, and never the key', async () => {
  const fetch = () => Promise.reject(new Error(`connect ECONNREFUSED, Bearer ${key}`))
  const verdict = await verifyKey(key, { openaiOrigin: 'https://api.example', fetch })
  expect(verdict).toEqual({ isValid: false, message: expect.stringContaining('could not be reached') })
  expect(verdict.message).not.toContain(key)
})
