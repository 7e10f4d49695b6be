import { Buffer } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'
import { type DecodedBody, decodeBody, maxDecodedBytes } from './decodeBody.ts'
import { type JsonObject, parseJson, parseObject } from './json.ts'
import type { HeaderList } from './rawExchange.ts'

export interface ResponseListener {
  event(event: JsonObject, at: number): void
  /** A body that is no stream: what its JSON says, or its text when it is none. Told at the end. */
  body(body: unknown, at: number): void
  /** The body streams after all. */
  streams(): void
  problem(problem: NonNullable<DecodedBody['problem']>): void
}

export interface ResponseReader {
  answered(headers: HeaderList): void
  push(bytes: Uint8Array, at: number): void
  end(at: number): void
}

/** One JSON message a line, as the splitter writes them. */
export function createMessageLineReader({
  event,
  problem,
}: Pick<ResponseListener, 'event' | 'problem'>): ResponseReader {
  let rest = ''
  const decoder = new StringDecoder('utf8')
  const admit = createLimiter(problem)
  const take = (line: string, at: number) => {
    const message = parseObject(line)
    if (message) event(message, at)
  }
  return {
    answered() {},
    push(bytes, at) {
      const text = decoder.write(admit(bytes))
      if (!text.includes('\n')) {
        rest += text
        return
      }
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') take(line, at)
    },
    end(at) {
      if (rest !== '') take(rest, at)
      rest = ''
    },
  }
}

/**
 * An HTTP answer of any kind. Server-sent events are told while they arrive, whether or not a Content-Type announces them;
 * everything else, and what is packed, is told when the answer is over.
 */
export function createHttpReader(listener: ResponseListener): ResponseReader {
  let headers: HeaderList = []
  let kind: 'unknown' | 'sse' | 'whole' = 'unknown'
  let pieces: Buffer[] = []
  let eventAt = 0
  const decoder = new StringDecoder('utf8')
  const admit = createLimiter(listener.problem)
  const unifyLineEnds = createLineEndUnifier()

  const parser = createParser({
    onEvent({ data }) {
      const event = parseObject(data)
      if (event) listener.event(event, eventAt)
    },
  })

  function beginStream(at: number): void {
    kind = 'sse'
    listener.streams()
    const start = Buffer.concat(pieces)
    pieces = []
    feed(start.subarray(byteOrderMarkLength(start)), at)
  }

  function feed(bytes: Buffer, at: number): void {
    eventAt = at
    parser.feed(unifyLineEnds(decoder.write(admit(bytes))))
  }

  function endStream(at: number): void {
    eventAt = at
    // An event counts with the empty line after it, and the last one's may be what the connection lost.
    parser.feed(`${decoder.end()}\n\n`)
  }

  function endWhole(at: number): void {
    const { bytes, problem } = decodeBody(Buffer.concat(pieces), headers)
    const body = withoutLeadingSpace(bytes)
    pieces = [body]
    if (problem) listener.problem(problem)
    if (looksLikeEvents(body)) {
      beginStream(at)
      endStream(at)
    } else if (body.length > 0) {
      const text = body.toString('utf8')
      const json = parseJson(text)
      listener.body(json === undefined ? text : json, at)
    }
  }

  return {
    answered(answerHeaders) {
      headers = answerHeaders
      const isPacked = headers.some(([name]) => name.toLowerCase() === 'content-encoding')
      if (isPacked) kind = 'whole'
    },
    push(bytes, at) {
      const piece = toBuffer(bytes)
      if (kind === 'sse') return feed(piece, at)
      if (kind === 'whole') {
        pieces.push(piece)
        return
      }
      pieces.push(pieces.length === 0 ? withoutLeadingSpace(piece) : piece)
      const start = Buffer.concat(pieces)
      pieces = start.length === 0 ? [] : [start]
      if (looksLikeEvents(start)) beginStream(at)
      else if (start.length >= longestStart) kind = 'whole'
    },
    end(at) {
      if (kind === 'sse') endStream(at)
      else endWhole(at)
    },
  }
}

/** Lets as much pass as is ever read of one answer, and tells once that there is more. */
function createLimiter(problem: ResponseListener['problem']) {
  let left = maxDecodedBytes
  let isTold = false
  return (bytes: Uint8Array): Buffer => {
    const admitted = toBuffer(bytes).subarray(0, left)
    left -= admitted.length
    if (admitted.length < bytes.length && !isTold) {
      isTold = true
      problem('tooLarge')
    }
    return admitted
  }
}

/** The parser takes all three kinds, but slowly where carriage returns stand alone, and only later what ends with one. */
function createLineEndUnifier() {
  let endedWithReturn = false
  return (text: string): string => {
    if (text === '') return ''
    const next = endedWithReturn && text.startsWith('\n') ? text.slice(1) : text
    endedWithReturn = text.endsWith('\r')
    return next.includes('\r') ? next.replaceAll(/\r\n?/g, '\n') : next
  }
}

const byteOrderMark = 'ï»¿'
const startOfEvents = new RegExp(`^(${byteOrderMark})?\\s*(event|data|id|retry)?:`)
const longestStart = `${byteOrderMark}event:`.length

function looksLikeEvents(bytes: Buffer): boolean {
  return startOfEvents.test(bytes.toString('latin1', 0, 64))
}

function byteOrderMarkLength(bytes: Buffer): number {
  return bytes.toString('latin1', 0, 3) === byteOrderMark ? 3 : 0
}

function withoutLeadingSpace(bytes: Buffer): Buffer {
  const at = bytes.findIndex((byte) => byte > 0x20)
  return bytes.subarray(at < 0 ? bytes.length : at)
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
