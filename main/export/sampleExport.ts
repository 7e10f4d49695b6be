import type { Exchange } from '../../contract/domain/exchange.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import type { ExportedExchange, Format } from './format.ts'
import type { Masker } from './mask.ts'

/** For tests: a session that can hold any text in each of its places. */

const usage = { inputTokens: 100, cachedInputTokens: 0, outputTokens: 10, reasoningTokens: 0, totalTokens: 110 }

export function sessionWith(text: string): Session {
  return sampleSession('s1', {
    title: text,
    cwd: text,
    goesOnIn: text,
    startedAt: 1_000,
    updatedAt: 61_000,
    model: 'gpt-6.1-sol',
    accountMode: 'chatgpt',
    usage,
    durationMs: 48_000,
    hasEdits: true,
    errorMessage: text,
    tags: [text],
    note: text,
  })
}

export function turnWith(text: string): Turn {
  const base = { exchangeId: 'x-1', at: 1_000 }
  const call = { ...base, type: 'toolCall', status: 'completed', durationMs: 200, exitCode: 0 } as const
  const items: Item[] = [
    { ...base, id: 'i1', type: 'userMessage', text, images: [] },
    { ...base, id: 'i2', type: 'reasoning', text, encrypted: false },
    { ...call, id: 'i3', callId: 'c1', name: 'exec_command', input: text, output: text, commands: [text], patch: null },
    { ...call, id: 'i4', callId: 'c2', name: 'apply_patch', input: text, output: null, commands: [], patch: text },
    { ...call, id: 'i5', callId: 'c3', name: 'look', input: text, output: text, commands: [], patch: null },
    { ...base, id: 'i6', type: 'assistantMessage', text },
    { ...base, id: 'i7', type: 'compaction', text },
    { ...base, id: 'i8', type: 'error', code: 'broken', message: text },
    { ...base, id: 'i9', type: 'unknown', label: 'new_thing', raw: { said: text, nested: [text] } },
  ]
  return {
    id: 't1',
    threadId: 's1',
    sessionId: 's1',
    prompt: text,
    status: 'completed',
    startedAt: 1_000,
    endedAt: 49_000,
    model: 'gpt-6.1-sol',
    usage,
    items,
    exchanges: [exchangeWith(text)],
    seq: 1,
  }
}

function exchangeWith(text: string, more: Partial<Exchange> = {}): Exchange {
  return {
    id: 'x-1',
    turnId: 't1',
    threadId: 's1',
    sessionId: 's1',
    kind: 'turn',
    transport: 'sse',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: null,
    method: 'POST',
    path: '/v1/responses?a=1',
    status: 'completed',
    httpStatus: 200,
    errorCode: null,
    errorMessage: text,
    startedAt: 1_000,
    firstEventMs: 300,
    durationMs: 4_000,
    requestBytes: 10,
    responseBytes: 20,
    responseId: 'r1',
    previousResponseId: null,
    model: 'gpt-6.1-sol',
    serviceTier: null,
    usage,
    limits: null,
    notes: [],
    ...more,
  }
}

/** The events of an answer that comes letter by letter, so that no event holds a secret as a whole. */
export function eventsWith(text: string): Record<string, unknown>[] {
  const pieces = text.match(/[\s\S]{1,3}/g) ?? []
  const place = { item_id: 'm1', output_index: 0, content_index: 0 }
  return [
    { type: 'response.created', response: { id: 'r1' } },
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    { type: 'response.completed', response: { id: 'r1', output: [{ type: 'message', content: [{ text }] }] } },
  ]
}

function sseWith(text: string): ExportedExchange {
  return {
    exchange: exchangeWith(text),
    streamId: 'x',
    requestHeaders: [['content-type', 'application/json']],
    responseHeaders: [
      ['content-type', 'text/event-stream'],
      ['x-said', text.replaceAll('\n', ' ')],
    ],
    requestText: JSON.stringify({
      model: 'm',
      instructions: text,
      input: [{ arguments: JSON.stringify({ cmd: text }) }],
    }),
    responseText: eventsWith(text)
      .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(''),
    messages: null,
  }
}

function webSocketWith(text: string): ExportedExchange {
  const received = eventsWith(text).map((event, n) => ({
    type: 'receive' as const,
    at: 1_300 + n,
    text: JSON.stringify(event),
  }))
  const sent = { type: 'send' as const, at: 1_001, text: JSON.stringify({ type: 'response.create', input: [text] }) }
  return {
    exchange: exchangeWith(text, { transport: 'websocket', method: 'GET', path: '/v1/responses', httpStatus: 101 }),
    streamId: 'w',
    requestHeaders: [],
    responseHeaders: [],
    requestText: '',
    responseText: '',
    messages: [sent, ...received],
  }
}

/** The whole file of one session. */
export function write({ begin, beginSession, parts, endSession, end }: Format, text: string, masker: Masker): string {
  const session = sessionWith(text)
  const written =
    parts.of === 'turns'
      ? parts.part(turnWith(text), 1, masker)
      : parts.part(sseWith(text), true, masker) + parts.part(webSocketWith(text), false, masker)
  return `${begin([session], masker)}${beginSession(session, masker, ['gpt-6.1-sol', 'gpt-6.1-terra'])}${written}${endSession()}${end()}`
}
