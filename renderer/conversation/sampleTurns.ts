import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { noUsage, type Usage } from '../../contract/domain/usage.ts'

/** Turns for tests, of which only what the test is about is said. */

export function usageOf(inputTokens: number, cachedInputTokens = 0): Usage {
  return { ...noUsage, inputTokens, cachedInputTokens, totalTokens: inputTokens }
}

export function exchangeOf(
  id: string,
  {
    inputTokens = null,
    cachedTokens = 0,
    ...change
  }: Partial<Exchange> & { inputTokens?: number | null; cachedTokens?: number } = {},
): Exchange {
  return {
    id,
    turnId: null,
    threadId: null,
    sessionId: 'root',
    kind: 'turn',
    transport: 'sse',
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: null,
    method: 'POST',
    path: '/v1/responses',
    status: 'completed',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    startedAt: 0,
    firstEventMs: 1,
    durationMs: 2,
    requestBytes: 0,
    responseBytes: 0,
    responseId: null,
    previousResponseId: null,
    model: null,
    serviceTier: null,
    usage: inputTokens === null ? null : usageOf(inputTokens, cachedTokens),
    limits: null,
    notes: [],
    ...change,
  }
}

export function turnOf(id: string, exchanges: Exchange[], items: Item[] = [], change: Partial<Turn> = {}): Turn {
  return {
    id,
    threadId: 'root',
    sessionId: 'root',
    prompt: '',
    status: 'completed',
    startedAt: 0,
    endedAt: 1,
    model: null,
    usage: noUsage,
    items,
    exchanges,
    seq: 1,
    ...change,
  }
}

export function callOf(id: string, change: Partial<ToolCall> = {}): ToolCall {
  return {
    id,
    exchangeId: 'x',
    at: 0,
    type: 'toolCall',
    callId: id,
    name: 'exec_command',
    input: '{}',
    output: '',
    status: 'completed',
    durationMs: 1,
    exitCode: 0,
    commands: [],
    patch: null,
    ...change,
  }
}
