import { expect, test } from 'vitest'
import { judgeLink } from './judgeLink.ts'

test.each([
  ['https://auth.openai.com/oauth/authorize?a=b', 'open'],
  ['https://auth.openai.com.evil.example/', 'ask'],
  ['https://user@auth.openai.com/', 'deny'],
  ['https://example.com/a', 'ask'],
  ['http://example.com/', 'deny'],
  ['http://auth.openai.com/', 'deny'],
  ['file:///etc/passwd', 'deny'],
  ['javascript:alert(1)', 'deny'],
  ['tapedeck://session/a', 'deny'],
  ['ms-settings:', 'deny'],
  ['//example.com', 'deny'],
  ['', 'deny'],
])('%s: %s', (url, verdict) => {
  expect(judgeLink(url, 'https://auth.openai.com')).toBe(verdict)
})
