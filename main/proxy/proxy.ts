import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { listenOnLoopback } from '../listenOnLoopback.ts'
import { type AdmissionOptions, createAdmission } from './admission.ts'
import { createForwarder, maxHeaderBytes } from './forward.ts'
import type { Passage } from './passage.ts'
import { type Refusal, refusals, refuse, refuseSocket } from './refusals.ts'
import { createAgents } from './upstream.ts'

export interface ProxyOptions extends AdmissionOptions {
  /** A connection was closed by either side. */
  onDisconnected?(): void
  /** For `HTTPS_PROXY` and `NO_PROXY`. */
  env: NodeJS.ProcessEnv
}

export interface Proxy {
  /** On 127.0.0.1; any port for 0. Resolves to the port, rejects with `EADDRINUSE`. */
  listen(port: number): Promise<number>
  /** Ends every connection at once. */
  close(): Promise<void>
}

/** Longer than codex waits for anything, so that it is never us who gives up. */
const idleMs = 20 * 60_000

/**
 * Stands between codex and OpenAI. Anybody on this computer can knock here, so a request is looked at in this order: is it
 * meant for this address, does it come under a living launch, does the route table know it (`admission.ts`); only then is it
 * passed on.
 */
export function createProxy(options: ProxyOptions): Proxy {
  const agents = createAgents(options.env)
  const forwarder = createForwarder(agents)
  const admitKnown = createAdmission(options)
  const sockets = new Set<Socket>()
  const lastResponses = new WeakMap<Duplex, ServerResponse>()
  let port = 0

  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    requestTimeout: 0,
    headersTimeout: 60_000,
    // Node looks for slow senders by a timer that never rests; ours is to wake nobody up.
    connectionsCheckingInterval: 10 * 60_000,
    keepAliveTimeout: idleMs,
    noDelay: true,
  })
  server.timeout = 0
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      options.onDisconnected?.()
    })
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    lastResponses.set(request.socket, response)
    const passage = admit(request, 'http')
    if ('status' in passage) {
      request.resume()
      refuse(response, passage)
    } else forwarder.web(request, response, passage)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const isWebSocket = request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket'
    const passage = isWebSocket ? admit(request, 'websocket') : refusals.malformed
    if ('status' in passage) refuseSocket(socket, passage)
    else forwarder.webSocket(request, socket, head, passage)
  })
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy())
    refuseSocket(socket, refusals.noTunnel)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = lastResponses.get(socket)
    // A refusal in the middle of an answer would be taken for a part of it.
    const isAnswering = response !== undefined && !response.writableFinished
    if (error.code === 'ECONNRESET' || isAnswering) socket.destroy()
    else refuseSocket(socket, error.code === 'HPE_HEADER_OVERFLOW' ? refusals.largeHeaders : refusals.malformed)
  })

  function admit(request: IncomingMessage, protocol: 'http' | 'websocket'): Passage | Refusal {
    const { host } = request.headers
    if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return refusals.foreignHost
    return admitKnown(request, protocol)
  }

  return {
    async listen(wanted) {
      port = await listenOnLoopback(server, wanted)
      return port
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
      agents.close()
    },
  }
}
