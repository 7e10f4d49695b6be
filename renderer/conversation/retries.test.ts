import { expect, test } from 'vitest'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { type Attempt, describeRetries, type ErrorItem, findAttempt } from './retries.ts'
import { exchangeOf, turnOf } from './sampleTurns.ts'

const error = (exchangeId: string, code: string | null = 'server_error', message = 'Something broke.'): ErrorItem => ({
  id: `${exchangeId}.error`,
  exchangeId,
  at: 0,
  type: 'error',
  code,
  message,
})

const attempt = (code: string | null, change: Partial<Exchange> | null = {}, message?: string): Attempt => ({
  item: error('a', code, message),
  exchange: change && exchangeOf('a', { status: 'failed', ...change }),
})
const cut = (durationMs: number | null, firstEventMs: number | null = 1) =>
  attempt('cut', { status: 'cut', durationMs, firstEventMs })
const overloaded = attempt('server_is_overloaded', { httpStatus: 503 })

test.each<[Attempt[], string]>([
  [[cut(3_000), overloaded], 'Asked again 2 times: the stream broke off after 3.0 s; then 503 from the server'],
  [[cut(2)], 'Asked again once: the stream broke off at once'],
  [[cut(12_000, null)], 'Asked again once: the connection broke after 12 s'],
  [[cut(null)], 'Asked again once: the stream broke off'],
  [[attempt('cut', null)], 'Asked again once: the stream broke off'],
  [[overloaded, overloaded, overloaded], 'Asked again 3 times: 503 from the server, 3 times'],
  [[cut(3_000), cut(4_000)], 'Asked again 2 times: the stream broke off, 2 times'],
  [[attempt('server_error', { httpStatus: 101 })], 'Asked again once: OpenAI could not answer'],
  [[attempt('rate_limit_exceeded', { httpStatus: 429 })], 'Asked again once: too many requests at once (429)'],
  [[attempt(null, { httpStatus: 401 }, 'HTTP 401')], 'Asked again once: OpenAI did not accept the sign-in (401)'],
  [[attempt('previous_response_not_found', { httpStatus: 101 })], 'Asked again once: the connection was renewed'],
  [[attempt('odd_thing', null, 'odd')], 'Asked again once: the model could not finish (odd_thing)'],
  [
    [cut(1), overloaded, attempt('server_error', null), overloaded, overloaded, cut(1)],
    'Asked again 6 times: the stream broke off at once; then 503 from the server; then OpenAI could not answer; then 3 more',
  ],
])('%#: %2$s', (attempts, expected) => {
  expect(describeRetries(attempts).replaceAll('\u00a0', ' ')).toBe(expected)
})

test('a code that somebody made up stays short and visible', () => {
  const words = describeRetries([attempt(`\u202e${'x\n'.repeat(100)}`, null, 'odd')])
  expect(words).not.toContain('\u202e')
  expect(words).not.toContain('\n')
  expect(words.length).toBeLessThan(140)
})

test('an error is an attempt when the turn asked again after it', () => {
  const [first, second] = [exchangeOf('a', { status: 'failed' }), exchangeOf('b', { status: 'failed' })]
  const items = [error('a'), error('b')] as const
  const failed = turnOf('t', [first, second], [...items], { status: 'failed' })
  expect(items.map((item) => findAttempt(item, failed))).toEqual([{ item: items[0], exchange: first }, null])
  const healed = turnOf('t', [first, second, exchangeOf('c')], [...items])
  expect(items.map((item) => findAttempt(item, healed)?.exchange?.id)).toEqual(['a', 'b'])
})

test('what only opened a connection, or named the session, is not asking again', () => {
  const turn = turnOf(
    't',
    [exchangeOf('a', { status: 'failed' }), exchangeOf('p', { kind: 'prewarm' })],
    [error('a')],
    {
      status: 'failed',
    },
  )
  expect(findAttempt(error('a'), turn)).toBeNull()
})

test('without its exchange an error is an attempt when something came after it in a turn that went on', () => {
  const item = error('a')
  const answer = { ...item, id: 'b', type: 'assistantMessage' as const, text: 'x' }
  expect(findAttempt(item, turnOf('t', [], [item, answer]))).toEqual({ item, exchange: null })
  expect(findAttempt(item, turnOf('t', [], [item]))).toBeNull()
  expect(findAttempt(item, turnOf('t', [], [item], { status: 'live' }))).not.toBeNull()
  expect(findAttempt(item, turnOf('t', [], [item, answer], { status: 'failed' }))).toBeNull()
})
