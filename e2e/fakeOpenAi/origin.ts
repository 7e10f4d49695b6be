import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync, zstdDecompressSync } from 'node:zlib'
import type { JsonAnswer } from './accountApi.ts'

export type UpstreamName = 'chatgpt' | 'openai' | 'auth'

export interface SeenRequest {
  upstream: UpstreamName
  /** `WS` for a frame on a socket, `UPGRADE` for its handshake. */
  method: string
  path: string
  /** Of the HTTP request; for a frame those of the handshake. */
  headers: IncomingMessage['headers']
  transport: 'http' | 'websocket'
  /** Decompressed and parsed, if it is JSON. */
  body: unknown
}

export interface Origin {
  /** `http://127.0.0.1:PORT`. */
  url: string
  close(): Promise<void>
}

/** A server on a port of its own that tells what it is asked. */
export async function startOrigin(options: {
  /** 0 takes any that is free. */
  port: number
  answer(request: IncomingMessage, response: ServerResponse, body: unknown): Promise<void> | void
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
}): Promise<Origin> {
  const open = new Set<Socket>()
  const server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
    buffer(request)
      .then((bytes) => options.answer(request, response, readBody(request, bytes)))
      .catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    options.upgrade(request, socket, head)
  })
  await listen(server, options.port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      return closed
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}

/** Packed for who asks for it, as the real services do. */
export function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  if (!body) return void response.writeHead(status).end()
  const isPacked = /\bgzip\b/.test(String(response.req.headers['accept-encoding'] ?? ''))
  const json = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...(isPacked && { 'content-encoding': 'gzip' }) })
  response.end(isPacked ? gzipSync(json) : json)
}

/** Turns a handshake down, as a server does that speaks no WebSocket. */
export function refuseUpgrade(socket: Socket, { status, body }: JsonAnswer): void {
  const text = JSON.stringify(body ?? {})
  const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`, 'connection: close']
  socket.end(`HTTP/1.1 ${status} Refused\r\n${head.join('\r\n')}\r\n\r\n${text}`)
}

function readBody({ headers }: IncomingMessage, bytes: Buffer): unknown {
  const text = String(headers['content-encoding'] === 'zstd' ? zstdDecompressSync(bytes) : bytes)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
