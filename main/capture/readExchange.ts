import { Buffer } from 'node:buffer'
import { decodeBody } from './decodeBody.ts'
import { type JsonObject, parseJson } from './json.ts'
import type { HeaderList, RawPart } from './rawExchange.ts'
import { createHttpReader, createMessageLineReader } from './responseReader.ts'

/** What was said, as it was said: decoded and parsed, and nothing else. */
export interface ReadExchange {
  /** The request's JSON, its text when it is none, null when nothing was sent. */
  request: unknown
  /** The finished response, or the body of an answer that is no stream; null when neither came. */
  response: unknown
  /** The events of a stream in their order. */
  events: JsonObject[]
}

/** Empty for an exchange whose begin was not recorded. */
export function readExchange(parts: RawPart[]): ReadExchange {
  const started = parts[0]
  if (started?.type !== 'started') return { request: null, response: null, events: [] }
  const events: JsonObject[] = []
  let body: unknown = null
  const listener = {
    event: (event: JsonObject) => void events.push(event),
    body: (value: unknown) => {
      body = value
    },
    streams() {},
    problem() {},
  }
  const isWebSocket = started.head.transport === 'websocket'
  let reader = isWebSocket ? createMessageLineReader(listener) : createHttpReader(listener)
  for (const part of parts) {
    if (part.type === 'answered') {
      // A handshake that is refused is answered as any request is.
      if (isWebSocket && part.httpStatus !== 101) reader = createHttpReader(listener)
      reader.answered(part.headers)
    } else if (part.type === 'response') reader.push(part.bytes, part.at)
  }
  reader.end(0)
  return {
    request: readRequest(parts, isWebSocket, started.head.headers),
    response: body ?? events.findLast(({ response }) => response !== undefined)?.response ?? null,
    events,
  }
}

function readRequest(parts: RawPart[], isWebSocket: boolean, headers: HeaderList): unknown {
  const bytes = Buffer.concat(parts.flatMap((part) => (part.type === 'request' ? [part.bytes] : [])))
  if (bytes.length === 0) return null
  const text = (isWebSocket ? bytes : decodeBody(bytes, headers).bytes).toString('utf8')
  const json = parseJson(isWebSocket ? (text.split('\n', 1)[0] ?? '') : text)
  return json === undefined ? text : json
}
