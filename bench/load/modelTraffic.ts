import { createRandom, createWriter } from '../words.ts'

/** Turns in a row that belong to one session, so that no session grows as none does in life. */
const turnsPerSession = 20

export const apiKey = 'sk-bench-0123456789'

const writeText = createWriter(createRandom(7))
const paddingOfSize = new Map<number, string>()

function padding(length: number): string {
  let text = paddingOfSize.get(length)
  if (text === undefined) {
    text = JSON.stringify(writeText(length)).slice(1, -1)
    paddingOfSize.set(length, text)
  }
  return text
}

export interface Ids {
  sessionId: string
  turnId: string
}

/** Ids of the `n`-th exchange of a run, which `run` keeps apart from those of others. */
export function idsOf(run: string, n: number): Ids {
  return { sessionId: `${run}-s${Math.floor(n / turnsPerSession)}`, turnId: `${run}-t${n}` }
}

export function headersOf(ids: Ids, extra: Record<string, string> = {}): Record<string, string> {
  return {
    'user-agent': 'codex_exec/0.169.0 (bench)',
    originator: 'codex_exec',
    authorization: `Bearer ${apiKey}`,
    'session-id': ids.sessionId,
    'thread-id': ids.sessionId,
    ...extra,
  }
}

/** A request of the Responses API as codex makes it, about `sizeBytes` long. */
export function requestOf(ids: Ids, sizeBytes: number, extra: Record<string, unknown> = {}): string {
  const turnMetadata = JSON.stringify({
    session_id: ids.sessionId,
    thread_id: ids.sessionId,
    turn_id: ids.turnId,
    request_kind: 'turn',
    thread_source: 'user',
  })
  const request = {
    ...extra,
    model: 'gpt-6.1-sol',
    stream: true,
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'PADDING' }] }],
    store: false,
    prompt_cache_key: ids.sessionId,
    client_metadata: {
      session_id: ids.sessionId,
      thread_id: ids.sessionId,
      turn_id: ids.turnId,
      'x-codex-turn-metadata': turnMetadata,
    },
  }
  const frame = JSON.stringify(request)
  return frame.replace('PADDING', () => padding(Math.max(1, sizeBytes - frame.length)))
}

const usage = {
  input_tokens: 50_000,
  input_tokens_details: { cached_tokens: 48_000 },
  output_tokens: 200,
  output_tokens_details: { reasoning_tokens: 20 },
  total_tokens: 50_200,
}

/** One server event as its JSON text; `text` fills it up. */
export function deltaEvent(responseId: string, text: string, sentNs?: bigint): string {
  return JSON.stringify({
    type: 'response.output_text.delta',
    item_id: `msg_${responseId}`,
    output_index: 0,
    content_index: 0,
    delta: text,
    ...(sentNs !== undefined && { sent_ns: String(sentNs) }),
  })
}

export function createdEvent(responseId: string): string {
  return JSON.stringify({ type: 'response.created', response: { id: responseId, status: 'in_progress' } })
}

function messageOf(responseId: string, text: string) {
  return { type: 'message', id: `msg_${responseId}`, role: 'assistant', content: [{ type: 'output_text', text }] }
}

export function itemDoneEvent(responseId: string, text: string): string {
  return JSON.stringify({ type: 'response.output_item.done', output_index: 0, item: messageOf(responseId, text) })
}

export function completedEvent(responseId: string): string {
  return JSON.stringify({
    type: 'response.completed',
    response: { id: responseId, status: 'completed', output: [], usage },
  })
}

/** A whole answer at once, about `sizeBytes` long. */
export function oneShotAnswer(responseId: string, sizeBytes: number): string {
  const answer = {
    id: responseId,
    object: 'response',
    status: 'completed',
    output: [messageOf(responseId, 'PADDING')],
    usage,
  }
  const frame = JSON.stringify(answer)
  return frame.replace('PADDING', () => padding(Math.max(1, sizeBytes - frame.length)))
}

/** A terminal WebSocket event, about `sizeBytes` long. */
export function completedFrame(responseId: string, sizeBytes: number): string {
  return JSON.stringify({
    type: 'response.completed',
    response: { id: responseId, status: 'completed', output: [messageOf(responseId, padding(sizeBytes - 420))], usage },
  })
}
