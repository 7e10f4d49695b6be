import type { Exchange } from '../../contract/domain/exchange.ts'
import { groupUsage } from '../../contract/domain/price.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { addUsage, noUsage, type Usage } from '../../contract/domain/usage.ts'
import type { SearchDocument } from '../../main/archive/searchIndex.ts'
import type { TurnSummary } from '../../main/capture/reduced.ts'
import { searchTexts } from '../../main/capture/searchTexts.ts'
import type { GeneratedExchange, GeneratedTurn } from './conversation.ts'

const model = 'gpt-6.1-sol'
const exchangeMs = 4000
const usage: Usage = { ...noUsage, inputTokens: 40_000, outputTokens: 300, totalTokens: 40_300 }

/** What derivation makes of a turn, made directly: a million exchanges would spend their time in it and not in the archive. */
export function deriveTurn(generated: GeneratedTurn, seq: number) {
  const { id, sessionId, prompt, steps } = generated
  const startedAt = generated.exchanges[0]?.startedAt ?? 0
  const lastStartedAt = generated.exchanges.at(-1)?.startedAt ?? startedAt
  const base = (at: number) => ({
    id: `${id}-item-${at}`,
    exchangeId: generated.exchanges[Math.max(0, at - 1)]?.id ?? '',
    at: startedAt + at,
  })
  const items: Item[] = [
    { ...base(0), type: 'userMessage', text: prompt, images: [] },
    ...steps.map((step, at): Item => {
      if ('answer' in step) return { ...base(at + 1), type: 'assistantMessage', text: step.answer }
      return {
        ...base(at + 1),
        type: 'toolCall',
        callId: step.callId,
        name: 'exec_command',
        input: JSON.stringify({ cmd: step.command }),
        output: step.output,
        status: 'completed',
        durationMs: 900,
        exitCode: 0,
        commands: [step.command],
        patch: null,
      }
    }),
  ]
  const shared = {
    id,
    threadId: sessionId,
    sessionId,
    prompt,
    status: 'completed' as const,
    startedAt,
    endedAt: lastStartedAt + exchangeMs,
    model,
    usage: generated.exchanges.reduce((sum) => addUsage(sum, usage), noUsage),
  }
  const turn: Turn = {
    ...shared,
    items,
    exchanges: generated.exchanges.map((exchange) => deriveExchange(exchange, generated)),
    seq,
  }
  const summary: TurnSummary = {
    ...shared,
    thread: { id: sessionId, parentThreadId: null, subagent: null, model },
    launchId: 'launch-bench',
    cwd: generated.cwd,
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    exchangeCount: generated.exchanges.length,
    usageGroups: groupUsage(turn.exchanges),
    hasEdits: false,
    hasErrors: false,
    errorMessage: null,
  }
  return { turn, summary, documents: items.flatMap(toDocuments) }
}

function toDocuments(item: Item): SearchDocument[] {
  const { id: itemId, type, at } = item
  const tool = item.type === 'toolCall' ? item.name : null
  return searchTexts(item).map((text) => ({ itemId, type, tool, at, ...text }))
}

function deriveExchange(
  { id, responseId, startedAt, parts }: GeneratedExchange,
  { id: turnId, sessionId }: GeneratedTurn,
): Exchange {
  const sizeOf = (type: 'request' | 'response') =>
    parts.reduce((sum, part) => (part.type === type ? sum + part.bytes.length : sum), 0)
  return {
    id,
    turnId,
    threadId: sessionId,
    sessionId,
    kind: 'turn',
    transport: 'websocket',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    method: 'GET',
    path: '/v1/responses',
    status: 'completed',
    httpStatus: 101,
    errorCode: null,
    errorMessage: null,
    startedAt,
    firstEventMs: 500,
    durationMs: exchangeMs,
    requestBytes: sizeOf('request'),
    responseBytes: sizeOf('response'),
    responseId,
    previousResponseId: null,
    model,
    serviceTier: null,
    usage,
    limits: null,
    notes: [],
  }
}

export function deriveSession(turns: Turn[], cwd: string, seq: number): Session {
  const first = turns[0] as Turn
  const last = turns.at(-1) as Turn
  return {
    id: first.sessionId,
    title: first.prompt.slice(0, 80),
    cwd,
    startedAt: first.startedAt,
    updatedAt: last.endedAt ?? last.startedAt,
    status: 'completed',
    model,
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    turnCount: turns.length,
    exchangeCount: turns.reduce((sum, turn) => sum + turn.exchanges.length, 0),
    usage: turns.reduce((sum, turn) => addUsage(sum, turn.usage), noUsage),
    apiEquivalentUsd: null,
    durationMs: 0,
    hasEdits: false,
    hasErrors: false,
    isStarred: false,
    tags: [],
    note: '',
    errorMessage: null,
    threads: [{ id: first.sessionId, parentThreadId: null, subagent: null, model }],
    seq,
  }
}
