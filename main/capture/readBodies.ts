import { Buffer } from 'node:buffer'
import { decodeBody } from './decodeBody.ts'
import type { HeaderList, RawPart } from './rawExchange.ts'

/** What went over the wire as text, content codings undone, and nothing else. */
export interface ReadBodies {
  requestHeaders: HeaderList
  responseHeaders: HeaderList
  request: string
  response: string
  /** Of a WebSocket that was opened; then both bodies are empty. */
  messages: { type: 'send' | 'receive'; at: number; text: string }[] | null
}

/** Null for an exchange whose begin was not recorded. Bytes that are no UTF-8 become `\ufffd`. */
export function readBodies(parts: RawPart[]): ReadBodies | null {
  const started = parts[0]
  if (started?.type !== 'started') return null
  const answered = parts.find((part) => part.type === 'answered')
  const requestHeaders = started.head.headers
  const responseHeaders = answered?.headers ?? []
  // A handshake that is refused is answered as any request is.
  const isWebSocket = started.head.transport === 'websocket' && (!answered || answered.httpStatus === 101)
  if (isWebSocket) return { requestHeaders, responseHeaders, request: '', response: '', messages: readMessages(parts) }
  return {
    requestHeaders,
    responseHeaders,
    request: decodeBody(bytesOf(parts, 'request'), requestHeaders).bytes.toString('utf8'),
    response: decodeBody(bytesOf(parts, 'response'), responseHeaders).bytes.toString('utf8'),
    messages: null,
  }
}

function bytesOf(parts: RawPart[], type: 'request' | 'response'): Buffer {
  return Buffer.concat(parts.flatMap((part) => (part.type === type ? [part.bytes] : [])))
}

/** In the order in which they were complete; a last one without its end is there as far as it came. */
function readMessages(parts: RawPart[]): NonNullable<ReadBodies['messages']> {
  const messages: NonNullable<ReadBodies['messages']> = []
  const open = { request: [] as Uint8Array[], response: [] as Uint8Array[] }
  let lastAt = 0
  function close(type: 'request' | 'response'): void {
    const text = Buffer.concat(open[type]).toString('utf8')
    open[type] = []
    if (text !== '') messages.push({ type: type === 'request' ? 'send' : 'receive', at: lastAt, text })
  }
  for (const part of parts) {
    if (part.type !== 'request' && part.type !== 'response') continue
    lastAt = part.at
    let from = 0
    for (let end = part.bytes.indexOf(0x0a); end >= 0; end = part.bytes.indexOf(0x0a, from)) {
      open[part.type].push(part.bytes.subarray(from, end))
      close(part.type)
      from = end + 1
    }
    if (from < part.bytes.length) open[part.type].push(part.bytes.subarray(from))
  }
  close('request')
  close('response')
  return messages
}
