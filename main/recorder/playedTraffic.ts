import type { HeaderList, TapEvent } from '../proxy/tap.ts'

/** Traffic as the tap tells of it, for tests. */

const encode = (text: string) => new TextEncoder().encode(text)

export interface PlayedRequest {
  sessionId?: string
  threadId?: string
  turnId?: string | null
  kind?: 'turn' | 'prewarm' | 'compaction'
  /** Codex's word for who started the thread. */
  source?: string
  parentThreadId?: string
  input?: object[]
  previousResponseId?: string
}

export const userSays = (text: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] })

export const toolAnswers = (callId: string, output: string) => ({
  type: 'function_call_output',
  call_id: callId,
  output,
})

export function requestOf(played: PlayedRequest = {}): Record<string, unknown> {
  const { sessionId = 's1', threadId = sessionId, turnId = 't1', kind = 'turn', source = 'user' } = played
  const ids = { session_id: sessionId, thread_id: threadId, ...(turnId === null ? {} : { turn_id: turnId }) }
  const { parentThreadId } = played
  return {
    model: 'gpt-6.1-sol',
    stream: true,
    ...(played.previousResponseId === undefined ? {} : { previous_response_id: played.previousResponseId }),
    input: played.input ?? [userSays('hello')],
    client_metadata: {
      ...ids,
      ...(parentThreadId === undefined
        ? {}
        : { 'x-codex-parent-thread-id': parentThreadId, 'x-openai-subagent': 'collab_spawn' }),
      'x-codex-turn-metadata': JSON.stringify({ ...ids, request_kind: kind, thread_source: source }),
    },
  }
}

const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 }

export const created = (responseId: string) => ({
  type: 'response.created',
  response: { id: responseId, model: 'gpt-6.1-sol', output: [] },
})

/** As chatgpt.com ends a response: without its output. */
export const completed = (responseId: string) => ({
  type: 'response.completed',
  response: { id: responseId, model: 'gpt-6.1-sol', status: 'completed', output: [], usage },
})

/** The events of a message that comes in these pieces. */
export function message(id: string, ...pieces: string[]): object[] {
  const head = { type: 'message', id, role: 'assistant' }
  const place = { item_id: id, output_index: 0, content_index: 0 }
  return [
    { type: 'response.output_item.added', output_index: 0, item: { ...head, content: [] } },
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: { ...head, content: [{ type: 'output_text', text: pieces.join('') }] },
    },
  ]
}

export function toolCall(callId: string): object[] {
  const item = { type: 'function_call', id: `fc-${callId}`, call_id: callId, name: 'look', arguments: '{"at":"a"}' }
  return [{ type: 'response.output_item.done', output_index: 0, item }]
}

export const answerOf = (responseId: string, text: string) => [
  created(responseId),
  ...message(`msg-${responseId}`, ...text.split(/(?<= )/)),
  completed(responseId),
]

export interface PlayedStream {
  streamId: string
  launchId?: string
  isPrivate?: boolean
  at?: number
  outcome?: Extract<TapEvent, { type: 'closed' }>['outcome']
}

export interface PlayedPost extends PlayedStream {
  request?: object
  /** One chunk each. */
  events?: object[]
}

/** One POST: opened, the request, its end, the answer's head, one chunk an event, closed. */
export function post(played: PlayedPost): TapEvent[] {
  const { streamId, at = 1_000, request = requestOf(), events = answerOf(`resp-${streamId}`, 'Hi there.') } = played
  const answerHeaders: HeaderList = [['content-type', 'text/event-stream']]
  const chunks = events.map(
    (event): TapEvent => ({
      type: 'responseChunk',
      streamId,
      at: at + 4,
      bytes: encode(`data: ${JSON.stringify(event)}\n\n`),
    }),
  )
  return [
    openedBy(played, 'http'),
    { type: 'requestChunk', streamId, at: at + 1, bytes: encode(JSON.stringify(request)) },
    { type: 'requestEnded', streamId, at: at + 2 },
    { type: 'answered', streamId, at: at + 3, httpStatus: 200, headers: answerHeaders },
    ...chunks,
    closed(played),
  ]
}

/** A WebSocket that was let in, before the first frame. */
export function socket(played: PlayedStream): TapEvent[] {
  const { streamId, at = 1_000 } = played
  return [openedBy(played, 'websocket'), { type: 'answered', streamId, at: at + 1, httpStatus: 101, headers: [] }]
}

export function clientFrame(streamId: string, message: object, at = 1_002): TapEvent {
  return { type: 'requestChunk', streamId, at, bytes: frame(JSON.stringify(message), true) }
}

export function serverFrame(streamId: string, message: object, at = 1_003): TapEvent {
  return { type: 'responseChunk', streamId, at, bytes: frame(JSON.stringify(message), false) }
}

export function createFrame(streamId: string, request: object, at?: number): TapEvent {
  return clientFrame(streamId, { type: 'response.create', ...request }, at)
}

export function closed({ streamId, at = 1_000, outcome = 'ended' }: PlayedStream): TapEvent {
  return { type: 'closed', streamId, at: at + 5, outcome }
}

function openedBy(
  { streamId, launchId = 'l1', isPrivate = false, at = 1_000 }: PlayedStream,
  protocol: 'http' | 'websocket',
): TapEvent {
  return {
    type: 'opened',
    streamId,
    at,
    launchId,
    isPrivate,
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    protocol,
    method: protocol === 'http' ? 'POST' : 'GET',
    path: '/v1/responses',
    headers: [['originator', 'codex_exec']],
  }
}

/** A text frame; a mask of zeros leaves the text as it is. */
function frame(text: string, isMasked: boolean): Uint8Array {
  const payload = Buffer.from(text)
  const size =
    payload.length < 126
      ? Buffer.from([payload.length])
      : payload.length < 65_536
        ? Buffer.from([126, payload.length >> 8, payload.length & 0xff])
        : Buffer.concat([Buffer.from([127, 0, 0, 0, 0]), uint32(payload.length)])
  if (isMasked) size[0] = (size[0] as number) | 0x80
  return Buffer.concat([Buffer.from([0x81]), size, Buffer.alloc(isMasked ? 4 : 0), payload])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
