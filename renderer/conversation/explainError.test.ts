import { expect, test } from 'vitest'
import { explainError, saysMore } from './explainError.ts'

test('a known code wins over the message', () => {
  expect(explainError('usage_limit_reached', '500')).toEqual({
    title: 'The usage limit was reached',
    advice: 'Wait until it resets, or let an API key go on.',
  })
})

test('without a known code the message tells', () => {
  const messages = [
    'Incomplete response returned, reason: max_output_tokens',
    'HTTP 401',
    'status 503',
    'connect ECONNREFUSED',
    'what?',
  ]
  expect(messages.map((message) => explainError(null, message).title)).toEqual([
    'The answer was too long',
    'OpenAI did not accept the sign-in',
    'OpenAI could not answer',
    'The connection broke',
    'The model could not finish',
  ])
})

test('a message that says what the title says is not said twice', () => {
  expect(saysMore('The usage limit was reached', 'The usage limit has been reached.')).toBe(false)
  expect(saysMore('The usage limit was reached', 'The usage limit has been reached for gpt-6')).toBe(true)
  expect(saysMore('The model could not finish', '')).toBe(false)
})
