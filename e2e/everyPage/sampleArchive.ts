import { openArchive } from '../../main/archive/archive.ts'
import type { RawHead, RawPart } from '../../main/capture/rawExchange.ts'
import { readWorkingFolder } from '../../main/capture/readWorkingFolder.ts'
import type { ResponseItem } from '../../main/capture/reduced.ts'
import type { Server } from '../tapedeck.ts'
import { type Step, startedAt, steps } from './sampleConversations.ts'

/** Writes a few small conversations with fixed times. */
export function writeSample(dataDir: string): void {
  writeSteps(dataDir, steps)
}

/**
 * Writes exchanges as raw records, as codex sends and gets them. Before a server is started on `dataDir`; what is shown is derived
 * by `deriveSample`.
 */
export function writeSteps(dataDir: string, steps: Step[]): void {
  const archive = openArchive(dataDir)
  try {
    archive.transaction(() => {
      for (const { exchangeId, parts } of steps.map(record)) {
        archive.raw.append(exchangeId, parts)
        archive.ledger.add('recorded', 1)
        archive.ledger.add('total', 1)
      }
    })
  } finally {
    archive.close()
  }
}

/** Makes the read model of it, by the product's own derivation. */
export async function deriveSample(server: Server): Promise<void> {
  await server.call('archive/rederive', {})
}

const usualModel = 'gpt-6.1-sol'
const encoder = new TextEncoder()
const toLine = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`)

function record(step: Step, index: number): { exchangeId: string; parts: RawPart[] } {
  const exchangeId = `${step.sessionId}-stream-${index}`
  const at = startedAt + step.atS * 1000
  const parts: RawPart[] = [
    { type: 'started', exchangeId, head: headOf(step, exchangeId, at) },
    { type: 'request', exchangeId, at, bytes: toLine(requestOf(step)) },
    { type: 'answered', exchangeId, at: at + 5, httpStatus: 101, headers: [] },
    ...eventsOf(step, `resp-${index}`).map((event, place): RawPart => {
      return { type: 'response', exchangeId, at: at + 700 + place * 400, bytes: toLine(event) }
    }),
    { type: 'finished', exchangeId, at: at + 4000, outcome: 'ended' },
  ]
  return { exchangeId, parts }
}

function headOf({ sessionId, threadId = sessionId, headers = [] }: Step, streamId: string, at: number): RawHead {
  return {
    launchId: 'launch-sample',
    streamId,
    transport: 'websocket',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    method: 'GET',
    path: '/v1/responses',
    headers: [['user-agent', 'codex-tui/0.169.0'], ['session-id', sessionId], ['thread-id', threadId], ...headers],
    startedAt: at,
  }
}

function requestOf({ sessionId, threadId = sessionId, turnId, input, model = usualModel, request, metadata }: Step) {
  const ids = { session_id: sessionId, thread_id: threadId, turn_id: turnId }
  const told = { ...ids, request_kind: 'turn', thread_source: 'user', workspaces: workspacesOf(input), ...metadata }
  return {
    type: 'response.create',
    model,
    instructions: 'You are a coding agent that works in the user’s terminal.',
    stream: true,
    store: false,
    ...request,
    input,
    client_metadata: {
      ...ids,
      'x-codex-turn-metadata': JSON.stringify(told),
    },
  }
}

function workspacesOf(input: Step['input']) {
  const cwd = readWorkingFolder(input as ResponseItem[])
  return cwd === null ? {} : { [cwd]: { latest_git_commit_hash: '3f2a1c9e'.repeat(5), has_changes: false } }
}

function eventsOf({ output, error, tokens, model = usualModel }: Step, responseId: string): object[] {
  if (error) return [error]
  const usage = {
    input_tokens: tokens.input,
    input_tokens_details: { cached_tokens: tokens.cached },
    output_tokens: tokens.output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
    total_tokens: tokens.input + tokens.output,
  }
  return [
    {
      type: 'codex.rate_limits',
      plan_type: 'plus',
      rate_limits: { primary: { used_percent: 27, window_minutes: 300 } },
    },
    { type: 'response.created', response: { id: responseId, model, output: [] } },
    ...output.map((item, place) => ({ type: 'response.output_item.done', output_index: place, item })),
    {
      type: 'response.completed',
      response: { id: responseId, model, status: 'completed', output: [], usage },
    },
  ]
}
