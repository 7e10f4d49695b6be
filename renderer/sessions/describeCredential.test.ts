import { expect, test } from 'vitest'
import { describeCredential } from './describeCredential.ts'

test('what paid for a session is named with its reason', () => {
  expect(describeCredential({ accountMode: null, credential: null })).toBeNull()
  expect(describeCredential({ accountMode: 'chatgpt', credential: null })).toEqual({
    name: 'ChatGPT sign-in',
    why: 'No answer told of the plan.',
  })
  expect(describeCredential({ accountMode: 'chatgpt', credential: null, plan: 'pro' })?.why).toBeNull()
  expect(describeCredential({ accountMode: 'chatgpt', credential: 'codexLogin', plan: 'plus' })?.name).toBe(
    'ChatGPT Plus',
  )
  expect(describeCredential({ accountMode: 'apiKey', credential: 'keyAlways', plan: 'plus' })?.name).toBe('API key')
  expect(describeCredential({ accountMode: 'chatgpt', credential: 'codexLogin' })?.why).toMatch(/own login.*No answer/)
  expect(describeCredential({ accountMode: 'apiKey', credential: 'keyWithoutLogin' })?.why).toContain('not signed in')
  expect(describeCredential({ accountMode: 'apiKey', credential: 'keyAlways' })?.why).toContain('You chose')
  expect(describeCredential({ accountMode: 'apiKey', credential: 'keyAtLimit' })).toEqual({
    name: 'API key at the plan’s limit',
    why: 'The plan reached its limit, and the key went on from there.',
  })
})
