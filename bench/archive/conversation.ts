import type { RawHead, RawPart } from '../../main/capture/rawExchange.ts'
import { createRandom, createWriter } from '../words.ts'

/** How conversations with a coding agent are shaped, roughly: most exchanges carry a tool's output back. */
const exchangesPerTurn = 5
export const turnsPerSession = 20
export const exchangesPerSession = exchangesPerTurn * turnsPerSession

/** Sessions lie this far apart, turns and exchanges accordingly closer: a million exchanges are some years of work. */
const sessionGapMs = 3 * 3600_000
const turnGapMs = 240_000
const exchangeGapMs = 20_000
const firstStartedAt = Date.UTC(2023, 0, 1)

/** A word that stands in the `n`-th session alone, in its first prompt. */
export const markerOf = (n: number) => `quokka${n}zebra`
/** People work on some twenty projects over the years. */
export const folderOf = (n: number) => `/home/me/project-${n % 20}`
export const sessionIdOf = (n: number) => `session-${String(n).padStart(7, '0')}`

export interface GeneratedExchange {
  id: string
  responseId: string
  startedAt: number
  parts: RawPart[]
}

/** One step of a turn in words: a tool call with what came of it, or the closing answer. */
export type Step = { callId: string; command: string; output: string } | { answer: string }

export interface GeneratedTurn {
  id: string
  sessionId: string
  cwd: string
  prompt: string
  steps: Step[]
  exchanges: GeneratedExchange[]
}

const encoder = new TextEncoder()
const toLine = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`)

/** All turns of the `n`-th session in order; the same for the same `n`, whatever came before. */
export function generateSession(n: number, turnCount = turnsPerSession): GeneratedTurn[] {
  const random = createRandom(n + 1)
  const writeText = createWriter(random)
  const write = (least: number, most: number) => writeText(Math.floor(least + random() ** 2 * (most - least)))
  const sessionId = sessionIdOf(n)
  const streamId = `stream-${n}`
  let previousResponseId: string | undefined

  return Array.from({ length: turnCount }, (_, turn): GeneratedTurn => {
    const id = `${sessionId}-turn-${turn}`
    const prompt = write(60, 700) + (turn === 0 ? ` ${markerOf(n)}` : '')
    const steps = Array.from({ length: exchangesPerTurn }, (_, step): Step => {
      if (step === exchangesPerTurn - 1) return { answer: write(300, 2500) }
      return { callId: `call_${n}_${turn}_${step}`, command: write(20, 160), output: write(80, 3000) }
    })
    const exchanges = steps.map((step, at): GeneratedExchange => {
      const index = turn * exchangesPerTurn + at
      const responseId = `resp_${n}_${index}`
      const startedAt = firstStartedAt + n * sessionGapMs + turn * turnGapMs + at * exchangeGapMs
      const before = steps[at - 1]
      const input = before && 'callId' in before ? toolOutput(before) : messageFrom('user', 'input_text', prompt)
      const parts = record(`${streamId}-${index}`, headOf(sessionId, streamId, startedAt), {
        request: requestOf(sessionId, id, previousResponseId, [input]),
        responseId,
        output: 'answer' in step ? messageFrom('assistant', 'output_text', step.answer) : toolCall(step),
      })
      previousResponseId = responseId
      return { id: `${streamId}-${index}`, responseId, startedAt, parts }
    })
    return { id, sessionId, cwd: folderOf(n), prompt, steps, exchanges }
  })
}

function messageFrom(role: string, type: string, text: string) {
  return { type: 'message', role, content: [{ type, text }] }
}

function toolCall({ callId, command }: { callId: string; command: string }) {
  return { type: 'function_call', name: 'exec_command', call_id: callId, arguments: JSON.stringify({ cmd: command }) }
}

function toolOutput({ callId, output }: { callId: string; output: string }) {
  return { type: 'function_call_output', call_id: callId, output }
}

function headOf(sessionId: string, streamId: string, startedAt: number): RawHead {
  return {
    launchId: 'launch-bench',
    streamId,
    transport: 'websocket',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    method: 'GET',
    path: '/v1/responses',
    headers: [
      ['user-agent', 'codex-tui/0.169.0'],
      ['originator', 'codex-tui'],
      ['session-id', sessionId],
      ['thread-id', sessionId],
    ],
    startedAt,
  }
}

function requestOf(sessionId: string, turnId: string, previousResponseId: string | undefined, input: unknown[]) {
  const ids = { session_id: sessionId, thread_id: sessionId, turn_id: turnId }
  return {
    type: 'response.create',
    model: 'gpt-6.1-sol',
    stream: true,
    previous_response_id: previousResponseId,
    input,
    store: false,
    prompt_cache_key: sessionId,
    client_metadata: {
      ...ids,
      'x-codex-turn-metadata': JSON.stringify({ ...ids, request_kind: 'turn', thread_source: 'user' }),
    },
  }
}

function record(
  exchangeId: string,
  head: RawHead,
  content: { request: unknown; responseId: string; output: unknown },
): RawPart[] {
  const { startedAt } = head
  const { responseId, output } = content
  const usage = { input_tokens: 40_000, output_tokens: 300, total_tokens: 40_300 }
  const events = [
    { type: 'response.created', response: { id: responseId, status: 'in_progress' } },
    { type: 'response.output_item.done', output_index: 0, item: output },
    { type: 'response.completed', response: { id: responseId, status: 'completed', output: [], usage } },
  ]
  return [
    { type: 'started', exchangeId, head },
    { type: 'request', exchangeId, at: startedAt, bytes: toLine(content.request) },
    { type: 'answered', exchangeId, at: startedAt + 5, httpStatus: 101, headers: [] },
    ...events.map((event, at): RawPart => {
      return { type: 'response', exchangeId, at: startedAt + 500 + at * 1000, bytes: toLine(event) }
    }),
    { type: 'finished', exchangeId, at: startedAt + 4000, outcome: 'ended' },
  ]
}
