import type { Status } from '../../contract/domain/exchange.ts'
import type { Limits } from '../../contract/domain/limits.ts'
import type { Usage } from '../../contract/domain/usage.ts'
import { maxDecodedBytes } from './decodeBody.ts'
import { type Failure, failureOf, readFailure } from './failure.ts'
import { asNumber, asObject, asText, type JsonObject } from './json.ts'
import { readLimitEvent, readLimitHeaders } from './limits.ts'
import { createOutputItems } from './outputItems.ts'
import type { RawHead, RawPart } from './rawExchange.ts'
import type { OutputItem } from './reduced.ts'
import { createHttpReader, createMessageLineReader, type ResponseListener } from './responseReader.ts'
import { readUsage } from './usage.ts'

/** All that an answer has told by now. */
export interface Answer {
  httpStatus: number | null
  /** It came as a stream of events, whatever its head announced. */
  isStream: boolean
  responseBytes: number
  firstAt: number | null
  /** How the model said that it ends; null while it has not. */
  terminal: { at: number; status: Status } | null
  failure: Failure | null
  /** It came as one JSON document. */
  hasWholeBody: boolean
  isTooLarge: boolean
  limits: Limits | null
  responseId: string | null
  model: string | null
  serviceTier: string | null
  usage: Usage | null
  output: OutputItem[]
  /** What of it could not be understood, as sentences. */
  notes: string[]
}

/** Reads the answer of an exchange as it comes: its head, then its bytes up to the end. */
export function createAnswerReader(head: RawHead) {
  const output = createOutputItems()
  const unknownEvents = new Map<string, number>()
  const problems: string[] = []
  let httpStatus: number | null = null
  let isStream = false
  let limits: Limits | null = null
  let responseBytes = 0
  let firstAt: number | null = null
  let terminal: Answer['terminal'] = null
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
      isStream = true
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

  return {
    answered(part: Extract<RawPart, { type: 'answered' }>): void {
      httpStatus = part.httpStatus
      limits = readLimitHeaders(part.headers, part.at) ?? limits
      // A handshake that is refused is answered as any request is.
      if (head.transport === 'websocket' && httpStatus !== 101) reader = createHttpReader(listener)
      reader.answered(part.headers)
    },
    heldBytes: () => responseBytes,
    push(bytes: Uint8Array, at: number): void {
      responseBytes += bytes.length
      firstAt ??= at
      reader.push(bytes, at)
    },
    end(at: number): void {
      reader.end(at)
    },
    value(): Answer {
      return {
        httpStatus,
        isStream,
        responseBytes,
        firstAt,
        terminal,
        failure,
        hasWholeBody,
        isTooLarge,
        limits,
        responseId,
        model,
        serviceTier,
        usage,
        output: output.list(),
        notes: [...problems, ...describeUnknown(unknownEvents)],
      }
    },
  }
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
