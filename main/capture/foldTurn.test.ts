import { describe, expect, test } from 'vitest'
import type { Item } from '../../contract/domain/turn.ts'
import { turnSchema } from '../../contract/domain/turn.ts'
import { foldInPieces } from './foldInPieces.ts'
import { createTurnFold, foldTurn } from './foldTurn.ts'
import { createRandom } from './random.ts'
import type { RawOutcome, RawPart } from './rawExchange.ts'
import type { DerivedTurn, ReducedExchange, ResponseItem } from './reduced.ts'
import { png } from './samplePictures.ts'
import {
  assistantSays,
  completed,
  customCall,
  done,
  eventsOf,
  functionCall,
  httpParts,
  type Message,
  marked,
  reasoning,
  reduce,
  requestOf,
  socketParts,
  splitParts,
  toSse,
  userSays,
  webSearch,
} from './sampleTurn.ts'

const prompt = userSays('What is here?', { id: 'msg_u1', ...marked('t1', 'user.text') })
const steering = userSays('And be quick', { id: 'msg_u2', ...marked('t1', 'user.text') })
const found = assistantSays('One file.', 'msg_2')
const outputOf = (callId: string, output: unknown, id = `out_${callId}`): ResponseItem => ({
  type: 'function_call_output',
  id,
  call_id: callId,
  output,
})

interface Step {
  input?: unknown[]
  output?: ResponseItem[]
  events?: Message[]
  /** Null while it goes on. */
  outcome?: RawOutcome | null
  request?: Message
  metadata?: Message
}

/** Exchanges x-1, x-2, … that start at 1000, 2000, …, are answered after 30 ms and end after 50. */
function playSteps(steps: Step[]): RawPart[][] {
  return steps.map(({ input = [prompt], output = [], events, outcome = 'ended', request, metadata }, at) => {
    const parts = socketParts({
      id: `x-${at + 1}`,
      head: { startedAt: (at + 1) * 1000 },
      request: requestOf({ input, ...request }, metadata),
      events: events ?? [...output.map(done), completed({ id: `resp_${at + 1}` })],
      outcome,
    })
    return parts.map((part) => ('at' in part ? { ...part, at: part.at + at * 1000 } : part))
  })
}

const reduceSteps = (steps: Step[]): ReducedExchange[] => playSteps(steps).map(reduce)

/** However it comes, a fold that is gone on with has made the same of it at any moment. */
function expectSameInPieces(played: Step[]): void {
  for (let seed = 0; seed < 5; seed += 1) {
    const random = createRandom(seed)
    const { goneOn, anew } = foldInPieces(
      playSteps(played).map((parts) => splitParts(parts, random, 400)),
      random,
    )
    expect(goneOn).toEqual(anew)
  }
}

function fold(played: Step[], isOver = true): DerivedTurn {
  const turn = foldTurn(reduceSteps(played), { isOver })
  if (!turn) throw new Error('There is no turn.')
  expect(turnSchema.omit({ seq: true }).safeParse(turn).error).toBe(undefined)
  expectSameInPieces(played)
  return turn
}

function outline(item: Item): string {
  switch (item.type) {
    case 'userMessage':
    case 'assistantMessage':
    case 'reasoning':
    case 'compaction':
      return `${item.type}: ${item.text}`
    case 'toolCall': {
      const deeds = [...item.commands, ...(item.patch === null ? [] : ['a patch'])]
      const exit = item.exitCode === null ? '' : ` (${item.exitCode})`
      return `${item.name}: ${deeds.join(', ') || item.input} → ${item.status}${exit}: ${item.output}`
    }
    case 'error':
      return `error: ${item.code} ${item.message}`
    case 'unknown':
      return `unknown: ${item.label}`
  }
}
const outlineOf = ({ status, items }: DerivedTurn) => [status, ...items.map(outline)]

test('a turn is what was asked, thought, done and said, over all of its exchanges', () => {
  const exchanges = reduceSteps([
    { output: [reasoning, functionCall] },
    {
      input: [prompt, functionCall, outputOf('call_1', 'Process exited with code 2\nOutput:\na.txt\n')],
      output: [found],
    },
  ])
  const usage = { inputTokens: 200, cachedInputTokens: 160, outputTokens: 40, reasoningTokens: 14, totalTokens: 240 }
  expect(foldTurn(exchanges, { isOver: false })).toEqual({
    id: 't1',
    threadId: 's1',
    sessionId: 's1',
    prompt: 'What is here?',
    status: 'completed',
    startedAt: 1000,
    endedAt: 2030,
    model: 'gpt-6.1-sol-2026',
    usage,
    items: [
      { id: 'x-1.input.0', exchangeId: 'x-1', at: 1000, type: 'userMessage', text: 'What is here?', images: [] },
      {
        id: 'x-1.0',
        exchangeId: 'x-1',
        at: 1030,
        type: 'reasoning',
        text: '**Looking** around\n\nWith care – naïvely, 雪 and 🦉',
        encrypted: true,
      },
      {
        id: 'x-1.1',
        exchangeId: 'x-1',
        at: 1030,
        type: 'toolCall',
        callId: 'call_1',
        name: 'exec_command',
        input: '{"cmd":"ls -la"}',
        commands: ['ls -la'],
        patch: null,
        output: 'a.txt\n',
        status: 'failed',
        exitCode: 2,
        durationMs: 970,
      },
      { id: 'x-2.0', exchangeId: 'x-2', at: 2030, type: 'assistantMessage', text: 'One file.' },
    ],
    exchanges: exchanges.map(({ exchange }) => exchange),
  })
})

const failure = (code: string, message: string): Message[] => [
  { type: 'response.failed', response: { id: 'r', error: { code, message } } },
]
const full = (...items: unknown[]) => [prompt, ...items]
const call2 = { ...functionCall, id: 'fc_2', call_id: 'call_2', arguments: '{"cmd":"pwd"}' }
const half = (item: ResponseItem) => eventsOf(item, 0).slice(0, 4)

describe('a turn tells', () => {
  test.each<[string, Step[], string[]]>([
    [
      'of attempts that failed, without their halves',
      [
        { events: failure('server_error', 'Broken.') },
        { events: half(found) },
        { events: half(found), outcome: 'upstreamAborted' },
        { events: [{ type: 'error', status: 500 }] },
        { output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'error: server_error Broken.',
        'error: cut The answer broke off: its end never came.',
        'error: cut The answer broke off: its end never came.',
        'error: null The server told of an error and not of which.',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of the half that a last attempt left',
      [{ events: failure('server_error', 'Broken.') }, { events: half(found), outcome: 'cut' }],
      [
        'cut',
        'userMessage: What is here?',
        'error: server_error Broken.',
        'assistantMessage: One file.',
        'error: cut The answer broke off: its end never came.',
      ],
    ],
    [
      'of what was done before an attempt broke, when codex goes on from it',
      [
        { events: [done(functionCall, 0), ...half({ ...found, id: 'lost' })] },
        { input: full(functionCall, outputOf('call_1', 'a.txt')), output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'exec_command: ls -la → completed: a.txt',
        'error: cut The answer broke off: its end never came.',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of the same with an old codex, which sends no ids',
      [
        { events: [done(reasoning, 0), done(found, 1)] },
        {
          input: full({ ...reasoning, id: undefined }, { ...found, id: undefined }),
          output: [assistantSays('Yes.', 'msg_3')],
        },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'reasoning: **Looking** around\n\nWith care – naïvely, 雪 and 🦉',
        'assistantMessage: One file.',
        'error: cut The answer broke off: its end never came.',
        'assistantMessage: Yes.',
      ],
    ],
    [
      'of a call that came twice, because its answer broke, once',
      [
        { events: [done(functionCall, 0)] },
        { output: [call2] },
        { input: full(call2, outputOf('call_2', '/')), output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'error: cut The answer broke off: its end never came.',
        'exec_command: pwd → completed: /',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of several calls in one answer, and of outputs that come again and again',
      [
        { output: [functionCall, call2] },
        {
          input: full(functionCall, call2, outputOf('call_1', 'a'), outputOf('call_2', 'b')),
          events: failure('x', 'y'),
        },
        { input: full(functionCall, call2, outputOf('call_1', 'a'), outputOf('call_2', 'b')), output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'exec_command: ls -la → completed: a',
        'exec_command: pwd → completed: b',
        'error: x y',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of several outputs of one call, the last of which says how it went',
      [
        { output: [customCall] },
        {
          input: [outputOf('call_2', 'Script running with cell ID 2\nWall time 0.0 seconds\nOutput:\none')],
          output: [],
        },
        {
          input: [outputOf('call_2', 'Script failed\nWall time 0.0 seconds\nOutput:\ntwo', 'second')],
          output: [found],
        },
      ],
      ['completed', 'userMessage: What is here?', 'exec: pwd → failed: one\ntwo', 'assistantMessage: One file.'],
    ],
    [
      'of an end although a script still runs',
      [
        { output: [customCall] },
        {
          input: [outputOf('call_2', 'Script running with cell ID 2\nWall time 0.0 seconds\nOutput:\n')],
          output: [found],
        },
      ],
      ['completed', 'userMessage: What is here?', 'exec: pwd → unknown: ', 'assistantMessage: One file.'],
    ],
    [
      'of programs with several commands and a patch',
      [
        {
          output: [
            {
              ...customCall,
              input:
                "await tools.exec_command({cmd: 'ls'}); await tools.exec_command({cmd: 'pwd'}); await tools.apply_patch('*** Begin Patch')",
            },
          ],
        },
        {
          input: [outputOf('call_2', [{ text: 'Script completed\nWall time 0.1 seconds\nOutput:\n' }, { text: 'ok' }])],
          output: [found],
        },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'exec: ls, pwd, a patch → completed: ok',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of what the user says in the middle',
      [
        { output: [functionCall] },
        { input: [outputOf('call_1', 'a'), steering], output: [], events: failure('x', 'y') },
        { input: full(functionCall, outputOf('call_1', 'a'), steering), output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'exec_command: ls -la → completed: a',
        'userMessage: And be quick',
        'error: x y',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of a compaction in its middle',
      [
        { output: [functionCall] },
        {
          metadata: { request_kind: 'compaction' },
          input: full(functionCall, outputOf('call_1', 'a'), { type: 'compaction_trigger' }),
          output: [{ type: 'compaction', id: 'cmp', encrypted_content: 'gAAAA' }],
        },
        { input: [prompt, { type: 'compaction', encrypted_content: 'gAAAA' }], output: [found] },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'exec_command: ls -la → completed: a',
        'compaction: ',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of a compaction in words, and of one among the items',
      [
        { metadata: { request_kind: 'compaction' }, input: [], output: [assistantSays('All in all: owls.')] },
        { input: [prompt], output: [{ type: 'context_compaction', id: 'c', summary: [{ text: 'Owls' }] }, found] },
      ],
      [
        'completed',
        'compaction: All in all: owls.',
        'userMessage: What is here?',
        'compaction: Owls',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of tools that OpenAI runs',
      [
        {
          output: [
            webSearch,
            { ...webSearch, id: 'ws_2', status: 'failed' },
            { type: 'image_generation_call', id: 'ig', result: 'AA' },
            found,
          ],
        },
      ],
      [
        'completed',
        'userMessage: What is here?',
        'web_search: {"type":"search","query":"snowy owl"} → completed: null',
        'web_search: {"type":"search","query":"snowy owl"} → failed: null',
        'image_generation:  → completed: null',
        'assistantMessage: One file.',
      ],
    ],
    [
      'of a tool that OpenAI never came to run',
      [{ events: [...half(webSearch).slice(0, 2), completed()] }],
      ['completed', 'userMessage: What is here?', 'web_search: {"type":"search","query":"snowy owl"} → unknown: null'],
    ],
    [
      'of items that are not known',
      [{ output: [{ type: 'hologram', id: 'h' }, found] }],
      ['completed', 'userMessage: What is here?', 'unknown: hologram', 'assistantMessage: One file.'],
    ],
    [
      'of what codex put an end to',
      [{ events: half(found), outcome: 'clientAborted' }],
      ['aborted', 'userMessage: What is here?', 'assistantMessage: One file.'],
    ],
    [
      'of a refusal, by its code',
      [{ events: [{ type: 'error', status: 429, error: { type: 'usage_limit_reached', message: 'Enough.' } }] }],
      ['failed', 'userMessage: What is here?', 'error: usage_limit_reached Enough.'],
    ],
    [
      'nothing of outputs that belong to earlier turns',
      [
        {
          input: [outputOf('call_0', 'old'), { type: 'function_call_output', output: 'whose?' }, prompt],
          output: [found],
        },
      ],
      ['completed', 'userMessage: What is here?', 'assistantMessage: One file.'],
    ],
  ])('%s', (_name, played, lines) => {
    expect(outlineOf(fold(played))).toEqual(lines)
  })
})

describe('a turn goes on', () => {
  const calling = [{ output: [functionCall, found] }]
  const answering = [...calling, { input: full(functionCall, outputOf('call_1', 'a')), events: [], outcome: null }]
  test.each<[string, Step[], boolean, string, string, number | null]>([
    ['while codex runs what the model called', calling, false, 'live', 'running', null],
    ['until nothing more can come', calling, true, 'aborted', 'unknown', 1030],
    ['while the model answers', answering, false, 'live', 'completed', null],
    [
      'until the model has answered',
      [...calling, { input: [outputOf('call_1', 'a')], output: [found] }],
      false,
      'completed',
      'completed',
      2030,
    ],
    [
      'until codex stops the answer',
      [{ events: [done(functionCall, 0)], outcome: 'clientAborted' }],
      false,
      'aborted',
      'unknown',
      1050,
    ],
    [
      'no longer for a call that codex passed over',
      [...calling, { output: [found] }],
      false,
      'completed',
      'unknown',
      2030,
    ],
  ])('%s', (_name, played, isOver, status, statusOfCall, endedAt) => {
    const turn = fold(played, isOver)
    const call = turn.items.find((item) => item.type === 'toolCall')
    expect([turn.status, call?.type === 'toolCall' && call.status, turn.endedAt]).toEqual([
      status,
      statusOfCall,
      endedAt,
    ])
  })
})

test('what a call left running is told with it, until an output of its own says that it ended', () => {
  const first = { input: [outputOf('call_2', 'Script running with cell ID 2\nWall time 0.0 s\nOutput:\n')], output: [] }
  const second = { input: [outputOf('call_2', 'Script completed\nWall time 0.1 s\nOutput:\n', 'second')], output: [] }
  const leftRunning = (steps: Step[]) =>
    fold(steps).items.flatMap((item) => (item.type === 'toolCall' ? [item.leftRunning] : []))
  expect(leftRunning([{ output: [customCall] }, first])).toEqual([{ kind: 'program', id: '2' }])
  expect(leftRunning([{ output: [customCall] }, first, second])).toEqual([undefined])
})

test('the time of a tool that OpenAI runs is its own', () => {
  const parts = httpParts({ answer: { body: '' }, outcome: null })
  const events = [...eventsOf(webSearch, 0), completed()]
  for (const [at, event] of events.entries()) {
    parts.push({ type: 'response', exchangeId: 'x-1', at: 2000 + at * 100, bytes: Buffer.from(toSse([event])) })
  }
  expect(foldTurn([reduce(parts)], { isOver: false })?.items[1]).toMatchObject({ type: 'toolCall', durationMs: 200 })
})

test('an old codex names no turn and marks nothing: the exchange is the turn', () => {
  const request = {
    model: 'gpt-5',
    input: [userSays('<environment_context>'), userSays('What is here?')],
    client_metadata: {},
  }
  const turn = foldTurn([reduce(httpParts({ request, head: { headers: [['conversation_id', 'c1']] } }))], {
    isOver: true,
  })
  expect(turn).toMatchObject({ id: 'x-1', threadId: 'c1', sessionId: 'c1', prompt: 'What is here?' })
})

test('a retry of an old codex shows the prompt once', () => {
  const request = { client_metadata: { turn_id: 't1' } }
  const input = [userSays('What is here?')]
  expect(
    outlineOf(
      fold([
        { request, input, events: failure('a', 'b') },
        { request, input, output: [found] },
      ]),
    ),
  ).toEqual(['completed', 'userMessage: What is here?', 'error: a b', 'assistantMessage: One file.'])
})

test('a sub-agent is asked by another agent', () => {
  const content = [{ type: 'input_text', text: 'Message Type: NEW_TASK\nTask name: /root/count\nPayload:\n' }]
  const ids = { session_id: 's1', thread_id: 's2', turn_id: 't1', 'x-codex-parent-thread-id': 's1' }
  const input = [{ type: 'agent_message', content, ...marked('t1') }]
  const turn = fold([{ input, output: [found], request: { client_metadata: ids } }])
  expect(turn).toMatchObject({ threadId: 's2', sessionId: 's1', prompt: '/root/count' })
  expect(outlineOf(turn)).toEqual(['completed', 'userMessage: /root/count', 'assistantMessage: One file.'])
})

test('what asks the model for nothing is no turn', () => {
  const loose = (more: Message, metadata: Message = {}) => reduceSteps([{ request: more, metadata }])
  expect(foldTurn([], { isOver: true })).toBe(null)
  expect(foldTurn(loose({ generate: false }), { isOver: true })).toBe(null)
  expect(foldTurn(loose({}, { thread_source: 'thread_title' }), { isOver: true })).toBe(null)
  const refused = httpParts({ request: '', answer: { httpStatus: 401 }, head: { headers: [] } })
  expect(foldTurn([reduce(refused)], { isOver: true })).toBe(null)
})

test('warming up counts, and shows nothing', () => {
  const [prewarm, turn] = reduceSteps([{ request: { generate: false }, input: [] }, { output: [found] }])
  const folded = foldTurn([prewarm as ReducedExchange, turn as ReducedExchange], { isOver: true })
  expect(folded?.exchanges.map(({ kind }) => kind)).toEqual(['prewarm', 'turn'])
  expect([folded?.startedAt, folded?.usage.totalTokens, folded?.items.length]).toEqual([2000, 240, 2])
})

test('what view_image read is of its call, also where an older codex hands it over in the user’s name', () => {
  const image = { type: 'input_image', image_url: `data:image/png;base64,${png(30, 20)}` }
  const viewing = { ...functionCall, name: 'view_image', arguments: '{"path":"a.png"}' }
  const handed = { type: 'message', role: 'user', content: [image] }
  const input = [prompt, viewing, outputOf('call_1', 'attached local image path'), handed]
  const { items } = fold([
    { input: [prompt], output: [viewing] },
    { input, output: [found] },
    // Sent again, as without increments everything is.
    { input: structuredClone([...input, found]), output: [] },
  ])
  expect(items.map(({ type }) => type)).toEqual(['userMessage', 'toolCall', 'assistantMessage'])
  expect(items[1]).toMatchObject({
    output: 'attached local image path',
    pictures: [{ name: 'a.png', width: 30, source: { exchangeId: 'x-2', side: 'input', index: 3, nth: 0 } }],
  })
  expect((items[1] as { pictures: unknown[] }).pictures).toHaveLength(1)
})

test('what stays as it was is the same object when a fold is gone on with', () => {
  const played: Step[] = [
    { output: [reasoning, functionCall] },
    { input: [outputOf('call_1', 'a.ts')], events: eventsOf(found, 0).slice(0, 3), outcome: null },
  ]
  const fold = createTurnFold()
  const loaded: string[] = []
  function foldAll(steps: Step[]): Item[] {
    const exchanges = new Map(reduceSteps(steps).map((reduced) => [reduced.exchange.id, reduced]))
    fold.take([...exchanges.keys()], (id) => {
      loaded.push(id)
      return exchanges.get(id) ?? null
    })
    return fold.turn({ isOver: false })?.items ?? []
  }
  const before = foldAll(played.slice(0, 1))
  const after = foldAll(played)
  expect(after.map((item, at) => item === before[at])).toEqual([true, true, false, false])
  expect(before[2]).toMatchObject({ type: 'toolCall', output: null, status: 'running' })
  expect(after[2]).toMatchObject({ type: 'toolCall', output: 'a.ts', status: 'completed' })
  expect(loaded).toEqual(['x-1', 'x-2'])
})
