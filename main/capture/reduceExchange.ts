import { Buffer } from 'node:buffer'
import type { Exchange, Status } from '../../contract/domain/exchange.ts'
import type { Limits } from '../../contract/domain/limits.ts'
import type { Usage } from '../../contract/domain/usage.ts'
import { decodeBody, maxDecodedBytes } from './decodeBody.ts'
import { type Failure, failureOf, readFailure, resetOf } from './failure.ts'
import { identify } from './identify.ts'
import { asArray, asNumber, asObject, asText, type JsonObject, parseJson } from './json.ts'
import { readLimitEvent, readLimitHeaders } from './limits.ts'
import { createOutputItems } from './outputItems.ts'
import type { RawHead, RawOutcome, RawPart } from './rawExchange.ts'
import { readCwd } from './readCwd.ts'
import type { ReducedExchange, ResponseItem } from './reduced.ts'
import { createHttpReader, createMessageLineReader, type ResponseListener } from './responseReader.ts'
import { readTitle } from './title.ts'
import { readUsage } from './usage.ts'

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
  const readRequest = createRequestReader(head)
  const output = createOutputItems()
  const unknownEvents = new Map<string, number>()
  const problems: string[] = []
  let transport = head.transport
  let httpStatus: number | null = null
  let limits: Limits | null = null
  let responseBytes = 0
  let firstAt: number | null = null
  let terminal: { at: number; status: Status } | null = null
  let finished: { at: number; outcome: RawOutcome } | null = null
  let hasWholeBody = false
  let isTooLarge = false
  let failure: Failure | null = null
  let responseId: string | null = null
  let model: string | null = null
  let serviceTier: string | null = null
  let usage: Usage | null = null

  const listener: ResponseListener = {
    event: takeEvent,
    body(body, at) {
      const response = asObject(body)
      hasWholeBody = response !== null
      const isFailure = httpStatus !== null && httpStatus >= 400
      if (isFailure) failure = readFailure(body, at)
      else if (response && Array.isArray(response.output)) takeEnd(response, endTypeOf(response), at)
    },
    streams() {
      if (transport === 'json') transport = 'sse'
    },
    problem(problem) {
      isTooLarge ||= problem === 'tooLarge'
      problems.push(
        problem === 'tooLarge'
          ? `The answer unfolds to more than ${maxDecodedBytes / 1024 / 1024} MiB and is kept, but not shown.`
          : 'The answer could not be unpacked; its bytes are kept.',
      )
    },
  }
  let reader = head.transport === 'websocket' ? createMessageLineReader(listener) : createHttpReader(listener)

  function takeEvent(event: JsonObject, at: number): void {
    if (output.take(event, at)) return
    const type = asText(event.type) ?? ''
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        takeResponse(asObject(event.response))
        return
      case 'response.completed':
      case 'response.done':
      case 'response.failed':
      case 'response.incomplete':
      case 'response.cancelled':
        takeEnd(asObject(event.response) ?? {}, type, at)
        return
      case 'error': {
        failure = readFailure(event, at) ?? failureOf('The server told of an error and not of which.')
        httpStatus = asNumber(event.status) ?? asNumber(event.status_code) ?? httpStatus
        terminal = { at, status: 'failed' }
        const headers = Object.entries(asObject(event.headers) ?? {}).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
        )
        limits = readLimitHeaders(headers, at) ?? limits
        return
      }
      case 'codex.rate_limits':
        limits = readLimitEvent(event, at) ?? limits
        return
      default:
        if (!isKnownProgress(type)) unknownEvents.set(type, (unknownEvents.get(type) ?? 0) + 1)
    }
  }

  function takeResponse(response: JsonObject | null): void {
    responseId = asText(response?.id) ?? responseId
    model = asText(response?.model) ?? model
    serviceTier = asText(response?.service_tier) ?? serviceTier
    usage = readUsage(response?.usage) ?? usage
  }

  function takeEnd(response: JsonObject, type: string, at: number): void {
    takeResponse(response)
    output.settle(response.output, at)
    switch (type) {
      case 'response.failed':
        failure = readFailure(response.error, at) ?? failureOf('The response failed; no reason was given.')
        terminal = { at, status: 'failed' }
        return
      case 'response.incomplete': {
        const reason = asText(asObject(response.incomplete_details)?.reason)
        failure = failureOf(`The answer is incomplete: ${reason ?? 'no reason was given'}.`, reason)
        terminal = { at, status: 'failed' }
        return
      }
      case 'response.cancelled':
        terminal = { at, status: 'aborted' }
        return
      default:
        terminal = { at, status: 'completed' }
    }
  }

  function push(part: RawPart): void {
    switch (part.type) {
      case 'started':
        return
      case 'request':
        readRequest.push(part.bytes)
        return
      case 'answered':
        httpStatus = part.httpStatus
        limits = readLimitHeaders(part.headers, part.at) ?? limits
        readRequest.answered()
        // A handshake that is refused is answered as any request is.
        if (head.transport === 'websocket' && httpStatus !== 101) reader = createHttpReader(listener)
        reader.answered(part.headers)
        return
      case 'response':
        responseBytes += part.bytes.length
        firstAt ??= part.at
        reader.push(part.bytes, part.at)
        return
      case 'finished':
        finished = { at: part.at, outcome: part.outcome }
        readRequest.end()
        reader.end(part.at)
    }
  }

  function statusAndFailure(isModelCall: boolean): { status: Status; failure: Failure | null } {
    if (terminal) return { status: terminal.status, failure: terminal.status === 'completed' ? null : failure }
    if (!finished) return { status: 'live', failure: null }
    if (httpStatus !== null && httpStatus >= 400) {
      return { status: 'failed', failure: failure ?? failureOf(`HTTP status ${httpStatus}`) }
    }
    switch (finished.outcome) {
      case 'unreachable':
        return { status: 'failed', failure: failureOf('OpenAI could not be reached.', 'unreachable') }
      case 'clientAborted':
        return { status: 'aborted', failure: null }
      case 'ended':
        // The model has to say that it is done, or to answer in one piece; any other answer is over when it ends.
        return { status: (isModelCall && !hasWholeBody) || isTooLarge ? 'cut' : 'completed', failure: null }
      case 'upstreamAborted':
      case 'cut':
        return { status: 'cut', failure: null }
    }
  }

  function value(): ReducedExchange {
    const { request, input, problem, bytes: requestBytes } = readRequest.value()
    const identity = identify(head, request)
    const isModelCall = identity.kind !== 'other'
    const { status, failure: told } = statusAndFailure(isModelCall)
    const limitResetsAt = told && resetOf(told, limits)
    const endedAt = terminal?.at ?? finished?.at ?? null
    const sessionId = identity.sessionId ?? identity.thread.id ?? `launch-${head.launchId}`
    const threadId = identity.thread.id ?? identity.sessionId
    const items = output.list()
    const usedModel = model ?? asText(request?.model)
    const exchange: Exchange = {
      id: exchangeId,
      // Who asks the model without naming a turn, as old versions do, asks one question at a time.
      turnId: identity.turnId ?? (identity.kind === 'turn' && request ? exchangeId : null),
      threadId,
      sessionId,
      kind: identity.kind,
      transport,
      upstream: head.upstream,
      accountMode: head.accountMode,
      // Recordings of older versions do not tell.
      credential: head.credential ?? null,
      method: head.method,
      path: head.path,
      status,
      httpStatus,
      errorCode: told?.code ?? null,
      errorMessage: told?.message ?? null,
      ...(limitResetsAt === null ? {} : { limitResetsAt }),
      startedAt: head.startedAt,
      firstEventMs: firstAt === null ? null : firstAt - head.startedAt,
      durationMs: endedAt === null ? null : endedAt - head.startedAt,
      requestBytes,
      responseBytes,
      responseId,
      previousResponseId: asText(request?.previous_response_id),
      model: usedModel,
      serviceTier,
      usage,
      limits,
      notes: [
        ...identity.notes,
        ...(problem === null ? [] : [problem]),
        ...(isModelCall && readRequest.isForeign() ? ['The request is not what codex sends; its bytes are kept.'] : []),
        ...problems,
        ...describeUnknown(unknownEvents),
      ],
    }
    return {
      exchange,
      launchId: head.launchId,
      streamId: head.streamId,
      thread: { ...identity.thread, id: threadId ?? sessionId, model: usedModel },
      threadSource: identity.threadSource,
      forkedFromThreadId: identity.forkedFromThreadId,
      cwd: identity.cwd ?? readCwd(input),
      git: identity.git,
      plan: limits?.planType ?? told?.plan ?? null,
      input,
      output: items,
      title: identity.kind === 'title' && status === 'completed' ? readTitle(items) : null,
    }
  }

  return { push, value, heldBytes: () => responseBytes + readRequest.heldBytes() }
}

interface ReadRequest {
  request: JsonObject | null
  input: ResponseItem[]
  problem: string | null
  /** How long its JSON is. */
  jsonBytes: number
}

const unread: ReadRequest = { request: null, input: [], problem: null, jsonBytes: 0 }

/** The request's JSON, parsed once when it is whole. */
function createRequestReader(head: RawHead) {
  const isSocket = head.transport === 'websocket'
  const announcedBytes = isSocket ? null : readContentLength(head)
  let pieces: Uint8Array[] = []
  let bytes = 0
  /** The first message of a socket is the request; what follows it is no part of it. */
  let hasWholeLine = false
  let isAnswered = false
  let isOver = false
  let parsed = { ...unread, ofBytes: 0 }

  const tooLarge = () => {
    const mebibytes = maxDecodedBytes / 1024 / 1024
    return `The request is larger than ${mebibytes} MiB once unpacked, and is kept, but not shown.`
  }

  function parse(): ReadRequest {
    if (bytes > maxDecodedBytes) return { ...unread, problem: tooLarge() }
    const whole = Buffer.concat(pieces)
    if (isSocket) {
      const end = whole.indexOf(0x0a)
      return read(whole.subarray(0, end < 0 ? whole.length : end), null)
    }
    const { bytes: decoded, problem } = decodeBody(whole, head.headers)
    if (problem === 'tooLarge') return { ...unread, problem: tooLarge() }
    return read(decoded, problem && 'The request could not be unpacked; its bytes are kept.')
  }

  function read(json: Buffer, problem: string | null): ReadRequest {
    const request = asObject(parseJson(json.toString('utf8')))
    const input = asArray(request?.input).filter((item) => asText(asObject(item)?.type) !== null) as ResponseItem[]
    return { request, input, problem, jsonBytes: json.length }
  }

  function isWorthParsing(): boolean {
    if (parsed.ofBytes === bytes || (hasWholeLine && parsed.ofBytes > 0)) return false
    if (isOver || isAnswered) return true
    return isSocket ? hasWholeLine : announcedBytes === null || bytes >= announcedBytes
  }

  return {
    push(piece: Uint8Array): void {
      bytes += piece.length
      if (hasWholeLine) return
      if (isSocket && piece.includes(0x0a)) {
        hasWholeLine = true
        parsed = { ...unread, ofBytes: 0 }
      }
      // What will not be read need not be held.
      if (bytes > maxDecodedBytes) pieces = []
      else pieces.push(piece)
    },
    answered(): void {
      isAnswered = true
    },
    end(): void {
      isOver = true
    },
    heldBytes: () => (bytes > maxDecodedBytes ? 0 : bytes) + parsed.jsonBytes,
    /** Whether it came whole and is still not to be understood. */
    isForeign(): boolean {
      const isWhole = isAnswered && bytes > 0 && bytes >= (announcedBytes ?? 0)
      return isWhole && parsed.request === null && parsed.problem === null
    },
    value() {
      if (isWorthParsing()) parsed = { ...parse(), ofBytes: bytes }
      return { ...parsed, bytes }
    },
  }
}

function readContentLength({ headers }: RawHead): number | null {
  const [, value] = headers.find(([name]) => name.toLowerCase() === 'content-length') ?? []
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null
}

function endTypeOf({ status }: JsonObject): string {
  return typeof status === 'string' ? `response.${status}` : 'response.completed'
}

/** Tells how far a hosted tool or an item's part is; what comes of it stands in the item. */
function isKnownProgress(type: string): boolean {
  return /^(response\.(content_part|reasoning_summary_part|output_text\.annotation|[a-z_]+_call|mcp_[a-z_]+|image_[a-z_]+|code_interpreter_[a-z_]+)\b|response\.metadata$|keepalive$|codex\.)/.test(
    type,
  )
}

function describeUnknown(events: Map<string, number>): string[] {
  if (events.size === 0) return []
  const counts = [...events].map(([type, count]) => `${type === '' ? 'without a type' : type} × ${count}`)
  return [`Events that are not known: ${counts.join(', ')}.`]
}
