import type { Exchange } from '../../contract/domain/exchange.ts'
import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import { noUsage, type Usage } from '../../contract/domain/usage.ts'

/** Turns for tests. */

export function sampleExchange(id: string, more: Partial<Exchange> = {}): Exchange {
  return {
    id,
    turnId: 't1',
    threadId: 's1',
    sessionId: 's1',
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
    startedAt: 1_000,
    firstEventMs: 100,
    durationMs: 1_000,
    requestBytes: 10,
    responseBytes: 10,
    responseId: `r-${id}`,
    previousResponseId: null,
    model: 'm',
    serviceTier: null,
    usage: null,
    limits: null,
    notes: [],
    ...more,
  }
}

export function sampleTurn(more: Partial<Turn> = {}): Turn {
  return {
    id: 't1',
    threadId: 's1',
    sessionId: 's1',
    prompt: 'Look',
    status: 'completed',
    startedAt: 1_000,
    endedAt: 11_000,
    model: 'm',
    usage: noUsage,
    items: [],
    exchanges: [],
    seq: 1,
    ...more,
  }
}

export function sampleCall(at: number, durationMs: number | null, status: ToolCall['status'] = 'completed'): ToolCall {
  return {
    id: `call ${at}`,
    exchangeId: 'a',
    at,
    type: 'toolCall',
    callId: `c${at}`,
    name: 'exec',
    input: '',
    output: null,
    status,
    durationMs,
    exitCode: null,
    commands: [],
    patch: null,
  }
}

export function sampleUsage(inputTokens: number, cachedInputTokens: number, outputTokens: number): Usage {
  return { inputTokens, cachedInputTokens, outputTokens, reasoningTokens: 0, totalTokens: inputTokens + outputTokens }
}
