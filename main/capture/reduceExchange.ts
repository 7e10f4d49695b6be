import type { Exchange } from '../../contract/domain/exchange.ts'
import { createAnswerReader } from './answerReader.ts'
import { endingOf } from './endingOf.ts'
import { resetOf } from './failure.ts'
import { identify } from './identify.ts'
import { asText } from './json.ts'
import type { RawHead, RawOutcome, RawPart } from './rawExchange.ts'
import { readWorkingFolder } from './readWorkingFolder.ts'
import type { ReducedExchange } from './reduced.ts'
import { createRequestReader } from './requestReader.ts'
import { readTitle } from './title.ts'

export interface ExchangeReducer {
  push(part: RawPart): void
  /** All that is known by now. Costs about what changed since the last time. */
  value(): ReducedExchange
  /** About what it keeps in memory of what it was given: bytes, and once more what they unfold to. */
  heldBytes(): number
}

/** The parts of one exchange as they were recorded, `started` first; null when there is none. */
export function reduceExchange(parts: RawPart[]): ReducedExchange | null {
  const first = parts[0]
  if (first?.type !== 'started') return null
  const reducer = createExchangeReducer(first.exchangeId, first.head)
  for (const part of parts) reducer.push(part)
  return reducer.value()
}

/** Live and replayed exchanges come through here, so that both show the same. */
export function createExchangeReducer(exchangeId: string, head: RawHead): ExchangeReducer {
  const requestReader = createRequestReader(head)
  const answerReader = createAnswerReader(head)
  let finished: { at: number; outcome: RawOutcome } | null = null

  function push(part: RawPart): void {
    switch (part.type) {
      case 'started':
        return
      case 'request':
        requestReader.push(part.bytes)
        return
      case 'answered':
        requestReader.answered()
        answerReader.answered(part)
        return
      case 'response':
        answerReader.push(part.bytes, part.at)
        return
      case 'finished':
        finished = { at: part.at, outcome: part.outcome }
        requestReader.end()
        answerReader.end(part.at)
    }
  }

  function value(): ReducedExchange {
    const { request, input, problem, bytes: requestBytes } = requestReader.value()
    const answer = answerReader.value()
    const { terminal, firstAt, limits, usage } = answer
    const identity = identify(head, request)
    const isModelCall = identity.kind !== 'other'
    const { status, failure: told } = endingOf(answer, finished?.outcome ?? null, isModelCall)
    const limitResetsAt = told && resetOf(told, limits)
    const endedAt = terminal?.at ?? finished?.at ?? null
    const sessionId = identity.sessionId ?? identity.thread.id ?? `launch-${head.launchId}`
    const threadId = identity.thread.id ?? identity.sessionId
    const usedModel = answer.model ?? asText(request?.model)
    const workingFolder = readWorkingFolder(input)
    const exchange: Exchange = {
      id: exchangeId,
      // Who asks the model without naming a turn, as old versions do, asks one question at a time.
      turnId: identity.turnId ?? (identity.kind === 'turn' && request ? exchangeId : null),
      threadId,
      sessionId,
      kind: identity.kind,
      transport: head.transport === 'json' && answer.isStream ? 'sse' : head.transport,
      upstream: head.upstream,
      accountMode: head.accountMode,
      // Recordings of older versions do not tell.
      credential: head.credential ?? null,
      method: head.method,
      path: head.path,
      status,
      httpStatus: answer.httpStatus,
      errorCode: told?.code ?? null,
      errorMessage: told?.message ?? null,
      ...(limitResetsAt === null ? {} : { limitResetsAt }),
      startedAt: head.startedAt,
      firstEventMs: firstAt === null ? null : firstAt - head.startedAt,
      durationMs: endedAt === null ? null : endedAt - head.startedAt,
      requestBytes,
      responseBytes: answer.responseBytes,
      responseId: answer.responseId,
      previousResponseId: asText(request?.previous_response_id),
      model: usedModel,
      serviceTier: answer.serviceTier,
      usage,
      limits,
      notes: [
        ...identity.notes,
        ...(problem === null ? [] : [problem]),
        ...(isModelCall && requestReader.isForeign()
          ? ['The request is not what codex sends; its bytes are kept.']
          : []),
        ...answer.notes,
      ],
    }
    return {
      exchange,
      launchId: head.launchId,
      streamId: head.streamId,
      thread: { ...identity.thread, id: threadId ?? sessionId, model: usedModel },
      threadSource: identity.threadSource,
      forkedFromThreadId: identity.forkedFromThreadId,
      cwd: identity.cwd ?? workingFolder,
      workingFolder,
      git: identity.git,
      plan: limits?.planType ?? told?.plan ?? null,
      input,
      output: answer.output,
      title: identity.kind === 'title' && status === 'completed' ? readTitle(answer.output) : null,
    }
  }

  return { push, value, heldBytes: () => answerReader.heldBytes() + requestReader.heldBytes() }
}
