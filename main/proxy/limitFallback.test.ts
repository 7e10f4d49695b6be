import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createLimitFallback } from './limitFallback.ts'

const thread = { launchId: 'l', threadId: 't' }
const other = { launchId: 'l', threadId: 'u' }
const limit = JSON.stringify({ error: { type: 'usage_limit_reached', message: 'The usage limit has been reached' } })
const unreadable = JSON.stringify({ error: { code: 'invalid_encrypted_content', message: 'Not yours.' } })
const thought = (sealed: string) => ({ type: 'reasoning', encrypted_content: sealed })
const said = { type: 'message', role: 'user', content: [] }
const bodyOf = (...input: unknown[]) => Buffer.from(JSON.stringify({ model: 'm', input }))
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

function setUp(key: string | null = 'sk-key') {
  const world = { key }
  return { world, fallback: createLimitFallback({ key: () => world.key }) }
}

test('without a key, or the wish for it, nothing is looked at', () => {
  const { fallback } = setUp(null)
  expect(fallback.modeOf(thread)).toBe('off')
})

test('the end of the plan moves one thread to the key, and codex is told to ask again', () => {
  const { fallback, world } = setUp()
  expect(fallback.modeOf(thread)).toBe('watch')
  expect(fallback.judgePlan(thread, 429, limit)).toMatchObject({ status: 503 })
  expect(fallback.modeOf(thread)).toBe('key')
  expect(fallback.modeOf(other)).toBe('watch')
  world.key = null
  expect(fallback.modeOf(thread)).toBe('off')
})

test.each([
  ['another status', 500, limit],
  ['another kind of limit', 429, JSON.stringify({ error: { type: 'rate_limit_exceeded' } })],
  ['a plan without codex', 429, JSON.stringify({ error: { type: 'usage_not_included' } })],
  ['words about a limit', 429, JSON.stringify({ error: { type: 'x', message: 'usage_limit_reached' } })],
  ['no JSON', 429, '<html>usage_limit_reached</html>'],
  ['nothing', 429, ''],
  ['null', 429, 'null'],
])('%s is passed on', (_what, status, body) => {
  const { fallback } = setUp()
  expect(fallback.judgePlan(thread, status, body)).toBeNull()
  expect(fallback.modeOf(thread)).toBe('watch')
})

test('on a socket only the error itself counts, not what a model says of it', () => {
  const { fallback } = setUp()
  const delta = { type: 'response.output_text.delta', delta: 'usage_limit_reached' }
  const item = { type: 'response.output_item.done', item: {}, error: { type: 'usage_limit_reached' } }
  expect(fallback.isEndOfPlan(thread, bytesOf(delta))).toBe(false)
  expect(fallback.isEndOfPlan(thread, bytesOf(item))).toBe(false)
  expect(fallback.isEndOfPlan(thread, Buffer.from('usage_limit_reached'))).toBe(false)
  expect(fallback.modeOf(thread)).toBe('watch')
  expect(fallback.isEndOfPlan(thread, bytesOf({ type: 'error', status: 429, ...JSON.parse(limit) }))).toBe(true)
  expect(fallback.modeOf(thread)).toBe('key')
})

test('a body is unpacked for the API, and is otherwise the same', async () => {
  const { fallback } = setUp()
  fallback.judgePlan(thread, 429, limit)
  const body = bodyOf(said, thought('plan'))
  expect(await fallback.toKeyBody(thread, zstdCompressSync(body), 'zstd')).toEqual(body)
  expect(await fallback.toKeyBody(thread, body, undefined)).toBe(body)
  await expect(fallback.toKeyBody(thread, Buffer.from('no zstd'), 'zstd')).rejects.toThrow()
})

test('what the API cannot read of the plan is left out from then on, and what it thought itself stays', async () => {
  const { fallback } = setUp()
  fallback.judgePlan(thread, 429, limit)
  await fallback.toKeyBody(thread, bodyOf(said, thought('plan')), undefined)
  expect(fallback.judgeKey(thread, 400, JSON.stringify({ error: { code: 'invalid_prompt' } }))).toBeNull()
  expect(fallback.judgeKey(thread, 400, unreadable)).toMatchObject({ status: 503 })
  const next = await fallback.toKeyBody(thread, bodyOf(said, thought('plan'), thought('key'), said), undefined)
  expect(JSON.parse(String(next))).toEqual({ model: 'm', input: [said, thought('key'), said] })
  // Refused all the same: then it is something else, and codex has to know.
  expect(fallback.judgeKey(thread, 400, unreadable)).toBeNull()
})

test.each(['', 'no json', '[]', 'null', '{"input":"text"}', '{"input":[null,3,"x"]}'])(
  'an odd body %j is sent as it is',
  async (text) => {
    const { fallback } = setUp()
    fallback.judgePlan(thread, 429, limit)
    await fallback.toKeyBody(thread, Buffer.from(text), undefined)
    fallback.judgeKey(thread, 400, unreadable)
    expect(JSON.stringify(String(await fallback.toKeyBody(thread, Buffer.from(text), undefined)))).toBe(
      JSON.stringify(text),
    )
  },
)

test('the threads that are remembered have an end', () => {
  const { fallback } = setUp()
  for (let n = 0; n <= 1000; n++) fallback.judgePlan({ launchId: 'l', threadId: String(n) }, 429, limit)
  expect(fallback.modeOf({ launchId: 'l', threadId: '0' })).toBe('watch')
  expect(fallback.modeOf({ launchId: 'l', threadId: '1000' })).toBe('key')
})
