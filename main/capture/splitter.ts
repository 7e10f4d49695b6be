import { Buffer } from 'node:buffer'
import { isTerminal, messageType } from './messageType.ts'
import type { HeaderList, RawOutcome, RawPart, SplitResult } from './rawExchange.ts'
import type { StreamEvent, StreamOpened } from './streamEvent.ts'
import { createMessageReader, type MessageReader, negotiatedDeflate } from './webSocketFrames.ts'

export interface Splitter {
  push(event: StreamEvent): SplitResult
  /** For a stream whose close will never be told: what is open then ends as cut. */
  end(at: number): SplitResult
}

/**
 * Turns what the proxy tells of one stream into exchanges. An HTTP request is one, its bytes untouched; a WebSocket has one for
 * each `response.create` up to its terminal event, and what is said outside of them (pings, acknowledgements) belongs to none.
 */
export function createSplitter(): Splitter {
  let inner: ReturnType<typeof splitHttp> | null = null
  return {
    push(event) {
      const parts: RawPart[] = []
      if (event.type === 'opened') {
        inner ??= event.protocol === 'http' ? splitHttp(event, parts) : splitWebSocket(event)
        return { parts, undecodable: false }
      }
      const undecodable = inner?.push(event, parts) ?? false
      return { parts, undecodable }
    },
    end(at) {
      const parts: RawPart[] = []
      inner?.finish(at, 'cut', parts)
      return { parts, undecodable: false }
    },
  }
}

type LaterEvent = Exclude<StreamEvent, StreamOpened>

function splitHttp(opened: StreamOpened, first: RawPart[]) {
  const exchangeId = `${opened.streamId}-1`
  let isOpen = true
  first.push(startOf(exchangeId, opened, 'json', opened.at))

  function finish(at: number, outcome: RawOutcome, parts: RawPart[]): void {
    if (isOpen) parts.push({ type: 'finished', exchangeId, at, outcome })
    isOpen = false
  }

  function push(event: LaterEvent, parts: RawPart[]): boolean {
    if (!isOpen) return false
    const { at } = event
    switch (event.type) {
      case 'requestChunk':
        parts.push({ type: 'request', exchangeId, at, bytes: event.bytes })
        break
      case 'answered':
        parts.push({ type: 'answered', exchangeId, at, httpStatus: event.httpStatus, headers: event.headers })
        break
      case 'responseChunk':
        parts.push({ type: 'response', exchangeId, at, bytes: event.bytes })
        break
      case 'closed':
        finish(at, event.outcome, parts)
        break
      case 'requestEnded':
        break
    }
    return false
  }

  return { push, finish }
}

function splitWebSocket(opened: StreamOpened) {
  let count = 0
  let openId: string | null = null
  let answered: { httpStatus: number; headers: HeaderList } | null = null
  let readers: { client: MessageReader; server: MessageReader } | null = null
  let isOver = false

  function start(at: number, parts: RawPart[]): string {
    openId = `${opened.streamId}-${++count}`
    parts.push(startOf(openId, opened, 'websocket', at))
    return openId
  }

  function finish(at: number, outcome: RawOutcome, parts: RawPart[]): void {
    if (openId) parts.push({ type: 'finished', exchangeId: openId, at, outcome })
    openId = null
  }

  function takeAnswer(event: Extract<StreamEvent, { type: 'answered' }>, parts: RawPart[]): void {
    answered = { httpStatus: event.httpStatus, headers: event.headers }
    if (event.httpStatus === 101) {
      const deflate = negotiatedDeflate(event.headers)
      readers = {
        client: createMessageReader(deflate && { takeover: deflate.clientTakeover }),
        server: createMessageReader(deflate && { takeover: deflate.serverTakeover }),
      }
      return
    }
    // 426 asks codex to come back over HTTP, which it does at once: nothing was asked of the model yet.
    if (event.httpStatus === 426) {
      isOver = true
      return
    }
    parts.push({ type: 'answered', exchangeId: start(opened.at, parts), at: event.at, ...answered })
  }

  function takeClientMessage(message: Uint8Array, at: number, parts: RawPart[]): void {
    if (messageType(message) === 'response.create') {
      finish(at, 'clientAborted', parts)
      const exchangeId = start(at, parts)
      parts.push({ type: 'request', exchangeId, at, bytes: toLine(message) })
      // The handshake's answer tells of the moment of the first request alone; later ones would inherit stale limits.
      parts.push({
        type: 'answered',
        exchangeId,
        at,
        httpStatus: 101,
        headers: count === 1 ? (answered?.headers ?? []) : [],
      })
    } else if (openId) {
      parts.push({ type: 'request', exchangeId: openId, at, bytes: toLine(message) })
    }
  }

  function takeServerMessage(message: Uint8Array, at: number, parts: RawPart[]): void {
    if (!openId) return
    parts.push({ type: 'response', exchangeId: openId, at, bytes: toLine(message) })
    if (isTerminal(messageType(message))) finish(at, 'ended', parts)
  }

  /** Whether the bytes could not be read. */
  function read(
    reader: MessageReader,
    take: typeof takeClientMessage,
    event: { at: number; bytes: Uint8Array },
    parts: RawPart[],
  ): boolean {
    const { messages, broken } = reader.push(event.bytes)
    for (const message of messages) take(message, event.at, parts)
    if (broken) {
      finish(event.at, 'cut', parts)
      isOver = true
    }
    return broken
  }

  function push(event: LaterEvent, parts: RawPart[]): boolean {
    if (isOver) return false
    switch (event.type) {
      case 'answered':
        takeAnswer(event, parts)
        return false
      case 'requestChunk':
        return readers ? read(readers.client, takeClientMessage, event, parts) : false
      case 'responseChunk':
        if (readers) return read(readers.server, takeServerMessage, event, parts)
        if (openId) parts.push({ type: 'response', exchangeId: openId, at: event.at, bytes: event.bytes })
        return false
      case 'closed':
        // Codex meant to ask something, and no upstream let it: that is worth an exchange of its own.
        if (!answered && event.outcome !== 'clientAborted') start(opened.at, parts)
        finish(event.at, event.outcome, parts)
        isOver = true
        return false
      case 'requestEnded':
        return false
    }
  }

  return { push, finish }
}

function startOf(
  exchangeId: string,
  opened: StreamOpened,
  transport: 'json' | 'websocket',
  startedAt: number,
): RawPart {
  const { launchId, streamId, upstream, accountMode, credential, method, path, headers } = opened
  const head = { launchId, streamId, transport, upstream, accountMode, credential, method, path, headers, startedAt }
  return { type: 'started', exchangeId, head }
}

/** One message a line: between the tokens of JSON a line feed is as good as a space, and inside of them it cannot stand. */
function toLine(message: Uint8Array): Uint8Array {
  const line = Buffer.alloc(message.length + 1, 0x0a)
  line.set(message)
  for (let at = line.indexOf(0x0a); at < message.length; at = line.indexOf(0x0a, at)) line[at] = 0x20
  return line
}
