import { expect, test } from 'vitest'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { diffRequests } from './diffRequests.ts'
import { explainCacheMiss } from './explainCacheMiss.ts'
import { assistantSays, userSays } from './sampleTurn.ts'

const upToThere = ', and the cache covers only what stands before a change.'

type Facts = Parameters<typeof explainCacheMiss>[0]

const tokens = (inputTokens: number, cachedInputTokens: number): NonNullable<Exchange['usage']> => ({
  inputTokens,
  cachedInputTokens,
  outputTokens: 100,
  reasoningTokens: 0,
  totalTokens: inputTokens + 100,
})
const before: Facts = {
  model: 'gpt-6.1-sol',
  accountMode: 'chatgpt',
  upstream: 'chatgpt',
  status: 'completed',
  startedAt: 1_000,
  durationMs: 5_000,
  usage: tokens(60_000, 50_000),
}
const missed: Facts = { ...before, startedAt: 10_000, usage: tokens(61_000, 4_000) }

const developer = (text: string) => ({ type: 'message', role: 'developer', content: [{ type: 'input_text', text }] })
const toolItem = (...names: string[]) => ({ type: 'additional_tools', tools: names.map((name) => ({ name })) })
const input = [toolItem('exec'), developer('You are Codex.'), userSays('Look'), assistantSays('I see.')]
const more = userSays('Go on')

function explain(next: object, facts: Partial<Facts> = {}, previous: Partial<Facts> = {}, old: object = { input }) {
  const diff = diffRequests({ request: old }, { request: next, inputTokens: null })
  return explainCacheMiss({ ...missed, ...facts }, { exchange: { ...before, ...previous }, diff })
}

test.each<[string, object, Partial<Facts>, Partial<Facts>, string, number | null, string]>([
  [
    'tools were added to an item',
    { input: [toolItem('exec', 'linear.list', 'linear.get', 'linear.new', 'linear.move'), ...input.slice(1), more] },
    {},
    {},
    'tools',
    0,
    `4 tools were added (linear.list, linear.get and 2 more) at position 0${upToThere}`,
  ],
  [
    'a tool was taken away and another changed',
    { tools: [{ name: 'b', is: 'new' }], input },
    {},
    {},
    'tools',
    null,
    `A tool was taken away (a), a tool was changed (b) at the start of the request${upToThere}`,
  ],
  [
    'instructions changed',
    { input: [input[0], developer('You are kind.'), ...input.slice(2), more] },
    {},
    {},
    'instructions',
    1,
    `The instructions changed at position 1${upToThere}`,
  ],
  [
    'instructions were put into the history',
    { input: [...input.slice(0, 3), developer('Now be brief.'), ...input.slice(3), more] },
    {},
    {},
    'instructions',
    3,
    `Instructions were put in at position 3${upToThere}`,
  ],
  [
    'codex compacted',
    { input: [...input.slice(0, 2), { type: 'compaction', encrypted_content: 'g' }, more] },
    {},
    {},
    'compaction',
    2,
    `Codex compacted the conversation at position 2${upToThere}`,
  ],
  [
    'the model is another one',
    { input: [...input, more] },
    { model: 'gpt-6-luna' },
    {},
    'model',
    null,
    'The model changed from gpt-6.1-sol to gpt-6-luna, and each model has a cache of its own.',
  ],
  [
    'the account is another one',
    { input: [...input, more] },
    { accountMode: 'apiKey', upstream: 'openai' },
    {},
    'account',
    null,
    'The request went out under another account, which has a cache of its own.',
  ],
  [
    'the key of the cache is another one',
    { prompt_cache_key: 'b', input: [...input, more] },
    {},
    {},
    'settings',
    null,
    "The request's prompt_cache_key changed, and each has a cache of its own.",
  ],
])('the cause is found: %s', (what, next, facts, previous, cause, itemIndex, sentence) => {
  const old = what.startsWith('a tool was') ? { tools: [{ name: 'a' }, { name: 'b' }], input } : { input }
  expect(explain(next, facts, previous, old)).toEqual({
    cause,
    itemIndex,
    sentence,
    isGuess: false,
    missedTokens: 56_000,
  })
})

test('what stands in the place of something else has changed it', () => {
  expect(explain({ input: [...input.slice(0, 2), more] })).toMatchObject({ cause: 'changed', itemIndex: 2 })
})

test('items that left without anything in their place were left out', () => {
  expect(explain({ input: [input[0], input[1], input[3]] })).toMatchObject({
    cause: 'removed',
    itemIndex: 2,
    sentence: `An item of the history was left out at position 2${upToThere}`,
  })
})

test('where nothing changed, a guess is said to be one', () => {
  const same = { input: [...input, more] }
  expect(explain(same, { startedAt: 6_000 + 22 * 60_000 })).toMatchObject({
    cause: 'pause',
    isGuess: true,
    sentence:
      "Probably because 22 minutes passed since the previous request: OpenAI's cache may not have kept it that long.",
  })
  expect(explain(same, {}, { status: 'failed', usage: null })).toMatchObject({
    cause: 'previousFailed',
    isGuess: true,
    missedTokens: null,
  })
  expect(explain(same)).toMatchObject({
    ...{ cause: 'unknown', isGuess: true, itemIndex: null },
    sentence: "OpenAI's cache no longer had this conversation; the requests do not show why.",
  })
})

test('a first request has nothing to repeat', () => {
  expect(explainCacheMiss(missed, null)).toMatchObject({ cause: 'first', isGuess: false, missedTokens: null })
})

test('a cache that held needs no reason, whatever changed', () => {
  const next = { input: [developer('Other'), more] }
  expect(explain(next, { usage: tokens(61_000, 45_000) })).toBe(null)
  expect(explain(next, { usage: null })).toBe(null)
  expect(explain(next, { usage: tokens(1_000, 0) })).toBe(null)
  expect(explainCacheMiss({ ...missed, usage: tokens(60_000, 55_000) }, null)).toBe(null)
})

test('a large answer of a tool is no miss: it was never sent before', () => {
  expect(explain({ input: [...input, more] }, { usage: tokens(200_000, 59_000) })).toBe(null)
})
