import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { exchangeSchema } from '../../contract/domain/exchange.ts'
import { createRandom } from './random.ts'
import type { HeaderList, RawOutcome, RawPart } from './rawExchange.ts'
import type { ReducedExchange } from './reduced.ts'
import { createExchangeReducer, reduceExchange } from './reduceExchange.ts'
import {
  added,
  answerEvents,
  assistantSays,
  bytesOf,
  completed,
  created,
  customCall,
  done,
  eventsOf,
  functionCall,
  headOf,
  httpParts,
  limitEvent,
  limitHeaders,
  type Message,
  marked,
  message,
  output,
  type Recorded,
  reasoning,
  reduce,
  requestOf,
  socketParts,
  splitParts,
  toSse,
  turnMetadata,
  userSays,
  wholeAnswer,
} from './sampleTurn.ts'

const limits = {
  at: 1020,
  planType: 'plus',
  windows: [{ name: 'primary', usedPercent: 27, windowMinutes: 300, resetsAt: 1_800_000 }],
}

const expected: ReducedExchange = {
  exchange: {
    id: 'x-1',
    turnId: 't1',
    threadId: 's1',
    sessionId: 's1',
    kind: 'turn',
    transport: 'sse',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    method: 'POST',
    path: '/v1/responses',
    status: 'completed',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    startedAt: 1000,
    firstEventMs: 30,
    durationMs: 30,
    requestBytes: bytesOf(requestOf()).length,
    responseBytes: bytesOf(toSse(answerEvents)).length,
    responseId: 'resp_1',
    previousResponseId: null,
    model: 'gpt-6.1-sol-2026',
    serviceTier: 'default',
    usage: { inputTokens: 100, cachedInputTokens: 80, outputTokens: 20, reasoningTokens: 7, totalTokens: 120 },
    limits,
    notes: [],
  },
  launchId: 'l1',
  streamId: 'x',
  thread: { id: 's1', parentThreadId: null, subagent: null, model: 'gpt-6.1-sol-2026' },
  threadSource: 'user',
  forkedFromThreadId: null,
  cwd: '/home/ada/project',
  workingFolder: null,
  plan: 'plus',
  input: requestOf().input as ReducedExchange['input'],
  output: output.map((item) => ({ item, at: 1030, doneAt: 1030 })),
  git: { commit: null, hasChanges: true },
  title: null,
}

/** What does not depend on the way that it came. */
function essence({ exchange, output, ...rest }: ReducedExchange) {
  const { transport, method, httpStatus, startedAt, firstEventMs, durationMs, requestBytes, responseBytes, ...said } =
    exchange
  const { at: _, ...told } = said.limits ?? { at: 0 }
  return { ...rest, exchange: { ...said, limits: told }, output: output.map(({ item }) => item) }
}

describe('one answer, however it came', () => {
  const forms: [string, RawPart[]][] = [
    ['as server-sent events', httpParts({ answer: { headers: limitHeaders } })],
    [
      'as server-sent events whose end lists the output',
      httpParts({
        answer: { headers: limitHeaders, body: toSse([...answerEvents.slice(0, -1), completed({ output })]) },
      }),
    ],
    [
      'as packed server-sent events, of a packed request',
      httpParts({
        head: { headers: [['content-encoding', 'zstd']] },
        request: zstdCompressSync(bytesOf(requestOf())),
        answer: { headers: [...limitHeaders, ['content-encoding', 'gzip']], body: gzipSync(toSse(answerEvents)) },
      }),
    ],
    ['as one JSON', httpParts({ answer: { headers: limitHeaders, body: wholeAnswer } })],
    ['over a WebSocket', socketParts({ events: [limitEvent, ...answerEvents] })],
    [
      'without any deltas',
      httpParts({ answer: { headers: limitHeaders, body: toSse([...output.map(done), completed()]) } }),
    ],
  ]

  test('as server-sent events', () => {
    expect(reduce(httpParts({ answer: { headers: limitHeaders } }))).toEqual(expected)
  })

  test.each(forms)('%s', (_name, parts) => {
    expect(essence(reduce(parts))).toEqual(essence(expected))
  })

  test.each(forms)('%s, replayed in other pieces', (_name, parts) => {
    const random = createRandom(6)
    for (let round = 0; round < 10; round++) expect(reduce(splitParts(parts, random))).toEqual(reduce(parts))
  })

  test.each(forms)('%s, looked at all the time', (_name, parts) => {
    const reducer = createExchangeReducer('x-1', (parts[0] as Extract<RawPart, { type: 'started' }>).head)
    for (const part of parts) {
      reducer.push(part)
      expect(exchangeSchema.safeParse(reducer.value().exchange).error).toBe(undefined)
    }
    expect(reducer.value()).toEqual(reduce(parts))
  })

  test('names the way that it came', () => {
    const ways = forms.map(([, parts]) => {
      const { transport, method, httpStatus } = reduce(parts).exchange
      return [transport, method, httpStatus]
    })
    expect(new Set(ways.map(String))).toEqual(new Set(['sse,POST,200', 'json,POST,200', 'websocket,GET,101']))
  })
})

describe('how it ended', () => {
  const failed = { status: 'failed' as const }
  const end = (type: string, response: Message = {}) => [
    created(),
    ...eventsOf(message, 0),
    { ...completed(response), type },
  ]
  const problem = { code: 'server_error', message: 'Something broke.' }
  const tooMany = { type: 'usage_limit_reached', message: 'The usage limit has been reached', plan_type: 'plus' }

  type End = Partial<Pick<Exchange, 'status' | 'httpStatus' | 'errorCode' | 'errorMessage'>>
  const byEvent: [string, Message[], End][] = [
    ['response.completed', end('response.completed'), { status: 'completed' }],
    ['response.done', end('response.done'), { status: 'completed' }],
    [
      'response.failed',
      end('response.failed', { error: problem }),
      { ...failed, errorCode: 'server_error', errorMessage: 'Something broke.' },
    ],
    [
      'response.failed without a reason',
      end('response.failed', { error: null }),
      { ...failed, errorMessage: 'The response failed; no reason was given.' },
    ],
    [
      'response.incomplete',
      end('response.incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
      { ...failed, errorCode: 'max_output_tokens', errorMessage: 'The answer is incomplete: max_output_tokens.' },
    ],
    [
      'response.incomplete without a reason',
      end('response.incomplete'),
      { ...failed, errorMessage: 'The answer is incomplete: no reason was given.' },
    ],
    ['response.cancelled', end('response.cancelled'), { status: 'aborted' }],
    [
      'an error',
      [created(), { type: 'error', ...problem }],
      { ...failed, errorCode: 'server_error', errorMessage: 'Something broke.' },
    ],
    [
      'an error with a status',
      [{ type: 'error', status: 429, error: tooMany }],
      {
        ...failed,
        httpStatus: 429,
        errorCode: 'usage_limit_reached',
        errorMessage: 'The usage limit has been reached',
      },
    ],
    [
      'an error that says nothing',
      [{ type: 'error' }],
      { ...failed, errorMessage: 'The server told of an error and not of which.' },
    ],
  ]
  const outcomes: RawOutcome[] = ['ended', 'clientAborted', 'upstreamAborted', 'cut']

  test.each(byEvent)('%s, whatever became of the connection', (_name, events, told) => {
    const told200 = { httpStatus: 200, errorCode: null, errorMessage: null, ...told }
    for (const outcome of outcomes) {
      expect(reduce(httpParts({ answer: { body: toSse(events) }, outcome })).exchange).toMatchObject(told200)
      expect(reduce(socketParts({ events, outcome })).exchange).toMatchObject({
        httpStatus: 101,
        errorCode: null,
        errorMessage: null,
        ...told,
      })
    }
  })

  test.each<[string, Recorded, End]>([
    ['not yet asked', { request: '', answer: null, outcome: null }, { status: 'live', httpStatus: null }],
    ['not yet answered', { answer: null, outcome: null }, { status: 'live', httpStatus: null }],
    ['not yet refused', { answer: { httpStatus: 500, body: '' }, outcome: null }, { status: 'live', httpStatus: 500 }],
    ['not yet over', { answer: { body: toSse([created()]) }, outcome: null }, { status: 'live' }],
    [
      'unreachable',
      { answer: null, outcome: 'unreachable' },
      { ...failed, httpStatus: null, errorCode: 'unreachable', errorMessage: 'OpenAI could not be reached.' },
    ],
    ['aborted by codex', { answer: { body: toSse([created()]) }, outcome: 'clientAborted' }, { status: 'aborted' }],
    ['aborted before the answer', { answer: null, outcome: 'clientAborted' }, { status: 'aborted', httpStatus: null }],
    ['a stream without its end', { answer: { body: toSse([created()]) } }, { status: 'cut' }],
    ['a stream without a beginning', { answer: { body: '' } }, { status: 'cut' }],
    ['a body that breaks off', { answer: { body: '{"output":[' } }, { status: 'cut' }],
    ['words where an answer should be', { answer: { body: 'Welcome to the hotel!' } }, { status: 'cut' }],
    ['JSON of another kind', { answer: { body: { ok: true } } }, { status: 'completed' }],
    ['broken by the upstream', { answer: { body: toSse([created()]) }, outcome: 'upstreamAborted' }, { status: 'cut' }],
    ['never told', { answer: { body: toSse([created()]) }, outcome: 'cut' }, { status: 'cut' }],
    [
      'one JSON that failed',
      { answer: { body: { ...wholeAnswer, status: 'failed', error: problem } } },
      { ...failed, errorCode: 'server_error', errorMessage: 'Something broke.' },
    ],
    [
      'one JSON that is incomplete',
      { answer: { body: { ...wholeAnswer, status: 'incomplete', incomplete_details: { reason: 'content_filter' } } } },
      { ...failed, errorCode: 'content_filter', errorMessage: 'The answer is incomplete: content_filter.' },
    ],
    ...(
      [
        [400, { error: { message: 'No such thing.', code: null, type: 'invalid' } }, 'invalid', 'No such thing.'],
        [401, { detail: 'Unauthorized' }, null, 'Unauthorized'],
        [403, { detail: { code: 'blocked', message: 'Not from here.' } }, 'blocked', 'Not from here.'],
        [422, { detail: [{ msg: 'field required' }] }, null, 'HTTP status 422'],
        [429, { error: tooMany }, 'usage_limit_reached', 'The usage limit has been reached'],
        [500, { error: 'exploded' }, null, 'exploded'],
        [502, 'Bad gateway\n', null, 'Bad gateway'],
        [503, '', null, 'HTTP status 503'],
      ] as const
    ).flatMap(([httpStatus, body, errorCode, errorMessage]): [string, Recorded, End][] =>
      (['ended', 'clientAborted', 'cut'] as const).map((outcome) => [
        `status ${httpStatus} (${outcome})`,
        { answer: { httpStatus, body }, outcome },
        { ...failed, httpStatus, errorCode, errorMessage },
      ]),
    ),
  ])('%s', (_name, recorded, told) => {
    expect(reduce(httpParts(recorded)).exchange).toMatchObject({
      httpStatus: 200,
      errorCode: null,
      errorMessage: null,
      ...told,
    })
  })

  test.each<[string, unknown, End]>([
    ['with JSON', { detail: 'Unauthorized' }, { errorCode: null, errorMessage: 'Unauthorized' }],
    ['with JSON of several lines', '{\n"error": {\n"code": "no"}\n}', { errorCode: 'no', errorMessage: 'no' }],
    ['with words', 'Go away', { errorCode: null, errorMessage: 'Go away' }],
    ['without words', '', { errorCode: null, errorMessage: 'HTTP status 401' }],
  ])('a WebSocket that was refused %s', (_name, body, told) => {
    const metadata = turnMetadata()
    const parts = httpParts({
      head: { transport: 'websocket', method: 'GET', headers: [['x-codex-turn-metadata', metadata]] },
      request: '',
      answer: { httpStatus: 401, body },
    })
    expect(reduce(parts).exchange).toMatchObject({
      ...failed,
      turnId: 't1',
      transport: 'websocket',
      httpStatus: 401,
      notes: [],
      ...told,
    })
  })

  test('what is no call of the model is over when it ends', () => {
    const parts = (body: unknown, outcome: RawOutcome = 'ended') =>
      httpParts({ head: { path: '/v1/models', method: 'GET' }, request: '', answer: { body }, outcome })
    const statuses = [parts({ models: [] }), parts(''), parts('<html>'), parts('', 'clientAborted')].map(
      (all) => reduce(all).exchange,
    )
    expect(statuses.map(({ kind, status, turnId }) => [kind, status, turnId])).toEqual([
      ['other', 'completed', null],
      ['other', 'completed', null],
      ['other', 'completed', null],
      ['other', 'aborted', null],
    ])
  })
})

describe('the output', () => {
  const itemsOf = (...events: Message[]) =>
    reduce(httpParts({ answer: { body: toSse(events) }, outcome: null })).output.map(({ item }) => item)

  test('grows with its deltas', () => {
    const [announced, ...later] = eventsOf(reasoning, 0)
    expect(itemsOf(announced as Message)).toEqual([{ type: 'reasoning', id: 'rs_1', summary: [] }])
    expect(itemsOf(announced as Message, ...later.slice(0, 3))).toEqual([
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: '**Looking*' }] },
    ])
    const place = { item_id: 'msg_1', output_index: 0 }
    expect(
      itemsOf(
        added({ type: 'message', id: 'msg_1', content: [{ type: 'output_text', text: '', annotations: [1] }] }, 0),
        { type: 'response.output_text.delta', ...place, content_index: 0, delta: 'a' },
        { type: 'response.refusal.delta', ...place, content_index: 1, delta: 'No' },
        { type: 'response.refusal.done', ...place, content_index: 1, refusal: 'No.' },
        { type: 'response.output_text.delta', ...place, content_index: 0, delta: 'b' },
      ),
    ).toEqual([
      {
        type: 'message',
        id: 'msg_1',
        content: [
          { type: 'output_text', text: 'ab', annotations: [1] },
          { type: 'output_text', text: 'No.' },
        ],
      },
    ])
  })

  test.each<[string, Message[], unknown[]]>([
    [
      'deltas of an item that was never announced',
      [{ type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'Hi' }],
      [{ type: 'message', id: 'msg_1', content: [{ type: 'output_text', text: 'Hi' }] }],
    ],
    [
      'deltas that name no item',
      [
        { type: 'response.reasoning_text.delta', delta: 'Hm' },
        { type: 'response.output_text.delta', delta: 'H' },
        { type: 'response.output_text.delta', delta: 'i' },
      ],
      [
        { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm' }] },
        { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
      ],
    ],
    [
      'deltas that name no item, then the item',
      [
        { type: 'response.output_text.delta', delta: 'Hi' },
        { type: 'response.output_item.done', item: message },
      ],
      [message],
    ],
    [
      'an item that was announced by its place alone',
      [added({ type: 'message' }, 0), ...eventsOf(message, 0).slice(1), done(functionCall, 1)],
      [message, functionCall],
    ],
    [
      'an item whose id changed on the way',
      [...eventsOf({ ...message, id: 'other' }, 0).slice(0, -1), done(message, 0), done(functionCall, 1)],
      [message, functionCall],
    ],
    [
      'items without ids and places',
      [message, message].map((item) => ({ ...done(asked(item), 0), output_index: null })),
      [asked(message), asked(message)],
    ],
    ['an item that is announced twice', [added(functionCall, 0), added(functionCall, 0)], [functionCall]],
    [
      'places far apart',
      [
        { type: 'response.output_text.delta', item_id: 'm', content_index: 4e9, delta: 'last' },
        { type: 'response.output_text.delta', item_id: 'm', content_index: 7, delta: 'first' },
      ],
      [
        {
          type: 'message',
          id: 'm',
          content: [
            { type: 'output_text', text: 'first' },
            { type: 'output_text', text: 'last' },
          ],
        },
      ],
    ],
  ])('%s', (_name, events, items) => {
    expect(itemsOf(created(), ...events)).toEqual(items)
    expect(itemsOf(created(), ...events, completed())).toEqual(items)
    if (events.length > 1) expect(itemsOf(created(), ...events, completed({ output: items }))).toEqual(items)
  })

  test('keeps the times at which its items came, also when the end lists them again', () => {
    const parts = httpParts({ answer: { body: '' }, outcome: null })
    const events = [
      ...eventsOf(message, 0),
      ...eventsOf(functionCall, 1),
      completed({ output: [message, functionCall] }),
    ]
    events.forEach((event, at) => {
      parts.push({ type: 'response', exchangeId: 'x-1', at: 2000 + at, bytes: bytesOf(toSse([event])) })
    })
    const doneAt = events.flatMap(({ type }, at) => (type === 'response.output_item.done' ? [2000 + at] : []))
    const addedAt = events.flatMap(({ type }, at) => (type === 'response.output_item.added' ? [2000 + at] : []))
    expect(reduce(parts).output).toEqual([
      { item: message, at: addedAt[0], doneAt: doneAt[0] },
      { item: functionCall, at: addedAt[1], doneAt: doneAt[1] },
    ])
  })

  test('loses nothing that a failed response does not list', () => {
    const half = eventsOf(customCall, 1).slice(0, -1)
    const end = { ...completed({ output: [message], error: { message: 'Broken.' } }), type: 'response.failed' }
    expect(itemsOf(created(), ...eventsOf(message, 0), ...half, end)).toEqual([message, customCall])
  })
})

describe('what else an answer tells', () => {
  const reduced = (recorded: Recorded) => reduce(httpParts(recorded)).exchange

  test('limits by headers, of any family, and the last word counts', () => {
    const headers: HeaderList = [
      ['X-Codex-Primary-Used-Percent', '12.5'],
      ['x-codex-secondary-used-percent', '3'],
      ['x-codex-secondary-window-minutes', 'soon'],
      ['x-codex-other-primary-used-percent', '99'],
      ['x-codex-bengalfox-secondary-used-percent', ''],
    ]
    const windows = [
      { name: 'primary', usedPercent: 12.5, windowMinutes: null, resetsAt: null },
      { name: 'secondary', usedPercent: 3, windowMinutes: null, resetsAt: null },
      { name: 'codex-other primary', usedPercent: 99, windowMinutes: null, resetsAt: null },
    ]
    expect(reduced({ answer: { headers } }).limits).toEqual({ at: 1020, planType: null, windows })
    expect(reduced({ answer: { headers, body: toSse([limitEvent, ...answerEvents]) } }).limits).toEqual({
      ...limits,
      at: 1030,
    })
    expect(reduced({}).limits).toBe(null)
    expect(reduced({ answer: { body: toSse([{ ...limitEvent, rate_limits: { primary: null } }]) } }).limits).toBe(null)
  })

  test('limits by the headers of an error event', () => {
    const error = {
      type: 'error',
      status: 429,
      error: { type: 'usage_limit_reached' },
      headers: { ...Object.fromEntries(limitHeaders), 'x-codex-primary-used-percent': 100, 'x-odd': { toString: 1 } },
    }
    expect(reduce(socketParts({ events: [error] })).exchange).toMatchObject({
      httpStatus: 429,
      errorCode: 'usage_limit_reached',
      limits: { planType: 'plus', windows: [{ name: 'primary', usedPercent: 100 }] },
    })
  })

  test('when a limit resets, by its own word, else by the windows that were full', () => {
    const refused = (more: Message, headers: Message = {}) => {
      const error = { type: 'usage_limit_reached', message: 'Enough.', ...more }
      const { exchange, plan } = reduce(socketParts({ events: [{ type: 'error', status: 429, error, headers }] }))
      return [exchange.limitResetsAt, plan]
    }
    const windows = {
      'x-codex-primary-used-percent': 100,
      'x-codex-primary-reset-at': 1700,
      'x-codex-secondary-used-percent': '100',
      'x-codex-secondary-reset-at': '1900',
    }
    expect(refused({ resets_at: 1800, plan_type: 'pro' }, windows)).toEqual([1_800_000, 'pro'])
    expect(refused({ resets_in_seconds: 90 })).toEqual([91_000, null])
    expect(refused({}, windows)).toEqual([1_900_000, null])
    expect(refused({}, { ...windows, 'x-codex-secondary-used-percent': 41 })).toEqual([1_700_000, null])
    // What is no moment is not told as one.
    expect(refused({ resets_at: 1e14 })).toEqual([undefined, null])
    expect(refused({ resets_at: '1800' })).toEqual([undefined, null])
    expect(refused({ type: 'server_error' }, windows)).toEqual([undefined, null])
    expect(
      reduced({ answer: { httpStatus: 429, body: { error: { type: 'usage_limit_reached', resets_at: 1800 } } } }),
    ).toMatchObject({ status: 'failed', limitResetsAt: 1_800_000 })
  })

  test('unknown events are counted and told, and progress is not', () => {
    const events = [
      { type: 'response.created', response: null },
      { type: 'response.strange' },
      { type: 'response.web_search_call.searching' },
      { type: 'response.mcp_list_tools.completed' },
      { type: 'response.content_part.added' },
      { type: 'response.reasoning_summary_part.done' },
      { type: 'response.output_text.annotation.added' },
      { type: 'keepalive' },
      { type: 'codex.news' },
      { type: 'response.strange' },
      { text: 'hm' },
      { type: 12 },
      completed(),
    ]
    expect(reduced({ answer: { body: toSse(events) } }).notes).toEqual([
      'Events that are not known: response.strange × 2, without a type × 2.',
    ])
  })

  test('an unknown item is kept as it came', () => {
    const item = { type: 'hologram', id: 'h_1', frames: [1, 2] }
    const { output } = reduce(httpParts({ answer: { body: toSse([done(item, 0), completed()]) } }))
    expect(output).toEqual([{ item, at: 1030, doneAt: 1030 }])
  })

  test('what cannot be unpacked is told', () => {
    const headers: HeaderList = [['content-encoding', 'gzip']]
    const bomb = gzipSync(Buffer.alloc(48 * 1024 * 1024 + 1))
    expect(reduced({ answer: { headers, body: bomb } })).toMatchObject({
      status: 'cut',
      responseBytes: bomb.length,
      notes: ['The answer unfolds to more than 48 MiB and is kept, but not shown.'],
    })
    expect(reduced({ answer: { headers, body: 'words' } })).toMatchObject({
      status: 'cut',
      notes: ['The answer could not be unpacked; its bytes are kept.'],
    })
    expect(reduced({ head: { headers }, request: bomb })).toMatchObject({
      status: 'completed',
      turnId: null,
      requestBytes: bomb.length,
      notes: ['The request is larger than 48 MiB once unpacked, and is kept, but not shown.'],
    })
    expect(reduced({ head: { headers }, request: 'words' })).toMatchObject({
      notes: ['The request could not be unpacked; its bytes are kept.'],
    })
  })

  test('a title is what the model made of a thread that asks for one', () => {
    const request = requestOf({}, { thread_source: 'thread_title' })
    const titled = (text: string, end = completed()) =>
      reduce(httpParts({ request, answer: { body: toSse([done(assistantSays(text), 0), end]) } })).title
    expect(titled('{"title":" Owls "}')).toBe('Owls')
    expect(titled('{"name":"Owls"}')).toBe('Owls')
    expect(titled(' Owls\n')).toBe('Owls')
    expect(titled('{"title":""}')).toBe(null)
    expect(titled('Owls', { ...completed(), type: 'response.failed' })).toBe(null)
    expect(reduce(httpParts({ answer: { body: toSse([done(assistantSays('Owls'), 0), completed()]) } })).title).toBe(
      null,
    )
  })
})

describe('the request', () => {
  const reduced = (request: unknown, more: Recorded = {}) => reduce(httpParts({ request, ...more }))

  test('tells what it goes on from, and of which input the rest is new', () => {
    const input = [{ type: 'function_call_output', call_id: 'call_1', output: 'x' }]
    const { exchange, ...rest } = reduce(
      socketParts({ request: requestOf({ previous_response_id: 'resp_0', input, model: 'gpt-7' }), events: [] }),
    )
    expect({ ...rest, exchange: { model: exchange.model, previous: exchange.previousResponseId } }).toMatchObject({
      input,
      thread: { model: 'gpt-7' },
      exchange: { model: 'gpt-7', previous: 'resp_0' },
    })
  })

  test.each<[string, unknown]>([
    ['no JSON', '{"model":"gpt-6.1-sol","inp'],
    ['no object', '[1,2]'],
    ['nested beyond reason', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('that is %s is told and kept', (_name, request) => {
    expect(reduced(request).exchange).toMatchObject({
      status: 'completed',
      turnId: null,
      sessionId: 'launch-l1',
      kind: 'turn',
      notes: ['The request is not what codex sends; its bytes are kept.'],
    })
    expect(reduced(request, { answer: null, outcome: null }).exchange.notes).toEqual([])
  })

  test('that codex never finished is nothing to be told', () => {
    const { exchange } = reduced('{"model":', { answer: null, outcome: 'clientAborted' })
    expect(exchange).toMatchObject({ status: 'aborted', notes: [] })
  })

  test('that tells its length is read when it is whole', () => {
    const body = bytesOf(requestOf())
    const reducer = createExchangeReducer('x-1', headOf({ headers: [['Content-Length', `${body.length}`]] }))
    const push = (bytes: Uint8Array) => reducer.push({ type: 'request', exchangeId: 'x-1', at: 1010, bytes })
    push(body.subarray(0, -1))
    expect(reducer.value()).toMatchObject({ exchange: { turnId: null, requestBytes: body.length - 1 }, input: [] })
    push(body.subarray(-1))
    expect(reducer.value()).toMatchObject({ exchange: { turnId: 't1', status: 'live' }, input: requestOf().input })
  })

  test('in any order of its frames is the first one', () => {
    const parts = socketParts({ events: [] })
    parts.splice(2, 0, { type: 'request', exchangeId: 'x-1', at: 1, bytes: bytesOf('{"type":"response.append"}\n') })
    expect(reduce(parts)).toMatchObject({ exchange: { turnId: 't1', notes: [] }, input: requestOf().input })
  })

  test('tells the folder as it is called, and not as codex escapes it for the model', () => {
    const written = '/home/ada/Bob&apos;s &lt;R&amp;amp;D&gt; &quot;notes&quot; &nbsp; & more'
    const input = [userSays(`<environment_context>\n  <cwd>${written}</cwd>\n</environment_context>`)]
    expect(reduced({ model: 'gpt-5', input }).cwd).toBe(`/home/ada/Bob's <R&amp;D> "notes" &nbsp; & more`)
  })

  test('of an old codex, which names no turn, is a turn of its own; the folder stands in its context', () => {
    const input = [
      userSays('<environment_context>\n<cwd>/first</cwd></environment_context>'),
      userSays('<environment_context>\n<cwd>/home/ada</cwd>\n</environment_context>'),
      userSays('<cwd>/elsewhere</cwd>'),
      'nonsense',
      { role: 'user' },
    ]
    const head = {
      headers: [
        ['conversation_id', 'c1'],
        ['session_id', 'c1'],
      ] as HeaderList,
    }
    expect(reduced({ model: 'gpt-5', input }, { head })).toMatchObject({
      exchange: { turnId: 'x-1', threadId: 'c1', sessionId: 'c1', kind: 'turn', notes: [] },
      cwd: '/home/ada',
      workingFolder: '/home/ada',
      input: input.slice(0, 3),
    })
  })

  test('tells of a folder inside of the repository, and of no folder that anybody else wrote down', () => {
    const context = (folder: string) => `<environment_context>\n  <cwd>${folder}</cwd>\n</environment_context>`
    const input = [
      userSays(context('/home/ada/project/web'), marked('t1', 'environments.environment_context')),
      userSays(context('/pasted'), marked('t1', 'user.text')),
      assistantSays(context('/of-the-model')),
    ]
    expect(reduced(requestOf({ input }))).toMatchObject({
      cwd: '/home/ada/project',
      workingFolder: '/home/ada/project/web',
    })
  })

  test('names ids that disagree: neither is believed, and both are told', () => {
    const { exchange, thread } = reduced(requestOf(), {
      head: {
        headers: [
          ['session-id', 's2'],
          ['Thread_Id', 's1'],
          ['thread-id', 's1'],
        ],
      },
    })
    expect({ exchange, thread }).toMatchObject({
      exchange: {
        sessionId: 's1',
        threadId: 's1',
        turnId: 't1',
        notes: ['The request names different sessions (s1, s2), so none is believed.'],
      },
      thread: { id: 's1' },
    })
  })
})

test('without its beginning there is nothing to tell of', () => {
  expect(reduceExchange([])).toBe(null)
  expect(reduceExchange(httpParts().slice(1))).toBe(null)
  expect(reduceExchange([{ type: 'started', exchangeId: 'x-1', head: headOf() }])?.exchange.status).toBe('live')
})

function asked(item: Message): Message & { type: string } {
  const { id: _, ...rest } = item
  return rest as Message & { type: string }
}
