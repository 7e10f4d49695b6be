import { expect, test } from 'vitest'
import { describeReset, explainError, saysMore } from './explainError.ts'

test('a known code wins over the message', () => {
  expect(explainError('usage_limit_reached', '500')).toEqual({
    title: 'The usage limit was reached',
    advice: 'Wait until it resets, or let an API key continue.',
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

test('a limit says when it resets, and that it has', () => {
  const now = new Date('2026-11-23T13:56:00').getTime()
  const hour = 3_600_000
  const told = (resetsAt: number) => {
    const { text, advice } = describeReset(resetsAt, now)
    return `${text} ${advice}`.replaceAll('\u00a0', ' ')
  }
  expect(
    [now + hour / 2, now + 20 * hour, now + 96 * hour, now, now - 2 * hour, now - 24 * hour, now - 400 * hour].map(
      told,
    ),
  ).toEqual([
    'It resets 14:26, in 30 min. Resume this session then, or let an API key continue.',
    'It resets tomorrow 09:56, in 20 h. Resume this session then, or let an API key continue.',
    'It resets Friday 13:56, in 4 d. Resume this session then, or let an API key continue.',
    'It has reset since, just now. Resume this session to go on.',
    'It has reset since, 2 h ago. Resume this session to go on.',
    'It has reset since, yesterday. Resume this session to go on.',
    'It has reset since, on 6 Nov. Resume this session to go on.',
  ])
})
