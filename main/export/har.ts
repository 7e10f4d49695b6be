import type { Exchange } from '../../contract/domain/exchange.ts'
import { printableJson } from '../../contract/domain/readableJson.ts'
import type { Session } from '../../contract/domain/session.ts'
import { upstreamHosts, upstreamPath } from '../../contract/domain/upstreamAddress.ts'
import { maskBody, maskMessages } from './bodies.ts'
import type { ExportedExchange, Format } from './format.ts'
import type { Masker } from './mask.ts'
import { maskSession } from './maskSession.ts'

/**
 * HTTP Archive 1.2, as the network panels of browsers read it: one page a session, one entry an exchange. The messages of a
 * WebSocket stand in `_webSocketMessages`, as Chrome writes them; `connection` tells which entries shared one socket.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: Format = {
  mediaType: 'application/json',
  extension: 'har',
  begin(sessions, masker) {
    const head = {
      version: '1.2',
      creator: { name: 'Tapedeck', version: '1' },
      pages: sessions.map((session) => toPage(maskSession(session, masker))),
    }
    return `{"log":${printableJson(head).slice(0, -1)},"entries":[`
  },
  beginSession: () => '',
  parts: {
    of: 'exchanges',
    part: (exchange, isFirst, masker) => `${isFirst ? '' : ','}\n${printableJson(toEntry(exchange, masker))}`,
  },
  endSession: () => '',
  end: () => '\n]}}\n',
}

function toPage({ id, title, startedAt }: Session) {
  return { startedDateTime: toDateTime(startedAt), id, title, pageTimings: { onContentLoad: -1, onLoad: -1 } }
}

function toEntry(exported: ExportedExchange, masker: Masker) {
  const { exchange, streamId, messages } = exported
  const isWebSocket = messages !== null
  const waitMs = exchange.firstEventMs ?? exchange.durationMs ?? 0
  const timeMs = Math.max(waitMs, exchange.durationMs ?? 0)
  const url = urlOf(exchange, isWebSocket)
  const shownUrl = masker.text(url, 'address')
  const text = isWebSocket ? '' : maskBody(exported.responseText, masker, 'responses')
  const requestText = isWebSocket ? '' : maskBody(exported.requestText, masker, 'requests')
  return {
    pageref: exchange.sessionId,
    startedDateTime: toDateTime(exchange.startedAt),
    time: timeMs,
    request: {
      method: exchange.method,
      url: shownUrl,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toHeaders(exported.requestHeaders, masker),
      queryString: [...new URL(shownUrl).searchParams].map(([name, value]) => ({ name, value })),
      ...(requestText === ''
        ? {}
        : {
            postData: {
              mimeType: headerOf(exported.requestHeaders, 'content-type') ?? 'application/json',
              text: requestText,
            },
          }),
      headersSize: -1,
      bodySize: isWebSocket ? 0 : exchange.requestBytes,
    },
    response: {
      status: isWebSocket ? 101 : (exchange.httpStatus ?? 0),
      statusText: isWebSocket ? 'Switching Protocols' : '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toHeaders(exported.responseHeaders, masker),
      content: { size: new TextEncoder().encode(text).length, mimeType: mediaTypeOf(exported, text), text },
      redirectURL: '',
      headersSize: -1,
      bodySize: isWebSocket ? 0 : exchange.responseBytes,
      ...(exchange.errorMessage === null ? {} : { _error: masker.text(exchange.errorMessage, 'errors') }),
    },
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: waitMs, receive: timeMs - waitMs },
    connection: streamId,
    comment: [exchange.kind, exchange.model, exchange.status].filter((word) => word !== null).join(' · '),
    _resourceType: isWebSocket ? 'websocket' : 'fetch',
    ...(isWebSocket ? { _webSocketMessages: toFrames(messages, masker) } : {}),
  }
}

/** Chrome counts in seconds; opcode 1 is a text message. */
function toFrames(messages: NonNullable<ExportedExchange['messages']>, masker: Masker) {
  const textsOf = (wanted: 'send' | 'receive') => messages.filter(({ type }) => type === wanted).map(({ text }) => text)
  const sent = maskMessages(textsOf('send'), masker, 'requests').values()
  const received = maskMessages(textsOf('receive'), masker, 'responses').values()
  return messages.map(({ type, at }) => ({
    type,
    time: at / 1000,
    opcode: 1,
    data: (type === 'send' ? sent : received).next().value ?? '',
  }))
}

/** As codex would have sent it without Tapedeck. */
function urlOf(exchange: Exchange, isWebSocket: boolean): string {
  return `${isWebSocket ? 'wss' : 'https'}://${upstreamHosts[exchange.upstream]}${upstreamPath(exchange)}`
}

function toHeaders(headers: [name: string, value: string][], masker: Masker) {
  return headers.map(([name, value]) => ({ name, value: masker.text(value, 'headers') }))
}

function headerOf(headers: [name: string, value: string][], wanted: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null
}

function mediaTypeOf({ responseHeaders, exchange, messages }: ExportedExchange, text: string): string {
  if (messages !== null) return 'x-unknown'
  const said = headerOf(responseHeaders, 'content-type')
  if (said !== null) return said
  if (exchange.transport === 'sse') return 'text/event-stream'
  return text === '' ? 'x-unknown' : 'application/json'
}

function toDateTime(at: number): string {
  return new Date(at).toISOString()
}
