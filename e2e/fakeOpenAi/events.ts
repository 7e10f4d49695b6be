import { randomUUID } from 'node:crypto'
import type { AnswerItem, InputItem, Pace, PlayedAnswer, Tokens } from './scenario.ts'

export type ModelEvent = { type: string } & Record<string, unknown>

export interface Step {
  event: ModelEvent
  /** How long nothing comes before it. */
  delayMs: number
  /** What has to happen first. */
  after?: Promise<void>
}

export interface Played {
  responseId: string
  steps: Step[]
  /** What the model has said, as it belongs to the context of the next request. */
  output: InputItem[]
}

const shortId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`

/**
 * The events of one answer in the shape and order of the Responses API. The last one of chatgpt.com lists no output, the one
 * of the API does.
 */
export function playAnswer(
  answer: PlayedAnswer,
  request: { model: string; upstream: 'chatgpt' | 'openai'; previousResponseId?: string },
): Played {
  const responseId = shortId('resp')
  const base = {
    id: responseId,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    model: request.model,
    previous_response_id: request.previousResponseId ?? null,
    service_tier: 'default',
    store: false,
  }
  const running = { response: { ...base, status: 'in_progress', error: null, output: [], usage: null } }
  const steps = [atOnce({ type: 'response.created', ...running }), atOnce({ type: 'response.in_progress', ...running })]
  const output: InputItem[] = []
  let delayMs = 0
  for (const item of answer.items) {
    if (item.kind === 'wait') {
      delayMs += item.ms
      continue
    }
    const played = playItem(item, output.length, request.upstream)
    played.steps.forEach((step, at) => {
      steps.push(at === 0 ? { ...step, delayMs: step.delayMs + delayMs } : step)
    })
    output.push(played.item)
    delayMs = 0
  }
  steps.push({ event: endOf(answer, base, request.upstream === 'openai' ? output : []), delayMs })
  return {
    responseId,
    steps: steps.map((step, at) => ({
      ...step,
      event: { ...step.event, sequence_number: at },
      delayMs: step.delayMs + (at === 0 ? 0 : answer.paceMs),
    })),
    output,
  }
}

function endOf({ end, usage }: PlayedAnswer, base: object, output: InputItem[]): ModelEvent {
  if (end === 'completed') {
    const response = { ...base, status: 'completed', error: null, output, usage: countTokens(usage) }
    return { type: 'response.completed', response }
  }
  if ('failed' in end) {
    return { type: 'response.failed', response: { ...base, status: 'failed', output, error: end.failed, usage: null } }
  }
  const details = { incomplete_details: { reason: end.incomplete }, usage: countTokens(usage) }
  return { type: 'response.incomplete', response: { ...base, status: 'incomplete', error: null, output, ...details } }
}

function countTokens({ input, cached, output, reasoning }: Tokens) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
}

type Playable = Exclude<AnswerItem, { kind: 'wait' }>
type PlayedItem = { steps: Step[]; item: InputItem }

function playItem(item: Playable, index: number, upstream: 'chatgpt' | 'openai'): PlayedItem {
  switch (item.kind) {
    case 'say':
      return playMessage(item, index)
    case 'think':
      return playReasoning(item, index, sealOf(upstream))
    case 'call':
      return playCall(item, index)
    case 'custom':
      return playCustomCall(item, index)
    case 'raw': {
      const whole = { id: shortId('item'), ...item.item }
      return { item: whole, steps: [added(index, whole), done(index, whole)] }
    }
  }
}

function playMessage({ text, phase, ...pace }: Extract<Playable, { kind: 'say' }>, index: number): PlayedItem {
  const id = shortId('msg')
  const place = { item_id: id, output_index: index, content_index: 0 }
  const part = (content: string) => ({ type: 'output_text', text: content, annotations: [], logprobs: [] })
  const head = { type: 'message', id, role: 'assistant', ...(phase && { phase }) }
  const item = { ...head, status: 'completed', content: [part(text)] }
  return {
    item,
    steps: [
      added(index, { ...head, status: 'in_progress', content: [] }),
      atOnce({ type: 'response.content_part.added', ...place, part: part('') }),
      ...inPieces(text, pace, (delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
      atOnce({ type: 'response.output_text.done', ...place, text, logprobs: [] }),
      atOnce({ type: 'response.content_part.done', ...place, part: part(text) }),
      done(index, item),
    ],
  }
}

/** What only the account can read that a response was made for. */
export const sealOf = (upstream: 'chatgpt' | 'openai') => `gAAAA-only-for-the-model-of-${upstream}`

function playReasoning(
  { text, ...pace }: Extract<Playable, { kind: 'think' }>,
  index: number,
  seal: string,
): PlayedItem {
  const id = shortId('rs')
  const place = { item_id: id, output_index: index, summary_index: 0 }
  const part = (content: string) => ({ type: 'summary_text', text: content })
  const item = { type: 'reasoning', id, summary: [part(text)], encrypted_content: seal }
  return {
    item,
    steps: [
      added(index, { type: 'reasoning', id, summary: [] }),
      atOnce({ type: 'response.reasoning_summary_part.added', ...place, part: part('') }),
      ...inPieces(text, pace, (delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
      atOnce({ type: 'response.reasoning_summary_text.done', ...place, text }),
      atOnce({ type: 'response.reasoning_summary_part.done', ...place, part: part(text) }),
      done(index, item),
    ],
  }
}

function playCall({ name, namespace, input, ...pace }: Extract<Playable, { kind: 'call' }>, index: number): PlayedItem {
  const id = shortId('fc')
  const place = { item_id: id, output_index: index }
  const text = JSON.stringify(input)
  const head = { type: 'function_call', id, call_id: shortId('call'), name, ...(namespace && { namespace }) }
  const item = { ...head, arguments: text, status: 'completed' }
  return {
    item,
    steps: [
      added(index, { ...head, arguments: '', status: 'in_progress' }),
      ...inPieces(text, pace, (delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })),
      atOnce({ type: 'response.function_call_arguments.done', ...place, arguments: text }),
      done(index, item),
    ],
  }
}

function playCustomCall({ name, input, ...pace }: Extract<Playable, { kind: 'custom' }>, index: number): PlayedItem {
  const id = shortId('ctc')
  const place = { item_id: id, output_index: index }
  const head = { type: 'custom_tool_call', id, call_id: shortId('call'), name }
  const item = { ...head, input, status: 'completed' }
  return {
    item,
    steps: [
      added(index, { ...head, input: '', status: 'in_progress' }),
      ...inPieces(input, pace, (delta) => ({ type: 'response.custom_tool_call_input.delta', ...place, delta })),
      atOnce({ type: 'response.custom_tool_call_input.done', ...place, input }),
      done(index, item),
    ],
  }
}

const atOnce = (event: ModelEvent): Step => ({ event, delayMs: 0 })
const added = (index: number, item: InputItem) =>
  atOnce({ type: 'response.output_item.added', output_index: index, item })
const done = (index: number, item: InputItem) =>
  atOnce({ type: 'response.output_item.done', output_index: index, item })

/** Some words at a time, as a model speaks. */
function inPieces(
  text: string,
  { chunks, delayMs = 0, restAfter }: Pace,
  toEvent: (delta: string) => ModelEvent,
): Step[] {
  const pieces = chunks ?? text.match(/[\s\S]{1,24}(?=\s|$)|[\s\S]{1,24}/g) ?? []
  const half = Math.floor(pieces.length / 2)
  return pieces.map((piece, at) => ({
    event: toEvent(piece),
    delayMs,
    ...(restAfter && at === half && { after: restAfter }),
  }))
}
