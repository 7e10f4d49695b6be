import { Buffer } from 'node:buffer'
import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createRandom } from './random.ts'
import type { HeaderList, RawOutcome, RawPart } from './rawExchange.ts'
import { bytesOf, completed, created, frame, type Message, splitAnywhere } from './sampleTurn.ts'
import { createSplitter } from './splitter.ts'
import type { StreamEvent, StreamOpened } from './streamEvent.ts'

const place = {
  launchId: 'l1',
  streamId: 'x',
  upstream: 'chatgpt',
  accountMode: 'chatgpt',
  credential: 'codexLogin',
  path: '/v1/responses',
  headers: [['thread-id', 's1']] as HeaderList,
} as const
const opened = (protocol: StreamOpened['protocol']): StreamEvent => ({
  ...place,
  type: 'opened',
  at: 1,
  protocol,
  method: protocol === 'http' ? 'POST' : 'GET',
})
const answered = (httpStatus: number, headers: HeaderList = []): StreamEvent => ({
  type: 'answered',
  streamId: 'x',
  at: 2,
  httpStatus,
  headers,
})
const closed = (outcome: Exclude<RawOutcome, 'cut'>): StreamEvent => ({ type: 'closed', streamId: 'x', at: 9, outcome })
const asks = (bytes: Uint8Array | string, at = 3): StreamEvent => ({
  type: 'requestChunk',
  streamId: 'x',
  at,
  bytes: Buffer.from(bytes),
})
const answers = (bytes: Uint8Array | string, at = 4): StreamEvent => ({
  type: 'responseChunk',
  streamId: 'x',
  at,
  bytes: Buffer.from(bytes),
})
const clientFrame = (message: Message, at?: number) =>
  asks(frame(JSON.stringify(message), { mask: Uint8Array.from([1, 2, 3, 4]) }), at)
const serverFrame = (message: Message, at?: number) => answers(frame(JSON.stringify(message)), at)
const create = (more: Message = {}): Message => ({ type: 'response.create', ...more })

/** All parts, as short as can be; equal neighbours of bytes joined to one. */
function outline(events: StreamEvent[], endAt?: number): { parts: string[]; undecodable: number } {
  const splitter = createSplitter()
  const results = events.map((event) => splitter.push(event))
  if (endAt !== undefined) results.push(splitter.end(endAt))
  return {
    parts: results.flatMap(({ parts }) => parts).map(describePart),
    undecodable: results.filter(({ undecodable }) => undecodable).length,
  }
}

function describePart(part: RawPart): string {
  const { exchangeId } = part
  switch (part.type) {
    case 'started':
      return `${exchangeId} started at ${part.head.startedAt}, ${part.head.transport}`
    case 'answered':
      return `${exchangeId} answered at ${part.at}: ${part.httpStatus} ${JSON.stringify(part.headers)}`
    case 'request':
    case 'response':
      return `${exchangeId} ${part.type} at ${part.at}: ${Buffer.from(part.bytes).toString()}`
    case 'finished':
      return `${exchangeId} finished at ${part.at}: ${part.outcome}`
  }
}

describe('HTTP', () => {
  test('a request is one exchange, its bytes untouched', () => {
    const splitter = createSplitter()
    const packed = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 255])
    const parts = [
      opened('http'),
      asks(packed),
      { type: 'requestEnded', streamId: 'x', at: 3 } as const,
      answered(200, [['a', 'b']]),
      answers('data: '),
      answers('{}\n\n', 5),
      closed('ended'),
      closed('clientAborted'),
      answers('too late'),
    ].map((event) => splitter.push(event))
    expect(parts.every(({ undecodable }) => !undecodable)).toBe(true)
    const { streamId: _, ...rest } = place
    expect(parts.flatMap((result) => result.parts)).toEqual([
      {
        type: 'started',
        exchangeId: 'x-1',
        head: { ...rest, streamId: 'x', transport: 'json', method: 'POST', startedAt: 1 },
      },
      { type: 'request', exchangeId: 'x-1', at: 3, bytes: packed },
      { type: 'answered', exchangeId: 'x-1', at: 2, httpStatus: 200, headers: [['a', 'b']] },
      { type: 'response', exchangeId: 'x-1', at: 4, bytes: bytesOf('data: ') },
      { type: 'response', exchangeId: 'x-1', at: 5, bytes: bytesOf('{}\n\n') },
      { type: 'finished', exchangeId: 'x-1', at: 9, outcome: 'ended' },
    ])
  })

  test('a stream whose close is never told ends as cut, once', () => {
    expect(outline([opened('http'), asks('{')], 8).parts.at(-1)).toBe('x-1 finished at 8: cut')
    expect(outline([opened('http'), closed('unreachable')], 8).parts).toEqual([
      'x-1 started at 1, json',
      'x-1 finished at 9: unreachable',
    ])
  })
})

describe('a WebSocket', () => {
  const handshake = [opened('websocket'), answered(101, [['x-models-etag', 'e']])]

  test('has an exchange for each request: warming up, a turn, a tool result', () => {
    const events = [
      ...handshake,
      clientFrame(create({ generate: false })),
      serverFrame(created('r1')),
      serverFrame(completed({ id: 'r1' })),
      serverFrame({ type: 'codex.rate_limits' }),
      clientFrame(create({ input: ['turn'] }), 5),
      serverFrame(created('r2'), 6),
      serverFrame({ type: 'response.failed' }, 6),
      clientFrame(create({ input: ['tool'] }), 7),
      serverFrame({ type: 'error', status: 429 }, 8),
      closed('clientAborted'),
    ]
    const told = {
      parts: [
        'x-1 started at 3, websocket',
        `x-1 request at 3: {"type":"response.create","generate":false}\n`,
        'x-1 answered at 3: 101 [["x-models-etag","e"]]',
        `x-1 response at 4: ${JSON.stringify(created('r1'))}\n`,
        `x-1 response at 4: ${JSON.stringify(completed({ id: 'r1' }))}\n`,
        'x-1 finished at 4: ended',
        'x-2 started at 5, websocket',
        `x-2 request at 5: {"type":"response.create","input":["turn"]}\n`,
        'x-2 answered at 5: 101 []',
        `x-2 response at 6: ${JSON.stringify(created('r2'))}\n`,
        `x-2 response at 6: {"type":"response.failed"}\n`,
        'x-2 finished at 6: ended',
        'x-3 started at 7, websocket',
        `x-3 request at 7: {"type":"response.create","input":["tool"]}\n`,
        'x-3 answered at 7: 101 []',
        `x-3 response at 8: {"type":"error","status":429}\n`,
        'x-3 finished at 8: ended',
      ],
      undecodable: 0,
    }
    expect(outline(events)).toEqual(told)
    const random = createRandom(4)
    const inPieces = events.flatMap((event): StreamEvent[] =>
      'bytes' in event ? splitAnywhere(event.bytes, random, 9).map((bytes) => ({ ...event, bytes })) : [event],
    )
    expect(outline(inPieces)).toEqual(told)
  })

  test('packs its messages as both sides agreed', () => {
    const pack = (message: Message) => {
      const packed = deflateRawSync(JSON.stringify(message), { finishFlush: constants.Z_SYNC_FLUSH })
      return frame(packed.subarray(0, -4), { isCompressed: true })
    }
    const agreed: HeaderList = [['sec-websocket-extensions', 'permessage-deflate; server_no_context_takeover']]
    const events = [opened('websocket'), answered(101, agreed), asks(pack(create())), answers(pack({ type: 'error' }))]
    expect(outline(events).parts).toEqual([
      'x-1 started at 3, websocket',
      'x-1 request at 3: {"type":"response.create"}\n',
      `x-1 answered at 3: 101 ${JSON.stringify(agreed)}`,
      'x-1 response at 4: {"type":"error"}\n',
      'x-1 finished at 4: ended',
    ])
  })

  test('that asks codex to post instead is no exchange', () => {
    expect(outline([opened('websocket'), answered(426), answers('Use HTTP'), closed('ended')], 10)).toEqual({
      parts: [],
      undecodable: 0,
    })
  })

  test('that is refused is one exchange, with what the refusal says', () => {
    expect(
      outline([opened('websocket'), answered(401), answers('{"detail":'), answers('"No."}'), closed('ended')]),
    ).toEqual({
      parts: [
        'x-1 started at 1, websocket',
        'x-1 answered at 2: 401 []',
        'x-1 response at 4: {"detail":',
        'x-1 response at 4: "No."}',
        'x-1 finished at 9: ended',
      ],
      undecodable: 0,
    })
  })

  test.each([
    ['unreachable', ['x-1 started at 1, websocket', 'x-1 finished at 9: unreachable']],
    ['upstreamAborted', ['x-1 started at 1, websocket', 'x-1 finished at 9: upstreamAborted']],
    ['clientAborted', []],
  ] as const)('that never came to be (%s)', (outcome, parts) => {
    expect(outline([opened('websocket'), closed(outcome)])).toEqual({ parts, undecodable: 0 })
  })

  test('that nobody used is no exchange', () => {
    expect(outline([...handshake, answers(frame('?', { opcode: 9 })), closed('ended')])).toEqual({
      parts: [],
      undecodable: 0,
    })
  })

  test('what codex says while it is answered belongs to the request, pings to nobody', () => {
    const { parts } = outline([
      ...handshake,
      clientFrame({ type: 'response.processed' }),
      clientFrame(create()),
      answers(frame('ping', { opcode: 9 })),
      asks(frame('ping', { opcode: 10, mask: Uint8Array.from([9, 9, 9, 9]) })),
      clientFrame({ type: 'response.append' }, 5),
      serverFrame({ type: 'response.completed' }, 6),
      clientFrame({ type: 'response.processed' }, 7),
      serverFrame({ type: 'late' }, 8),
    ])
    expect(parts).toEqual([
      'x-1 started at 3, websocket',
      'x-1 request at 3: {"type":"response.create"}\n',
      'x-1 answered at 3: 101 [["x-models-etag","e"]]',
      'x-1 request at 5: {"type":"response.append"}\n',
      'x-1 response at 6: {"type":"response.completed"}\n',
      'x-1 finished at 6: ended',
    ])
  })

  test('a request before the last one was answered puts an end to that', () => {
    const { parts } = outline(
      [...handshake, clientFrame(create()), serverFrame(created()), clientFrame(create(), 5)],
      6,
    )
    expect(parts.slice(3)).toEqual([
      `x-1 response at 4: ${JSON.stringify(created())}\n`,
      'x-1 finished at 5: clientAborted',
      'x-2 started at 5, websocket',
      'x-2 request at 5: {"type":"response.create"}\n',
      'x-2 answered at 5: 101 []',
      'x-2 finished at 6: cut',
    ])
  })

  test('the type of a message may stand anywhere in it, and line feeds do not', () => {
    const { parts } = outline([
      ...handshake,
      asks(frame('{\n  "input": [],\n  "type": "response.create"\n}')),
      answers(frame('{"response":{},\n"type":"response.completed"}')),
    ])
    expect(parts).toEqual([
      'x-1 started at 3, websocket',
      'x-1 request at 3: {   "input": [],   "type": "response.create" }\n',
      'x-1 answered at 3: 101 [["x-models-etag","e"]]',
      'x-1 response at 4: {"response":{}, "type":"response.completed"}\n',
      'x-1 finished at 4: ended',
    ])
  })

  test.each([
    'response.completed',
    'response.done',
    'response.failed',
    'response.incomplete',
    'response.cancelled',
    'error',
  ])('%s is the last word', (type) => {
    expect(outline([...handshake, clientFrame(create()), serverFrame({ type })]).parts.at(-1)).toBe(
      'x-1 finished at 4: ended',
    )
  })

  test.each(['upstreamAborted', 'clientAborted'] as const)(
    'that closes in the moment of the last word has ended, whoever closes (%s)',
    (outcome) => {
      const close = frame(Uint8Array.from([3, 232]), { opcode: 8 })
      const lastBytes = Buffer.concat([frame(JSON.stringify(completed())), close])
      const { parts, undecodable } = outline([...handshake, clientFrame(create()), answers(lastBytes), closed(outcome)])
      expect({ last: parts.slice(3), undecodable }).toEqual({
        last: [`x-1 response at 4: ${JSON.stringify(completed())}\n`, 'x-1 finished at 4: ended'],
        undecodable: 0,
      })
    },
  )

  test('half a frame, then a close', () => {
    const half = frame(JSON.stringify(completed())).subarray(0, 30)
    const { parts, undecodable } = outline([
      ...handshake,
      clientFrame(create()),
      serverFrame(created()),
      answers(half),
      closed('upstreamAborted'),
    ])
    expect({ last: parts.slice(4), undecodable }).toEqual({
      last: ['x-1 finished at 9: upstreamAborted'],
      undecodable: 0,
    })
  })

  test.each([
    ['of the server', answers(frame('x', { reserved: 1 }), 5), ['x-1 finished at 5: cut']],
    ['of codex', asks(frame('x', { reserved: 1 }), 5), ['x-1 finished at 5: cut']],
  ])('bytes %s that cannot be read are told, and end what is open', (_name, nonsense, last) => {
    const events = [...handshake, clientFrame(create()), nonsense, clientFrame(create()), closed('ended')]
    const { parts, undecodable } = outline(events, 10)
    expect({ last: parts.slice(3), undecodable }).toEqual({ last, undecodable: 1 })
  })

  test('bytes that cannot be read outside of any exchange are told as well', () => {
    expect(outline([...handshake, asks(frame('x', { reserved: 1 }))])).toEqual({ parts: [], undecodable: 1 })
  })
})
