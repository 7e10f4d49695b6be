import { Buffer } from 'node:buffer'
import type { HeaderList, RawHead, RawOutcome, RawPart } from './rawExchange.ts'
import type { ReducedExchange, ResponseItem } from './reduced.ts'
import { reduceExchange } from './reduceExchange.ts'

/** One answer of the model with an item of each usual kind, and what it takes to have it come over the wire in tests. */

export type Message = Record<string, unknown>

export const bytesOf = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

export const userSays = (text: string, more: Message = {}): ResponseItem => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
  ...more,
})

export const assistantSays = (text: string, id = 'msg_1'): ResponseItem => ({
  type: 'message',
  id,
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
})

/** How codex marks who an item comes from, and in which turn. */
export const marked = (turnId: string | null, ...kinds: string[]): Message => ({
  internal_chat_message_metadata_passthrough: {
    ...(turnId === null ? {} : { turn_id: turnId }),
    content_item_kinds: kinds,
  },
})

export const codexIds = { session_id: 's1', thread_id: 's1', turn_id: 't1' }

export const turnMetadata = (more: Message = {}): string =>
  JSON.stringify({
    ...codexIds,
    request_kind: 'turn',
    thread_source: 'user',
    workspaces: { '/home/ada/project': { has_changes: true } },
    ...more,
  })

/** A request as codex 0.169 makes it. */
export function requestOf(more: Message = {}, metadata: Message = {}): Message {
  return {
    model: 'gpt-6.1-sol',
    stream: true,
    input: [userSays('What is here?', marked('t1', 'user.text'))],
    client_metadata: { ...codexIds, 'x-codex-turn-metadata': turnMetadata(metadata) },
    ...more,
  }
}

export const usage = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 80 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 7 },
  total_tokens: 120,
}

export const reasoning: ResponseItem = {
  type: 'reasoning',
  id: 'rs_1',
  summary: [
    { type: 'summary_text', text: '**Looking** around' },
    { type: 'summary_text', text: 'With care – naïvely, 雪 and 🦉' },
  ],
  encrypted_content: 'gAAAA',
}
export const message = assistantSays('I look around: 雪 🦉 naïve.')
export const functionCall: ResponseItem = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'exec_command',
  arguments: '{"cmd":"ls -la"}',
}
export const customCall: ResponseItem = {
  type: 'custom_tool_call',
  id: 'ctc_1',
  call_id: 'call_2',
  name: 'exec',
  input: "text(await tools.exec_command({cmd: 'pwd'}))",
}
export const webSearch: ResponseItem = {
  type: 'web_search_call',
  id: 'ws_1',
  status: 'completed',
  action: { type: 'search', query: 'snowy owl' },
}
export const output: ResponseItem[] = [reasoning, message, functionCall, customCall, webSearch]

const response = { id: 'resp_1', object: 'response', model: 'gpt-6.1-sol-2026', service_tier: 'default' }

export const created = (id = 'resp_1'): Message => ({
  type: 'response.created',
  response: { ...response, id, status: 'in_progress', output: [], usage: null },
})

/** As chatgpt.com ends a response, without its output, unless some is given. */
export const completed = (more: Message = {}): Message => ({
  type: 'response.completed',
  response: { ...response, status: 'completed', output: [], usage, ...more },
})

export const added = (item: ResponseItem, index: number): Message => ({
  type: 'response.output_item.added',
  output_index: index,
  item,
})
export const done = (item: ResponseItem, index: number): Message => ({
  ...added(item, index),
  type: 'response.output_item.done',
})

/** The events of one item, its texts in pieces of a few letters. */
export function eventsOf(item: ResponseItem, index: number): Message[] {
  const place = { item_id: item.id, output_index: index }
  const inPieces = (type: string, text: unknown, more: Message = {}): Message[] =>
    (String(text).match(/[\s\S]{1,5}/gu) ?? []).map((delta) => ({
      type: `response.${type}.delta`,
      ...place,
      ...more,
      delta,
    }))
  const inBetween = (): Message[] => {
    switch (item.type) {
      case 'reasoning':
        return (item.summary as { text: string }[]).flatMap(({ text }, at) => [
          { type: 'response.reasoning_summary_part.added', ...place, summary_index: at },
          ...inPieces('reasoning_summary_text', text, { summary_index: at }),
          { type: 'response.reasoning_summary_text.done', ...place, summary_index: at, text },
        ])
      case 'message':
        return (item.content as { text: string }[]).flatMap(({ text }, at) => [
          { type: 'response.content_part.added', ...place, content_index: at },
          ...inPieces('output_text', text, { content_index: at }),
          { type: 'response.output_text.done', ...place, content_index: at, text },
        ])
      case 'function_call':
        return inPieces('function_call_arguments', item.arguments)
      case 'custom_tool_call':
        return inPieces('custom_tool_call_input', item.input)
      default:
        return [{ type: `response.${item.type}.searching`, ...place }]
    }
  }
  const head = { ...item, ...emptied[item.type] }
  return [added(head, index), ...inBetween(), done(item, index)]
}

const emptied: Record<string, Message> = {
  reasoning: { summary: [], encrypted_content: undefined },
  message: { content: [] },
  function_call: { arguments: '' },
  custom_tool_call: { input: '' },
  web_search_call: { status: 'in_progress' },
}

export const answerEvents: Message[] = [created(), ...output.flatMap(eventsOf), completed()]

/** What the API answers to who did not ask for a stream. */
export const wholeAnswer: Message = { ...response, status: 'completed', output, usage }

export const toSse = (events: Message[]): string =>
  events.map((event) => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`).join('')

export const limitHeaders: HeaderList = [
  ['x-codex-plan-type', 'plus'],
  ['x-codex-primary-used-percent', '27'],
  ['x-codex-primary-window-minutes', '300'],
  ['x-codex-primary-reset-at', '1800'],
]

export const limitEvent: Message = {
  type: 'codex.rate_limits',
  plan_type: 'plus',
  rate_limits: { allowed: true, primary: { used_percent: 27, window_minutes: 300, reset_at: 1800 }, secondary: null },
}

export const headOf = (more: Partial<RawHead> = {}): RawHead => ({
  launchId: 'l1',
  streamId: 'x',
  transport: 'json',
  upstream: 'chatgpt',
  accountMode: 'chatgpt',
  credential: 'codexLogin',
  method: 'POST',
  path: '/v1/responses',
  headers: [],
  startedAt: 1000,
  ...more,
})

export interface Recorded {
  id?: string
  head?: Partial<RawHead>
  request?: unknown
  /** Null: none came. */
  answer?: { httpStatus?: number; headers?: HeaderList; body?: unknown } | null
  /** Null while it goes on. */
  outcome?: RawOutcome | null
}

/** An HTTP exchange as it is recorded: the request at 1010, the head of the answer at 1020, its body at 1030, the end at 1050. */
export function httpParts(recorded: Recorded = {}): RawPart[] {
  const { id = 'x-1', head, request = requestOf(), answer = {}, outcome = 'ended' } = recorded
  const body = answer && ('body' in answer ? answer.body : toSse(answerEvents))
  return [
    { type: 'started', exchangeId: id, head: headOf(head) },
    { type: 'request', exchangeId: id, at: 1010, bytes: toBytes(request) },
    ...(answer ? [answered(id, answer.httpStatus ?? 200, answer.headers ?? [])] : []),
    ...(body === null || body === '' ? [] : [responsePart(id, 1030, toBytes(body))]),
    ...(outcome ? [finished(id, outcome)] : []),
  ]
}

/** An exchange of a WebSocket as the splitter makes it: each message a line. */
export function socketParts(
  recorded: Omit<Recorded, 'answer'> & { events?: Message[]; headers?: HeaderList } = {},
): RawPart[] {
  const { id = 'x-1', head, request = requestOf(), events = answerEvents, headers = [], outcome = 'ended' } = recorded
  const line = (message: unknown) => bytesOf(`${JSON.stringify(message)}\n`)
  return [
    { type: 'started', exchangeId: id, head: headOf({ transport: 'websocket', method: 'GET', ...head }) },
    { type: 'request', exchangeId: id, at: 1010, bytes: line({ type: 'response.create', ...(request as Message) }) },
    answered(id, 101, headers),
    ...events.map((event) => responsePart(id, 1030, line(event))),
    ...(outcome ? [finished(id, outcome)] : []),
  ]
}

const toBytes = (body: unknown): Buffer => (body instanceof Uint8Array ? Buffer.from(body) : bytesOf(body))
const answered = (exchangeId: string, httpStatus: number, headers: HeaderList): RawPart => ({
  type: 'answered',
  exchangeId,
  at: 1020,
  httpStatus,
  headers,
})
const responsePart = (exchangeId: string, at: number, bytes: Uint8Array): RawPart => ({
  type: 'response',
  exchangeId,
  at,
  bytes,
})
const finished = (exchangeId: string, outcome: RawOutcome): RawPart => ({
  type: 'finished',
  exchangeId,
  at: 1050,
  outcome,
})

export function reduce(parts: RawPart[]): ReducedExchange {
  const reduced = reduceExchange(parts)
  if (!reduced) throw new Error('There is nothing to reduce.')
  return reduced
}

/** The same bytes in other pieces, some of them empty. */
export function splitAnywhere(bytes: Uint8Array, random: (below: number) => number, longest = 40): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = random(longest + 1)
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}

/** The same exchange, its bodies in other pieces. */
export function splitParts(parts: RawPart[], random: (below: number) => number, longest?: number): RawPart[] {
  return parts.flatMap((part): RawPart[] =>
    part.type === 'request' || part.type === 'response'
      ? splitAnywhere(part.bytes, random, longest).map((bytes) => ({ ...part, bytes }))
      : [part],
  )
}

export interface FrameOptions {
  opcode?: number
  isFinal?: boolean
  isCompressed?: boolean
  reserved?: number
  mask?: Uint8Array
  /** Writes the length in so many bytes, even where fewer would do. */
  lengthBytes?: 0 | 2 | 8
  /** Says that it is as long as this, whatever follows. */
  length?: number
}

/** One frame of a WebSocket; with options that no honest side would choose. */
export function frame(payload: Uint8Array | string, options: FrameOptions = {}): Buffer {
  const { opcode = 1, isFinal = true, isCompressed = false, reserved = 0, mask } = options
  const body = Buffer.from(payload)
  const length = options.length ?? body.length
  const lengthBytes = options.lengthBytes ?? (length < 126 ? 0 : length < 65_536 ? 2 : 8)
  const head = Buffer.alloc(2 + lengthBytes)
  head[0] = (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | (reserved << 4) | opcode
  head[1] = (mask ? 0x80 : 0) | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127)
  if (lengthBytes === 2) head.writeUInt16BE(length, 2)
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(length), 2)
  if (!mask) return Buffer.concat([head, body])
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at % 4] as number))])
}
