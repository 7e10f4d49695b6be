import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Notification } from '../../../contract/api.ts'
import { dispatch } from '../../dispatch.ts'
import type { Handlers } from '../../handlers.ts'
import { listenOnLoopback } from '../../listenOnLoopback.ts'
import { readAsset } from './assets.ts'
import { admit, cookieFor, hasCookie, isOwnHost, readLinkToken } from './doors.ts'
import { createEventStream } from './events.ts'
import { type Notice, noticeHeaders, noticePage, notices } from './noticePage.ts'
import { pageHeaders } from './pageHeaders.ts'

export interface HeadlessOptions {
  handlers: Handlers
  onNotification(listener: (notification: Notification) => void): () => void
  apiToken: string
  /** The folder of the built renderer. */
  rendererDir: string
  /** The page is asked for, and asks for the first things itself as soon as it runs. */
  onPage(): void
  report(error: unknown): void
}

export interface HeadlessServer {
  /** 127.0.0.1 only. Takes any port when `port` is 0; resolves to the one it got. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

const maxBodyBytes = 1024 * 1024

/** The app over loopback HTTP: the renderer's files, `POST /api/<method>`, and the notifications at `/api/events`. */
export function createHeadlessServer(options: HeadlessOptions): HeadlessServer {
  const usedLinks = new Set<string>()
  const events = createEventStream()
  const stopListening = options.onNotification(events.send)
  let port = 0

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      options.report(error)
      if (response.headersSent) response.destroy()
      else sendNotice(response, notices.failed)
    })
  })

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const admission = admit(callerOf(request), port, options.apiToken)
    if (request.url !== '/api/events' || !admission.ok) {
      socket.end(
        `HTTP/1.1 ${admission.ok ? 404 : admission.status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      )
      return
    }
    events.accept(request, socket, head)
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname.startsWith('/api/')) return answerCall(request, response, url.pathname.slice('/api/'.length))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendFailure(response, 405, 'badRequest', 'Pages are asked for with GET.')
    }
    if (!isOwnHost(request.headers.host, port)) return sendNotice(response, notices.otherHost)
    const link = url.searchParams.get('token')
    if (link !== null) return enter(response, link)
    if (!hasCookie(request.headers.cookie, port, options.apiToken)) return sendNotice(response, notices.notSignedIn)
    const asset = await readAsset(options.rendererDir, url.pathname)
    if (!asset) return sendNotice(response, notices.notFound)
    if (url.pathname === '/') options.onPage()
    const isHashed = url.pathname.startsWith('/assets/')
    response.writeHead(200, {
      ...pageHeaders,
      'content-type': asset.contentType,
      'content-length': asset.body.length,
      'cache-control': isHashed ? 'private, max-age=31536000, immutable' : 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : asset.body)
  }

  /** The one-time link becomes a cookie, and the address bar is left without the token. */
  function enter(response: ServerResponse, link: string) {
    const nonce = readLinkToken(link, options.apiToken, Date.now())
    if (nonce === null || usedLinks.has(nonce)) return sendNotice(response, notices.usedLink)
    usedLinks.add(nonce)
    const { name, value } = cookieFor(port, options.apiToken)
    response.writeHead(303, {
      ...pageHeaders,
      location: '/',
      'set-cookie': `${name}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
      'cache-control': 'no-store',
    })
    response.end()
  }

  async function answerCall(request: IncomingMessage, response: ServerResponse, method: string) {
    const admission = admit(callerOf(request), port, options.apiToken)
    if (!admission.ok) {
      request.resume()
      return sendFailure(response, admission.status, 'badRequest', admission.message)
    }
    if (request.method !== 'POST') return sendFailure(response, 405, 'badRequest', 'Methods are called with POST.')
    const body = await readBody(request)
    if (body === null) return sendFailure(response, 413, 'badRequest', 'The request is larger than 1 MB.')
    let params: unknown
    try {
      params = body === '' ? {} : JSON.parse(body)
    } catch {
      return sendFailure(
        response,
        400,
        'badRequest',
        'The body is not JSON. Send the params of the method as one JSON object.',
      )
    }
    sendJson(response, 200, await dispatch(options.handlers, method, params, options.report))
  }

  return {
    async listen(wanted) {
      port = await listenOnLoopback(server, wanted)
      return port
    },
    async close() {
      stopListening()
      events.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function callerOf(request: IncomingMessage) {
  const { host, origin, authorization, cookie } = request.headers
  return { host, origin, authorization, cookie }
}

/** Null when it is too large: the rest is read and forgotten, so that the caller gets to see the answer. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks).toString('utf8') : null
}

function sendJson(response: ServerResponse, status: number, value: unknown) {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

function sendFailure(response: ServerResponse, status: number, code: 'badRequest', message: string) {
  sendJson(response, status, { ok: false, error: { code, message } })
}

function sendNotice(response: ServerResponse, notice: Notice) {
  response.writeHead(notice.status, noticeHeaders)
  response.end(noticePage(notice))
}
