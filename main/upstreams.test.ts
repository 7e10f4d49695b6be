import { expect, test } from 'vitest'
import { readUpstreams } from './upstreams.ts'

test('without overrides the three real origins are used', () => {
  expect(readUpstreams({})).toEqual({
    chatgpt: 'https://chatgpt.com',
    openai: 'https://api.openai.com',
    auth: 'https://auth.openai.com',
  })
})

test('an override may be https anywhere, and plain http on this computer', () => {
  const upstreams = readUpstreams({
    TAPEDECK_UPSTREAM_CHATGPT: 'http://127.0.0.1:81/',
    TAPEDECK_UPSTREAM_OPENAI: 'https://gateway.example',
  })
  expect(upstreams.chatgpt).toBe('http://127.0.0.1:81')
  expect(upstreams.openai).toBe('https://gateway.example')
})

test.each(['http://gateway.example', 'https://gateway.example/path', 'file:///etc', 'nonsense'])(
  '%s is refused by name',
  (wish) => {
    expect(() => readUpstreams({ TAPEDECK_UPSTREAM_AUTH: wish })).toThrow('TAPEDECK_UPSTREAM_AUTH must')
  },
)
