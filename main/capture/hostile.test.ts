import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { cacheMissSchema, contextDiffSchema, contextPartSchema } from '../../contract/domain/context.ts'
import { readNode } from '../../contract/domain/jsonNode.ts'
import { builtInPrices } from '../../contract/domain/price.ts'
import { turnSchema } from '../../contract/domain/turn.ts'
import { contextOf } from './contextOf.ts'
import { diffRequests } from './diffRequests.ts'
import { explainCacheMiss } from './explainCacheMiss.ts'
import { foldInPieces } from './foldInPieces.ts'
import { foldSession, noMarks } from './foldSession.ts'
import { foldTurn } from './foldTurn.ts'
import { isTitleFor } from './isTitleFor.ts'
import { createRandom } from './random.ts'
import type { HeaderList, RawOutcome, RawPart } from './rawExchange.ts'
import { readExchange } from './readExchange.ts'
import { rebuildInput } from './rebuildInput.ts'
import type { ReducedExchange } from './reduced.ts'
import { createExchangeReducer } from './reduceExchange.ts'
import {
  answerEvents,
  bytesOf,
  completed,
  customCall,
  frame,
  functionCall,
  httpParts,
  limitEvent,
  limitHeaders,
  type Message,
  marked,
  message,
  output,
  reduce,
  requestOf,
  socketParts,
  splitAnywhere,
  toSse,
  turnMetadata,
  userSays,
  wholeAnswer,
} from './sampleTurn.ts'
import { searchTexts } from './searchTexts.ts'
import { createSplitter } from './splitter.ts'
import type { StreamEvent } from './streamEvent.ts'
import { summarizeTurn } from './summarizeTurn.ts'

/** What others write is read without believing anything: whatever comes, nothing here may throw, nor tell of what is no turn. */

type Random = ReturnType<typeof createRandom>

const nested = (depth: number, [open, close]: [string, string]) => `${open.repeat(depth)}1${close.repeat(depth)}`
const hostileJson = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e308',
  '4294967295',
  '"12"',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":2,"toJSON":3,"length":-1,"then":4}',
  '{"type":"message"}',
  '{"type":"function_call","arguments":{},"call_id":[]}',
  '[{"type":"reasoning","summary":"x"},7]',
  nested(400, ['[', ']']),
  nested(12_000, ['[', ']']),
  nested(12_000, ['{"a":', '}']),
  JSON.stringify('x'.repeat(5000)),
  '"**********"',
  '"prototype"',
  '"response.completed"',
  '"message"',
]

/** A JSON text of a value in which some places are hostile. */
function spoil(value: unknown, random: Random, oneIn: number): string {
  if (random(oneIn) === 0) return hostileJson[random(hostileJson.length)] as string
  if (Array.isArray(value)) return `[${value.map((part) => spoil(part, random, oneIn)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).map(([name, part]) => {
    const spoiledName = random(oneIn * 4) === 0 ? '__proto__' : name
    return `${JSON.stringify(spoiledName)}:${spoil(part, random, oneIn)}`
  })
  return `{${fields.join()}}`
}

const outcomes: RawOutcome[] = ['ended', 'clientAborted', 'upstreamAborted', 'unreachable', 'cut']
const toolOutputs = [
  { type: 'function_call_output', id: 'o_1', call_id: 'call_1', output: '{"output":"x","metadata":{"exit_code":1}}' },
  { type: 'custom_tool_call_output', id: 'o_2', call_id: 'call_2', output: [{ type: 'input_text', text: 'x' }] },
  { type: 'agent_message', content: [{ text: 'Message Type: NEW_TASK\nPayload:\nx' }], ...marked('t1') },
  userSays('hello', marked('t1', 'user.text')),
  message,
  functionCall,
  customCall,
]
const kinds: Message[] = [
  {},
  { request_kind: 'compaction' },
  { thread_source: 'thread_title' },
  { request_kind: 'prewarm' },
]
const events: Message[] = [
  limitEvent,
  ...answerEvents.slice(0, -1),
  { type: 'error', status: 429, error: { code: 'x', message: 'y' }, headers: Object.fromEntries(limitHeaders) },
  { type: 'response.failed', response: { error: { code: 'x', message: 'y' } } },
  { type: 'response.incomplete', response: { incomplete_details: { reason: 'x' }, output } },
  completed({ output }),
]

function spoiledParts(id: string, random: Random): RawPart[] {
  const oneIn = 8 + random(200)
  const metadata = spoil(JSON.parse(turnMetadata(kinds[random(4)])), random, oneIn)
  const request = requestOf({ input: toolOutputs, previous_response_id: 'r' })
  const client = { ...(request.client_metadata as Message), 'x-codex-turn-metadata': metadata }
  const asked = spoil({ ...request, client_metadata: client }, random, oneIn)
  const answered = events.filter(() => random(8) > 0).map((event) => spoil(event, random, oneIn))
  const headers: HeaderList = [...limitHeaders, ['x-codex-turn-metadata', metadata], ['session_id', `${random(3)}`]]
  const outcome = outcomes[random(outcomes.length)] as RawOutcome
  const raw = () => answered.map((text) => `data: ${text}\n\n`).join('')
  switch (random(5)) {
    case 0: {
      const parts = socketParts({ id, head: { headers }, events: [], outcome })
      const lines = [asked, ...answered].map((text) => bytesOf(`${text}\n`))
      return [
        ...parts.filter(({ type }) => type === 'started' || type === 'answered'),
        ...lines.map((bytes, at): RawPart => ({ type: at === 0 ? 'request' : 'response', exchangeId: id, at, bytes })),
        ...parts.filter(({ type }) => type === 'finished'),
      ]
    }
    case 1: {
      const body = spoil(wholeAnswer, random, oneIn)
      return httpParts({
        id,
        head: { headers },
        request: asked,
        answer: { headers, body, httpStatus: 200 + random(400) },
        outcome,
      })
    }
    case 2: {
      const packed = gzipSync(raw())
      const body = packed.subarray(0, random(packed.length))
      const coding: HeaderList = [...headers, ['content-encoding', 'gzip']]
      return httpParts({ id, head: { headers }, request: asked, answer: { headers: coding, body }, outcome })
    }
    case 3: {
      const noise = Buffer.from(Array.from({ length: random(3000) }, () => random(256)))
      return httpParts({
        id,
        head: { headers: [...headers, ['content-encoding', 'zstd, br']] },
        request: noise,
        answer: { body: noise },
        outcome,
      })
    }
    default:
      return httpParts({ id, head: { headers }, request: asked, answer: { headers, body: raw() }, outcome })
  }
}

/** Leaves out, repeats and moves parts, as no honest recording has them. */
function shuffle(parts: RawPart[], random: Random): RawPart[] {
  const [started, ...rest] = parts as [RawPart, ...RawPart[]]
  const mixed = rest.flatMap((part) => (random(12) === 0 ? [] : random(12) === 0 ? [part, part] : [part]))
  return [started, ...(random(4) === 0 ? mixed.sort(() => random(3) - 1) : mixed)]
}

function useRequests(requests: unknown[], exchanges: ReducedExchange[]): void {
  requests.forEach((request, at) => {
    const parts = contextOf(request, at === 0 ? null : 12_000)
    expect(z.array(contextPartSchema).safeParse(parts).error).toBe(undefined)
    const before = requests[at - 1]
    const diff = diffRequests({ request: before }, { request, inputTokens: 12_000 })
    expect(contextDiffSchema.safeParse(diff).error).toBe(undefined)
    const [exchange, previous] = [exchanges[at]?.exchange, exchanges[at - 1]?.exchange]
    if (!exchange) return
    const miss = explainCacheMiss(exchange, previous ? { exchange: previous, diff } : null)
    expect(cacheMissSchema.nullable().safeParse(miss).error).toBe(undefined)
    readNode(request, 0, 50)
  })
}

function useAll(all: RawPart[][], random: Random): void {
  const requests: unknown[] = []
  const exchanges = all.map((parts) => {
    const [started] = parts
    if (started?.type !== 'started') throw new Error('There is no beginning.')
    const reducer = createExchangeReducer(started.exchangeId, started.head)
    for (const part of parts) {
      reducer.push(part)
      if (random(10) === 0) reducer.value()
    }
    const said = readExchange(parts)
    JSON.stringify(said)
    requests.push(said.request)
    return reducer.value()
  })
  useRequests(requests, exchanges)
  const { goneOn, anew } = foldInPieces(all, random)
  expect(goneOn).toEqual(anew)
  JSON.stringify(rebuildInput(exchanges))
  for (const isOver of [true, false]) {
    const turn = foldTurn(exchanges, { isOver })
    if (!turn) continue
    expect(turnSchema.omit({ seq: true }).safeParse(turn).error).toBe(undefined)
    expect(structuredClone(turn)).toBeTruthy()
    for (const item of turn.items) for (const { text } of searchTexts(item)) expect(typeof text).toBe('string')
    for (const exchange of exchanges) expect(typeof isTitleFor(exchange, turn.prompt, 'l1')).toBe('boolean')
    const parts = { id: 's1', turns: [summarizeTurn(turn, exchanges)], looseExchanges: exchanges }
    foldSession({ ...parts, renamed: null, madeTitle: null, branch: null, prices: builtInPrices, marks: noMarks })
  }
}

test('whatever codex and the model say', () => {
  const random = createRandom(7)
  for (let round = 0; round < 150; round++) {
    const all = ['x-1', 'x-2', 'x-3'].map((id) => spoiledParts(id, random))
    useAll(random(3) === 0 ? all.map((parts) => shuffle(parts, random)) : all, random)
  }
  expect({}).not.toHaveProperty('polluted')
})

test('wherever a recording breaks off', () => {
  const random = createRandom(8)
  const whole = [httpParts(), socketParts(), httpParts({ answer: { body: wholeAnswer } })]
  for (const parts of whole) {
    for (let at = 1; at <= parts.length; at++) useAll([parts.slice(0, at)], random)
  }
  const sse = bytesOf(toSse(answerEvents))
  for (let at = 0; at < sse.length; at += 23) useAll([httpParts({ answer: { body: sse.subarray(0, at) } })], random)
  const asked = bytesOf(requestOf())
  for (let at = 0; at < asked.length; at++)
    expect(reduce(httpParts({ request: asked.subarray(0, at) })).input).toEqual([])
})

test('whatever bytes a stream carries', () => {
  const random = createRandom(9)
  const place = {
    launchId: 'l1',
    streamId: 'x',
    upstream: 'chatgpt',
    accountMode: null,
    credential: null,
    method: 'GET',
    path: '/v1/responses',
  } as const
  const said = [
    '{"type":"response.create"}',
    '{"type":"response.completed"}',
    '[1',
    '',
    '{"type":{}}',
    nested(9999, ['[', ']']),
  ]
  const extensions: HeaderList[] = [[], [['sec-websocket-extensions', 'permessage-deflate']]]
  for (let round = 0; round < 300; round++) {
    const splitter = createSplitter()
    const parts: RawPart[] = []
    const push = (event: StreamEvent) => void parts.push(...splitter.push(event).parts)
    const headers = extensions[random(2)] as HeaderList
    push({ ...place, type: 'opened', at: 1, protocol: 'websocket', headers: [] })
    push({ type: 'answered', streamId: 'x', at: 2, httpStatus: random(9) === 0 ? 401 : 101, headers })
    const frames = Array.from({ length: 12 }, () => {
      const bytes = frame(said[random(said.length)] as string, {
        isCompressed: random(9) === 0,
        isFinal: random(9) > 0,
        opcode: random(9) === 0 ? random(16) : 1,
      })
      if (random(3) === 0) bytes[random(bytes.length)] = random(256)
      return bytes
    })
    for (const bytes of splitAnywhere(Buffer.concat(frames), random, 400)) {
      push({ type: random(2) === 0 ? 'requestChunk' : 'responseChunk', streamId: 'x', at: 3, bytes })
    }
    parts.push(...splitter.end(9).parts)
    const ids = new Set(parts.map(({ exchangeId }) => exchangeId))
    useAll(
      [...ids].map((id) => parts.filter(({ exchangeId }) => exchangeId === id)),
      random,
    )
  }
})

test('an item of a name that objects have', () => {
  const named = ['__proto__', 'constructor', 'toString'].map((name) => ({ type: name, id: name, call_id: name, name }))
  const reduced: ReducedExchange = reduce(httpParts({ answer: { body: { ...wholeAnswer, output: named } } }))
  expect(foldTurn([reduced], { isOver: true })?.items.slice(1)).toMatchObject(
    named.map(({ type }) => ({ type: 'unknown', label: type })),
  )
})
