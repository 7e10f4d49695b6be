import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Turn } from '../../contract/domain/turn.ts'
import { archivePath } from '../archive/database.ts'
import type { ExchangeReducer } from '../capture/reduceExchange.ts'
import type { TapEvent } from '../proxy/tap.ts'
import type { Note } from './messages.ts'
import {
  answerOf,
  clientFrame,
  closed,
  completed,
  created,
  createFrame,
  message,
  post,
  requestOf,
  serverFrame,
  socket,
  toolAnswers,
  toolCall,
  userSays,
} from './playedTraffic.ts'
import { flushMs } from './recorder.ts'
import { createStage, launchOf, type Run, type Stage } from './stage.ts'

/** What makes capture fail, as nothing that is known does. */
const poison = 'poison for the reducer'
const refusal = 'poison for its value'
vi.mock('../capture/reduceExchange.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../capture/reduceExchange.ts')>()
  return {
    ...original,
    createExchangeReducer(...args: Parameters<typeof original.createExchangeReducer>): ExchangeReducer {
      const reducer = original.createExchangeReducer(...args)
      let isPoisoned = false
      return {
        push(part) {
          const text = 'bytes' in part ? Buffer.from(part.bytes).toString() : ''
          isPoisoned ||= text.includes(refusal)
          if (text.includes(poison)) throw new Error('poisoned')
          reducer.push(part)
        },
        value() {
          if (isPoisoned) throw new Error('poisoned')
          return reducer.value()
        },
        heldBytes: reducer.heldBytes,
      }
    },
  }
})

let stage: Stage

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  stage = createStage()
})
afterEach(() => {
  stage.close()
  vi.useRealTimers()
})

const noUsage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, totalTokens: 0 }
const usage = { ...noUsage, inputTokens: 10, outputTokens: 5, totalTokens: 15 }

function outline({ id, status, items }: Turn): string {
  const said = items.map((item) => {
    switch (item.type) {
      case 'toolCall':
        return `${item.name} ${item.status}`
      case 'error':
        return `error ${item.code}`
      default:
        return 'text' in item ? item.text : item.type
    }
  })
  return `${id} ${status}: ${said.join(' | ')}`
}

const turnsTold = (run: Run) => run.turnsTold().map(outline)
const turnsOf = (sessionId: string) => stage.reader().readSession({ id: sessionId }).turns.map(outline)
const sessionIds = () =>
  stage
    .reader()
    .listSessions({ limit: 100 })
    .sessions.map(({ id }) => id)

/** Time goes by for the clock and for the timers. */
function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 50) {
    stage.clock.now += 50
    vi.advanceTimersByTime(50)
  }
}

function counts({ recorder }: Run) {
  const { seq: _seq, isPaused: _isPaused, ...rest } = recorder.recording()
  return rest
}

test('an exchange is shown while it streams, and its bytes are stored', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  run.take(events.slice(0, 7))
  expect(run.archive.raw.has('a-1')).toBe(false)
  vi.advanceTimersByTime(flushMs)

  const exchange = {
    id: 'a-1',
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
    status: 'live',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    startedAt: 1_000,
    firstEventMs: 4,
    durationMs: null,
    requestBytes: expect.any(Number),
    responseBytes: expect.any(Number),
    responseId: 'resp-a',
    previousResponseId: null,
    model: 'gpt-6.1-sol',
    serviceTier: null,
    usage: null,
    limits: null,
    notes: [],
  }
  const [first] = run.turnsTold()
  expect(first).toEqual({
    id: 't1',
    threadId: 's1',
    sessionId: 's1',
    prompt: 'hello',
    status: 'live',
    startedAt: 1_000,
    endedAt: null,
    model: 'gpt-6.1-sol',
    usage: noUsage,
    items: [
      { id: 'a-1.input.0', exchangeId: 'a-1', at: 1_000, type: 'userMessage', text: 'hello', images: [] },
      { id: 'a-1.0', exchangeId: 'a-1', at: 1_004, type: 'assistantMessage', text: 'Hi ' },
    ],
    exchanges: [exchange],
    seq: first?.seq,
  })
  expect(run.archive.raw.read('a-1')?.map(({ type }) => type)).toEqual([
    'started',
    'request',
    'answered',
    'response',
    'response',
    'response',
  ])
  expect(run.taken).toEqual([1])

  run.take(events.slice(7))
  vi.advanceTimersByTime(flushMs)
  const [second] = run.turnsTold()
  expect(second).toMatchObject({
    status: 'completed',
    endedAt: 1_004,
    usage,
    items: [{ text: 'hello' }, { text: 'Hi there.' }],
    exchanges: [{ ...exchange, status: 'completed', durationMs: 4, usage }],
  })
  const sessions = run.told('session/updated')
  expect(sessions.map(({ session }) => session.status)).toEqual(['live', 'completed'])
  expect(stage.reader().readSession({ id: 's1' })).toEqual({
    session: {
      id: 's1',
      launchId: 'l1',
      title: 'hello',
      cwd: null,
      startedAt: 1_000,
      updatedAt: 1_004,
      status: 'completed',
      model: 'gpt-6.1-sol',
      accountMode: 'chatgpt',
      credential: 'codexLogin',
      turnCount: 1,
      exchangeCount: 1,
      usage,
      apiEquivalentUsd: 0.00007,
      durationMs: 4,
      hasEdits: false,
      hasErrors: false,
      isStarred: false,
      tags: [],
      note: '',
      errorMessage: null,
      threads: [{ id: 's1', parentThreadId: null, subagent: null, model: 'gpt-6.1-sol' }],
      seq: sessions[1]?.seq,
    },
    outline: [],
    turns: [second],
    seq: expect.any(Number),
  })
  expect(stage.reader().readSession({ id: 's1' }).seq).toBeGreaterThan(sessions[1]?.seq ?? 0)
  expect(run.taken).toEqual([1, 2])
  expect(run.reports).toEqual([])
})

test('what is stored comes back as the same bytes', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  for (const event of events) {
    run.take([event])
    run.recorder.flush()
  }
  const sent = (type: TapEvent['type']) =>
    Buffer.concat(events.flatMap((event) => (event.type === type && 'bytes' in event ? [event.bytes] : [])))
  const parts = run.archive.raw.read('a-1') ?? []
  const kept = (type: 'request' | 'response') =>
    Buffer.concat(parts.flatMap((part) => (part.type === type ? [part.bytes] : [])))
  expect(kept('request')).toEqual(sent('requestChunk'))
  expect(kept('response')).toEqual(sent('responseChunk'))
  expect(parts.at(-1)).toEqual({ type: 'finished', exchangeId: 'a-1', at: 1_005, outcome: 'ended' })
})

test('a flush without anything to store writes nothing and tells nothing, but gives the batch back', () => {
  const run = stage.run()
  run.notifications.length = 0
  const changes = () => run.archive.ledger.read('seq')
  const before = changes()
  run.recorder.flush()
  run.take([...socket({ streamId: 'w' }), clientFrame('w', { type: 'session.update' })])
  run.recorder.flush()
  expect({ changes: changes(), notifications: run.notifications, taken: run.taken }).toEqual({
    changes: before,
    notifications: [],
    taken: [1],
  })
  expect(vi.getTimerCount()).toBe(0)
})

test('each way to end has its status', () => {
  const run = stage.run()
  const half = [created('r'), ...message('m', 'Half')]
  const turn = (turnId: string) => requestOf({ turnId, sessionId: turnId })
  const failure = {
    type: 'response.failed',
    response: { id: 'r', error: { code: 'rate_limit', message: 'Slow down' } },
  }
  const [opened, asked, ended] = post({ streamId: 'f', request: turn('unreachable') }) as [TapEvent, TapEvent, TapEvent]
  run.take([
    ...post({ streamId: 'a', request: turn('whole') }),
    ...post({ streamId: 'b', request: turn('failed'), events: [created('r'), failure] }),
    ...post({ streamId: 'c', request: turn('aborted'), events: half, outcome: 'clientAborted' }),
    ...post({ streamId: 'd', request: turn('cut'), events: half, outcome: 'upstreamAborted' }),
    ...post({ streamId: 'e', request: turn('silent'), events: half }),
    ...[opened, asked, ended, closed({ streamId: 'f', outcome: 'unreachable' })],
    // Codex hangs up as soon as it has the last word.
    ...post({ streamId: 'g', request: turn('hungUp'), outcome: 'clientAborted' }),
  ])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual([
    'whole completed: hello | Hi there.',
    'failed failed: hello | error rate_limit',
    'aborted aborted: hello | Half',
    'cut cut: hello | Half | error cut',
    'silent cut: hello | Half | error cut',
    'unreachable failed: hello | error unreachable',
    'hungUp completed: hello | Hi there.',
  ])
  expect(stage.reader().readSession({ id: 'failed' }).session).toMatchObject({
    status: 'failed',
    errorMessage: 'Slow down',
  })
})

test('over a WebSocket each response.create is an exchange of its own', () => {
  const run = stage.run()
  const first = requestOf({ turnId: 't1' })
  const second = requestOf({ turnId: 't1', previousResponseId: 'r1', input: [toolAnswers('call-1', 'seen')] })
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', first, 2_000),
    serverFrame('w', created('r1'), 2_001),
    ...toolCall('call-1').map((event) => serverFrame('w', event, 2_002)),
    serverFrame('w', completed('r1'), 2_003),
  ])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 live: hello | look running'])
  run.take([
    createFrame('w', second, 2_010),
    ...answerOf('r2', 'I saw it.').map((event) => serverFrame('w', event, 2_011)),
    closed({ streamId: 'w', at: 2_020 }),
  ])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 completed: hello | look completed | I saw it.'])
  expect(counts(run)).toEqual({ recorded: 2, total: 2, missed: {} })
  expect(vi.getTimerCount()).toBe(0)
})

test('a prewarm alone is no session; with a turn it is a part of one', () => {
  const run = stage.run()
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', { ...requestOf({ kind: 'prewarm', input: [] }), generate: false }, 2_000),
    ...[created('r0'), completed('r0')].map((event) => serverFrame('w', event, 2_001)),
  ])
  run.recorder.flush()
  expect(sessionIds()).toEqual([])
  expect(run.told('session/updated')).toEqual([])
  expect(counts(run)).toEqual({ recorded: 1, total: 1, missed: {} })

  run.take([
    createFrame('w', requestOf({ previousResponseId: 'r0' }), 2_010),
    ...answerOf('r1', 'Hi.').map((event) => serverFrame('w', event, 2_011)),
  ])
  run.recorder.flush()
  expect(run.told('session/updated').map(({ session }) => session)).toMatchObject([
    { id: 's1', turnCount: 1, exchangeCount: 2 },
  ])
})

const titleRequest = (prompt: string) =>
  requestOf({
    sessionId: 'title-session',
    turnId: 'title-turn',
    source: 'thread_title',
    input: [userSays(`Name this: ${prompt}`)],
  })
const titleAnswer = answerOf('rt', '{"title":"Greeting"}')

test.each(['before', 'after'])('a title that codex made %s its turn was seen is the title of its session', (when) => {
  const run = stage.run()
  const title = post({ streamId: 'title', at: 2_000, request: titleRequest('hello'), events: titleAnswer })
  const turn = post({ streamId: 'a' })
  const elsewhere = post({ streamId: 'b', launchId: 'l2', request: requestOf({ sessionId: 's2', turnId: 't2' }) })
  for (const events of when === 'before' ? [elsewhere, title, turn] : [elsewhere, turn, title]) {
    run.take(events)
    run.recorder.flush()
  }
  const titles = stage.reader().listSessions({ limit: 10 }).sessions
  expect(new Map(titles.map(({ id, title }) => [id, title]))).toEqual(
    new Map([
      ['s1', 'Greeting'],
      ['s2', 'hello'],
    ]),
  )
  expect(run.told('session/updated').at(-1)?.session).toMatchObject({ id: 's1', title: 'Greeting', turnCount: 1 })
})

test('sub-agents are threads of the session that sent them', () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  run.take(
    post({
      streamId: 'b',
      at: 2_000,
      request: requestOf({ threadId: 'child', turnId: 't2', parentThreadId: 's1', input: [userSays('look around')] }),
    }),
  )
  run.recorder.flush()
  expect(stage.reader().listSessions({ limit: 10 }).sessions).toMatchObject([
    {
      id: 's1',
      title: 'hello',
      turnCount: 1,
      exchangeCount: 2,
      threads: [
        { id: 's1', parentThreadId: null },
        { id: 'child', parentThreadId: 's1', subagent: 'collab_spawn' },
      ],
    },
  ])
  expect(turnsOf('s1')).toEqual(['t1 completed: hello | Hi there.', 't2 completed: look around | Hi there.'])
})

const callingPost = (streamId: string, turnId = 't1', at?: number) =>
  post({
    streamId,
    ...(at === undefined ? {} : { at }),
    request: requestOf({ turnId }),
    events: [created(`r-${streamId}`), ...toolCall(`call-${streamId}`), completed(`r-${streamId}`)],
  })

test('a turn waits for its tool until its codex ends', () => {
  const run = stage.run()
  run.take([{ type: 'launchStarted', launch: launchOf('l1') }])
  run.take([{ type: 'launchStarted', launch: launchOf('l2') }])
  run.take(callingPost('a'))
  run.recorder.flush()
  run.take([{ type: 'launchEnded', id: 'l2', at: 3_000 }])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 live: hello | look running'])
  run.told('session/updated')
  run.take([{ type: 'launchEnded', id: 'l1', at: 4_000 }])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 aborted: hello | look unknown'])
  expect(run.told('session/updated').map(({ session }) => session.status)).toEqual(['aborted'])
  expect(run.recorder.liveLaunches()).toEqual([])
})

test("a thread's next turn ends the one that waited", () => {
  const run = stage.run()
  run.take(callingPost('a'))
  run.take(callingPost('b', 't1', 2_000))
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 live: hello | look running | look running'])
  run.take(post({ streamId: 'c', at: 3_000, request: requestOf({ turnId: 't2', input: [userSays('go on')] }) }))
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t2 completed: go on | Hi there.', 't1 aborted: hello | look unknown | look unknown'])
  // A sub-agent's turn ends nothing on its parent's thread.
  run.take(callingPost('d', 't3', 4_000))
  run.take(post({ streamId: 'e', at: 5_000, request: requestOf({ threadId: 'child', turnId: 't4' }) }))
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t3 live: hello | look running', 't4 completed: hello | Hi there.'])
})

test('an exchange that turns out to belong elsewhere leaves nothing where it was', () => {
  const run = stage.run()
  const metadata = JSON.stringify({ session_id: 'early', thread_id: 'early', turn_id: 'early', request_kind: 'turn' })
  const events = post({ streamId: 'a', request: requestOf({ sessionId: 'late', turnId: 'late' }) })
  const [opened, asked, ...rest] = events as [Extract<TapEvent, { type: 'opened' }>, TapEvent, ...TapEvent[]]
  run.take([{ ...opened, headers: [['x-codex-turn-metadata', metadata]] }])
  run.recorder.flush()
  expect(sessionIds()).toEqual(['early'])
  run.take([asked, ...rest])
  run.recorder.flush()
  expect(sessionIds()).toEqual(['late'])
  expect(turnsOf('late')).toEqual(['late completed: hello | Hi there.'])
})

test('every loss is counted under its reason', () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  run.take([{ type: 'lost', reason: 'unknownPath' }])
  run.take([{ type: 'lost', reason: 'unknownPath' }])
  run.take([{ type: 'lost', reason: 'recorderCrash' }])
  run.recorder.flush()
  const expected = { isPaused: false, recorded: 1, total: 4, missed: { unknownPath: 2, recorderCrash: 1 } }
  expect(run.told('recording/updated').at(-1)).toEqual({ ...expected, seq: expect.any(Number) })
  expect(stage.reader().recording()).toEqual({ ...expected, seq: expect.any(Number) })
})

test('counts are told when they change, and only then', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  run.told('recording/updated')
  for (const event of events) {
    run.take([event])
    run.recorder.flush()
  }
  expect(run.told('recording/updated')).toEqual([
    { isPaused: false, recorded: 1, total: 1, missed: {}, seq: expect.any(Number) },
  ])
})

test('in a pause what begins is counted and not kept, and what had begun is recorded to its end', () => {
  const run = stage.run()
  const before = post({ streamId: 'a' })
  run.take([...before.slice(0, 7), ...socket({ streamId: 'w' })])
  run.recorder.setPaused(true)
  run.take([...before.slice(7), ...post({ streamId: 'b', request: requestOf({ turnId: 't2' }) })])
  const during = [
    createFrame('w', requestOf({ turnId: 't3' })),
    ...answerOf('r3', 'Hush.').map((e) => serverFrame('w', e)),
  ]
  run.take(during)
  const half = post({ streamId: 'c', request: requestOf({ turnId: 't4' }) })
  run.take(half.slice(0, 7))
  run.recorder.flush()
  expect(run.told('recording/updated').at(-1)).toEqual({
    isPaused: true,
    recorded: 1,
    total: 4,
    missed: { paused: 3 },
    seq: expect.any(Number),
  })
  run.recorder.setPaused(false)
  run.take([...half.slice(7), { type: 'dropped', streamId: 'c', reason: 'overflow' }])
  run.take([createFrame('w', requestOf({ turnId: 't5' })), ...answerOf('r5', 'Heard.').map((e) => serverFrame('w', e))])
  run.recorder.flush()
  expect(stage.reader().recording()).toMatchObject({ isPaused: false, recorded: 2 })
  const { turns } = stage.reader().readSession({ id: 's1' })
  expect(turns.map(({ id, status }) => `${id} ${status}`)).toEqual(['t1 completed', 't5 completed'])
  expect(run.archive.raw.hasStream('b')).toBe(false)
})

test('a pause outlives the run that was told of it', () => {
  const first = stage.run()
  first.recorder.setPaused(true)
  first.recorder.flush()
  first.end()
  const second = stage.run()
  second.take(post({ streamId: 'a' }))
  second.recorder.flush()
  expect(second.recorder.recording()).toMatchObject({ isPaused: true, recorded: 0, total: 1, missed: { paused: 1 } })
})

test('of a private launch every exchange is counted, however its stream ends, and nothing is kept', () => {
  const run = stage.run()
  run.take(post({ streamId: 'a', isPrivate: true, request: requestOf({ sessionId: 's9', turnId: 't9' }) }))
  run.take([...socket({ streamId: 'w', isPrivate: true }), createFrame('w', requestOf({ turnId: 't3' }))])
  run.take(answerOf('r3', 'Hush.').map((e) => serverFrame('w', e)))
  run.take([createFrame('w', requestOf({ turnId: 't4' })), { type: 'dropped', streamId: 'w', reason: 'overflow' }])
  run.take(post({ streamId: 'b' }))
  run.recorder.flush()
  expect(counts(run)).toEqual({ recorded: 1, total: 4, missed: { private: 3 } })
  expect(
    stage
      .reader()
      .listSessions({ limit: 10 })
      .sessions.map(({ id }) => id),
  ).toEqual(['s1'])
  for (const streamId of ['a', 'w']) expect(run.archive.raw.hasStream(streamId)).toBe(false)
})

test('a dropped stream is cut where it was and counted once', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  run.take(events.slice(0, 7))
  run.recorder.flush()
  run.take([{ type: 'dropped', streamId: 'a', reason: 'overflow' }])
  run.recorder.flush()
  expect(turnsTold(run).at(-1)).toBe('t1 cut: hello | Hi  | error cut')
  expect(counts(run)).toEqual({ recorded: 0, total: 1, missed: { overflow: 1 } })
  run.take(events.slice(7))
  run.take([{ type: 'dropped', streamId: 'a', reason: 'recorderCrash' }])
  run.take([{ type: 'dropped', streamId: 'never opened', reason: 'overflow' }])
  run.recorder.flush()
  expect(counts(run)).toEqual({ recorded: 0, total: 3, missed: { overflow: 2, recorderCrash: 1 } })
  expect(run.archive.raw.unfinished()).toEqual([])
})

test('a stream that begins and is dropped within one flush counts once too', () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }).slice(0, 7))
  run.take([{ type: 'dropped', streamId: 'a', reason: 'overflow' }])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 cut: hello | Hi  | error cut'])
  expect(counts(run)).toEqual({ recorded: 0, total: 1, missed: { overflow: 1 } })
})

test('a WebSocket that cannot be read is counted, with what was open', () => {
  const run = stage.run()
  const noise = (streamId: string): TapEvent => ({
    type: 'responseChunk',
    streamId,
    at: 2_005,
    bytes: Uint8Array.of(0xf1, 0),
  })
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', requestOf(), 2_000),
    serverFrame('w', created('r1'), 2_001),
    noise('w'),
    noise('w'),
    createFrame('w', requestOf({ turnId: 't2' }), 2_010),
    closed({ streamId: 'w', at: 2_020 }),
    ...socket({ streamId: 'x' }),
    noise('x'),
  ])
  run.recorder.flush()
  expect(turnsTold(run)).toEqual(['t1 cut: hello | error cut'])
  expect(counts(run)).toEqual({ recorded: 0, total: 2, missed: { undecodable: 2 } })
})

test('what a former run left open is cut where it stands', () => {
  const former = stage.run()
  former.take([{ type: 'launchStarted', launch: launchOf('l1') }])
  former.take(post({ streamId: 'a' }).slice(0, 7))
  former.recorder.flush()
  former.end()

  const run = stage.run()
  expect(turnsTold(run)).toEqual(['t1 cut: hello | Hi  | error cut'])
  expect(counts(run)).toEqual({ recorded: 1, total: 1, missed: {} })
  expect(run.archive.raw.read('a-1')?.at(-1)).toEqual({
    type: 'finished',
    exchangeId: 'a-1',
    at: 1_004,
    outcome: 'cut',
  })
  expect(run.recorder.liveLaunches()).toEqual([launchOf('l1')])
})

test('a launch that ended without its turns being told ends them at the next start', () => {
  const former = stage.run()
  former.take([{ type: 'launchStarted', launch: launchOf('l1') }])
  former.take(callingPost('a'))
  former.recorder.flush()
  former.archive.transaction(() => former.archive.ledger.endLaunch('l1', 3_000))
  former.end()
  expect(turnsTold(stage.run())).toEqual(['t1 aborted: hello | look unknown'])
})

test('what a crashed thread held is counted as lost by the crash', () => {
  const former = stage.run()
  former.take(post({ streamId: 'stored' }))
  former.take(post({ streamId: 'open', request: requestOf({ turnId: 't2' }) }).slice(0, 7))
  former.recorder.flush()
  former.end()
  const lost = ['stored', 'open', 'unseen'].map((streamId) => ({ streamId, protocol: 'http' as const }))
  const run = stage.run([...lost, { streamId: 'idle socket', protocol: 'websocket' }])
  expect(counts(run)).toEqual({ recorded: 1, total: 3, missed: { recorderCrash: 2 } })
  expect(turnsOf('s1')).toEqual(['t1 completed: hello | Hi there.', 't2 cut: hello | Hi  | error cut'])
})

test('the number of each change rises over restarts, even when the clock does not', () => {
  const seen: number[] = []
  for (const turnId of ['t1', 't2', 't3']) {
    const run = stage.run()
    run.take(post({ streamId: turnId, request: requestOf({ turnId }) }))
    run.recorder.flush()
    seen.push(...run.notifications.map(({ params }) => params.seq))
    run.end()
    stage.clock.now -= 1_000
  }
  expect(seen.length).toBeGreaterThan(8)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(new Set(seen).size).toBe(seen.length)
})

test('closing ends what is open as cut, and stores it', () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }).slice(0, 7))
  run.recorder.close()
  expect(turnsOf('s1')).toEqual(['t1 cut: hello | Hi  | error cut'])
  expect(counts(run)).toEqual({ recorded: 1, total: 1, missed: {} })
  expect(vi.getTimerCount()).toBe(0)
})

const bigChunk = (streamId: string): TapEvent => ({
  type: 'responseChunk',
  streamId,
  at: 1_004,
  bytes: randomBytes(1_000_000),
})
const unlimited = 1_000_000

test('on a full disk recording goes on: what is lost is counted, and what comes when there is room again is kept', () => {
  const run = stage.run()
  const begun = post({ streamId: 'begun' })
  run.take(begun.slice(0, 7))
  run.recorder.flush()
  run.archive.limitPages(1)
  run.take([bigChunk('begun'), ...post({ streamId: 'whole', request: requestOf({ turnId: 't2' }) })])
  const [opened, ...rest] = post({ streamId: 'later', request: requestOf({ turnId: 't3' }) }) as [
    TapEvent,
    ...TapEvent[],
  ]
  run.take([opened])
  expect(run.recorder.flush()).toBe(false)
  expect(counts(run)).toEqual({ recorded: 1, total: 1, missed: {} })
  expect(run.taken).toEqual([1])
  pass(16_000)

  const expected = { recorded: 0, total: 3, missed: { storage: 3 } }
  expect(counts(run)).toEqual(expected)
  expect(run.told('recording/updated').at(-1)).toEqual({ isPaused: false, ...expected, seq: expect.any(Number) })
  expect(run.taken).toEqual([1, 3])
  expect(run.reports.length).toBeGreaterThan(3)

  run.take([...rest, ...begun.slice(7)])
  run.archive.limitPages(unlimited)
  run.take(post({ streamId: 'after', request: requestOf({ turnId: 't4' }) }))
  pass(20_000)
  expect(counts(run)).toEqual({ ...expected, recorded: 1, total: 4 })
  expect(stage.reader().recording()).toMatchObject({ ...expected, recorded: 1, total: 4 })
  expect(turnsOf('s1')).toEqual(['t1 cut: hello | Hi  | error cut', 't4 completed: hello | Hi there.'])
  expect(run.taken.at(-1)).toBe(5)
  expect(vi.getTimerCount()).toBe(0)
})

test('a stream whose exchange was given up is not counted again when it is dropped', () => {
  const run = stage.run()
  run.archive.limitPages(1)
  run.take([...post({ streamId: 'a' }).slice(0, 7), bigChunk('a')])
  pass(16_000)
  expect(counts(run)).toEqual({ recorded: 0, total: 1, missed: { storage: 1 } })
  run.take([{ type: 'dropped', streamId: 'a', reason: 'overflow' }])
  run.archive.limitPages(unlimited)
  expect(run.recorder.flush()).toBe(true)
  expect(counts(run)).toEqual({ recorded: 0, total: 1, missed: { storage: 1 } })
})

function lock() {
  const other = new DatabaseSync(archivePath(stage.dataDir))
  other.exec('BEGIN IMMEDIATE')
  return () => other.close()
}

test('while the database is locked everything waits, and nothing is lost when the lock goes away', () => {
  const run = stage.run()
  const unlock = lock()
  run.take(post({ streamId: 'a' }))
  run.take([{ type: 'lost', reason: 'unknownPath' }])
  vi.advanceTimersByTime(flushMs)
  run.take(post({ streamId: 'b', at: 2_000, request: requestOf({ turnId: 't2' }) }))
  // New events do not hurry it.
  vi.advanceTimersByTime(flushMs)
  expect(run.reports.map(String)).toEqual([expect.stringMatching(/locked/)])
  expect(run.taken).toEqual([])
  unlock()
  vi.advanceTimersByTime(250)
  expect(run.taken).toEqual([3])
  expect(counts(run)).toEqual({ recorded: 2, total: 3, missed: { unknownPath: 1 } })
  expect(turnsOf('s1')).toEqual(['t1 completed: hello | Hi there.', 't2 completed: hello | Hi there.'])
  expect(vi.getTimerCount()).toBe(0)
})

test('a turn that takes long to fold is shown less often, and stored all the same', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  const { now } = stage.clock
  // Each look at the clock takes a hundredth of a second: folding seems to be slow.
  Object.defineProperty(stage.clock, 'now', { get: () => (clock += 10), configurable: true })
  let clock = now
  run.take(events.slice(0, 6))
  run.recorder.flush()
  expect(turnsTold(run)).toHaveLength(1)
  run.take(events.slice(6, 7))
  run.recorder.flush()
  expect(turnsTold(run)).toEqual([])
  expect(run.archive.raw.read('a-1')).toHaveLength(6)
  clock += 1_000
  vi.advanceTimersByTime(flushMs)
  expect(turnsTold(run)).toEqual(['t1 live: hello | Hi '])
})

test.each([poison, refusal])('an exchange that nobody understands is recorded all the same (%s)', async (text) => {
  const run = stage.run()
  const request = requestOf({ sessionId: 's2', turnId: 't2', input: [userSays(text)] })
  for (const events of [post({ streamId: 'p', request }), post({ streamId: 'a' })]) {
    for (const event of events) {
      run.take([event])
      run.recorder.flush()
    }
  }
  expect(sessionIds()).toEqual(['s1'])
  expect(counts(run)).toEqual({ recorded: 2, total: 2, missed: {} })
  expect(new Set(run.reports.map(String))).toEqual(new Set(['Error: poisoned']))
  expect(vi.getTimerCount()).toBe(0)
  // It is shown once it is understood.
  await run.methods.handlers['archive/rederive']({})
  expect(sessionIds().toSorted()).toEqual(['s1', 's2'])
})

test('what the archive cannot take costs no other exchange', () => {
  const run = stage.run()
  const twice = post({ streamId: 'a' }).slice(0, 3)
  run.take(twice)
  run.recorder.flush()
  const nonsense = { type: 'launchEnded', id: {}, at: 1 } as unknown as Note
  run.take([...twice, nonsense, ...post({ streamId: 'b', request: requestOf({ turnId: 't2' }) })])
  run.recorder.flush()
  expect(run.reports.map(String)).toEqual([expect.stringContaining('UNIQUE'), expect.stringContaining('bound')])
  expect(counts(run)).toEqual({ recorded: 1, total: 2, missed: { storage: 1 } })
  expect(turnsOf('s1')).toContain('t2 completed: hello | Hi there.')
  expect(vi.getTimerCount()).toBe(0)
})
