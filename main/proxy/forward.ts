import { type ClientRequest, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { createProxyServer } from 'http-proxy'
import { passOnHandshakeAnswer, watchHandshake } from './handshake.ts'
import { findHeader, replaceHeader, toPairs, toRequestHeaders, withoutHopByHop } from './headers.ts'
import type { Passage, Rewrite } from './passage.ts'
import { refusals, refuse, refuseSocket, unreachable } from './refusals.ts'
import { guardSocket } from './socketGuard.ts'
import type { HeaderList } from './tap.ts'
import type { Agents } from './upstream.ts'

export interface Forwarder {
  web(request: IncomingMessage, response: ServerResponse, passage: Passage): void
  webSocket(request: IncomingMessage, socket: Socket, head: Buffer, passage: Passage): void
}

/** What the heads of both sides may hold; Node's own limit is too small for codex's turn metadata. */
export const maxHeaderBytes = 128 * 1024
/** An answer that is to be rewritten is small; a larger one is something else, and is passed on as it is. */
const rewriteLimitBytes = 1024 * 1024

/**
 * The only file that knows the proxy library. It makes the requests, pairs the sockets, pipes and tears down; what a head
 * looks like is decided here, since the library would join repeated headers and add its own.
 */
export function createForwarder(agents: Agents): Forwarder {
  const proxy = createProxyServer()
  const passages = new WeakMap<object, Passage>()
  const passageOf = (request: object) => passages.get(request) as Passage
  /** Answered or failed. After an answer its own end tells what became of it, and it may be whole in spite of an error. */
  const settledRequests = new WeakSet<object>()

  proxy.on('proxyReq', (upstreamRequest, request, response) => {
    passOnRequest(upstreamRequest, request, passageOf(request))
    // An upstream that switches protocols unasked is dropped by Node without an error.
    upstreamRequest.once('close', () => {
      if (!settledRequests.has(request)) fail(new Error('no answer'), request, response)
    })
  })
  proxy.on('proxyRes', (answer, request, response) => {
    settledRequests.add(request)
    passOnAnswer(answer, response, passageOf(request))
  })
  proxy.on('proxyReqWs', (upstreamRequest, request, socket) => {
    const { guard } = passageOf(request)
    if (guard) guardSocket(upstreamRequest, socket, guard)
    for (const answer of ['response', 'upgrade'] as const) {
      upstreamRequest.once(answer, () => settledRequests.add(request))
    }
    watchHandshake(upstreamRequest, socket, passageOf(request).observer)
    passOnHandshakeAnswer(upstreamRequest, socket, passageOf(request))
  })
  proxy.on('error', (error, request, back) => {
    if (request && back) fail(error, request, back)
  })

  function fail(error: NodeJS.ErrnoException, request: IncomingMessage, back: ServerResponse | Socket) {
    if (settledRequests.has(request)) return
    settledRequests.add(request)
    const { origin, observer } = passageOf(request)
    const refusal = unreachable(origin, error.code ?? error.message)
    observer.closed('unreachable')
    if ('writeHead' in back) {
      // What codex still uploads has nowhere to go, but only after it does codex read our answer.
      request.unpipe()
      request.resume()
      refuse(back, refusal)
    } else refuseSocket(back, refusal)
  }

  function prepare(request: IncomingMessage, passage: Passage) {
    request.url = passage.path
    request.headers = toRequestHeaders(passage.headers) as IncomingMessage['headers']
    return {
      ...agents.for(passage.origin),
      selfHandleResponse: true,
      // Whatever stands here, the library hands to Node's `request`.
      ssl: { maxHeaderSize: maxHeaderBytes },
    }
  }

  function send(request: IncomingMessage, response: ServerResponse, passage: Passage, body?: Readable) {
    try {
      proxy.web(request, response, { ...prepare(request, passage), ...(body && { buffer: body }) }).catch(() => {})
    } catch (error) {
      fail(error as Error, request, response)
    }
  }

  /** The recording holds what codex sent; the upstream gets what became of it. */
  function gather(
    request: IncomingMessage,
    response: ServerResponse,
    passage: Passage,
    change: (body: Buffer) => Promise<Buffer>,
  ) {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => {
      passage.observer.requestChunk(chunk)
      chunks.push(chunk)
    })
    request.once('end', async () => {
      passage.observer.requestEnded()
      try {
        const body = await change(Buffer.concat(chunks))
        if (response.destroyed) return
        passage.headers = replaceHeader(passage.headers, 'content-length', String(body.length))
        send(request, response, passage, Readable.from([body]))
      } catch {
        passage.observer.closed('unreachable')
        refuse(response, refusals.oddBody)
      }
    })
  }

  return {
    web(request, response, passage) {
      const { observer } = passage
      response.once('close', () => observer.closed(response.writableFinished ? 'ended' : 'clientAborted'))
      passages.set(request, passage)
      if (passage.changeBody) gather(request, response, passage, passage.changeBody)
      else send(request, response, passage)
    },
    webSocket(request, socket, head, passage) {
      // Before the library hears of it, which would take it for an error of the upstream.
      for (const event of ['error', 'close']) socket.once(event, () => passage.observer.closed('clientAborted'))
      passages.set(request, passage)
      try {
        proxy.ws(request, socket, prepare(request, passage), head).catch(() => {})
      } catch (error) {
        fail(error as Error, request, socket)
      }
    },
  }
}

/** Runs in the moment in which the library starts to pipe: earlier, the first bytes would be gone before it does. */
function passOnRequest(upstreamRequest: ClientRequest, request: IncomingMessage, passage: Passage) {
  const { observer } = passage
  if (passage.changeBody) {
    restoreFraming(upstreamRequest, passage.headers)
    return
  }
  restoreFraming(upstreamRequest, toPairs(request.rawHeaders))
  request.on('data', observer.requestChunk)
  request.once('end', () => {
    observer.requestEnded()
    if (request.rawTrailers.length > 0) upstreamRequest.addTrailers(toPairs(request.rawTrailers))
  })
  // Node would hold the head back until the first of the body.
  setImmediate(() => {
    if (!upstreamRequest.destroyed && !upstreamRequest.headersSent) upstreamRequest.flushHeaders()
  })
}

/**
 * The library declares some methods to have no body, and Node sends the body of others without saying where it ends; the
 * upstream would take it for the next request. So the body is announced as codex did.
 */
function restoreFraming(upstreamRequest: ClientRequest, sent: HeaderList) {
  const length = findHeader(sent, 'content-length')
  if (!length) upstreamRequest.removeHeader('content-length')
  else if (upstreamRequest.getHeader('content-length') !== length[1]) upstreamRequest.setHeader(...length)
  const encoding = findHeader(sent, 'transfer-encoding')
  if (encoding) upstreamRequest.setHeader(...encoding)
}

function passOnAnswer(answer: IncomingMessage, response: ServerResponse, passage: Passage) {
  const { observer, rewrite } = passage
  const status = answer.statusCode ?? 502
  observer.answered(status, answer.rawHeaders)
  if (answer.headers['set-cookie']) passage.onSetCookies(answer.headers['set-cookie'])
  // Heard before the library takes the other side down for it, which would look as if codex had gone.
  answer.once('error', () => observer.closed('upstreamAborted'))
  answer.on('data', observer.responseChunk)
  // An answer without a Date header was sent without one.
  response.sendDate = false
  const headers = withoutHopByHop(answer.rawHeaders)
  if (rewrite?.looksAt(status) && answer.headers['content-encoding'] === undefined) {
    passOnRewritten(answer, response, headers, rewrite)
    return
  }
  try {
    response.writeHead(status, answer.statusMessage, headers.flat())
  } catch {
    answer.destroy()
    refuse(response, refusals.oddAnswer)
    return
  }
  answer.once('end', () => {
    if (answer.rawTrailers.length > 0) response.addTrailers(toPairs(answer.rawTrailers))
  })
  answer.pipe(response)
  // A stream may think for minutes before its first byte, and codex wants to see the head by then.
  setImmediate(() => {
    if (!response.destroyed && !response.writableEnded) response.flushHeaders()
  })
}

function passOnRewritten(answer: IncomingMessage, response: ServerResponse, headers: HeaderList, rewrite: Rewrite) {
  const status = answer.statusCode ?? 502
  const chunks: Buffer[] = []
  let bytes = 0
  const collect = (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes <= rewriteLimitBytes) return
    answer.off('data', collect)
    answer.off('end', finish)
    response.writeHead(status, answer.statusMessage, headers.flat())
    for (const kept of chunks) response.write(kept)
    answer.pipe(response)
  }
  const finish = () => {
    const original = Buffer.concat(chunks)
    const text = original.toString('utf8')
    const rewritten = rewrite.change(status, text)
    const body = rewritten.body === text ? original : Buffer.from(rewritten.body)
    const sent = findHeader(headers, 'content-length')
      ? replaceHeader(headers, 'content-length', String(body.length))
      : headers
    const words = rewritten.status === status ? answer.statusMessage : STATUS_CODES[rewritten.status]
    response.writeHead(rewritten.status, words, sent.flat())
    response.end(body)
  }
  answer.on('data', collect)
  answer.once('end', finish)
}
