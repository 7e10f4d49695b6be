import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Upstream } from '../../contract/domain/exchange.ts'
import { createCookieJar } from './cookieJar.ts'
import { createForwarder, maxHeaderBytes, type Passage } from './forward.ts'
import { replaceHeader, withoutHopByHop } from './headers.ts'
import { noObserver, type ObservedStream, observeAuthCall, observeModelCall } from './observer.ts'
import { type Refusal, refusals, refuse, refuseSocket } from './refusals.ts'
import { findTarget, isModelCall, readAddress, readCredential } from './route.ts'
import type { HeaderList, Tap } from './tap.ts'
import { createAgents } from './upstream.ts'
import { accountsCheckPath, readAccountsCheck, type WorkspaceRoute } from './workspaceRouting.ts'

export interface ProxyOptions {
  /** The three origins. */
  upstreams: Record<Upstream, string>
  /** Null for a path token that opens nothing, or nothing any more. */
  authorize(token: string): { launchId: string; placeholderKey: string | null } | null
  /** What takes the placeholder's place; null when there is no key. */
  injectedKey(launchId: string): string | null
  tap: Tap
  countLoss(reason: 'unknownPath'): void
  /** For `HTTPS_PROXY` and `NO_PROXY`. */
  env: NodeJS.ProcessEnv
  newStreamId(): string
  now(): number
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
 * meant for this address, does it come under a living launch, does the route table know it; only then is it passed on.
 */
export function createProxy(options: ProxyOptions): Proxy {
  const agents = createAgents(options.env)
  const forwarder = createForwarder(agents)
  const cookies = createCookieJar()
  const workspaceRoutes = new Map<string, WorkspaceRoute>()
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
    socket.once('close', () => sockets.delete(socket))
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

  function admit(request: IncomingMessage, protocol: ObservedStream['protocol']): Passage | Refusal {
    const { headers, rawHeaders, method = 'GET', url = '' } = request
    if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`) return refusals.foreignHost
    const address = readAddress(url)
    if (!address) return refusals.badAddress
    const launch = options.authorize(address.token)
    if (!launch) return refusals.deadLaunch
    const accountId = readSingle(headers['chatgpt-account-id'])
    const credential = readCredential(headers.authorization, accountId !== undefined, launch.placeholderKey)
    const target = findTarget(address, credential)
    if (!target) {
      options.countLoss('unknownPath')
      return refusals.unknownPath
    }
    const isModelApi = address.path.startsWith('/v1/')
    let sent = withoutHopByHop(rawHeaders)
    if (protocol === 'websocket') sent = [...sent, ['connection', 'Upgrade'], ['upgrade', 'websocket']]
    if (credential === 'placeholder' && isModelApi) {
      const key = options.injectedKey(launch.launchId)
      if (key === null) return refusals.noKey
      sent = replaceHeader(sent, 'authorization', `Bearer ${key}`)
    }
    const workspace = isModelApi && accountId !== undefined ? workspaceRoutes.get(accountId) : undefined
    if (workspace?.override) sent = replaceHeader(sent, 'x-openai-account-routing-override', workspace.override)
    const origin = (target.upstream === 'chatgpt' && workspace?.origin) || options.upstreams[target.upstream]
    sent = replaceHeader(sent, 'host', new URL(origin).host)
    sent = withCookies(sent, origin, target.path, headers.cookie)

    const stream: ObservedStream = {
      streamId: '',
      launchId: launch.launchId,
      target,
      protocol,
      method,
      path: address.path,
      rawHeaders,
      tap: options.tap,
      now: options.now,
    }
    return {
      origin,
      path: target.path,
      headers: sent,
      observer: observe(stream),
      onSetCookies: (values) => cookies.store(origin, target.path, values),
      rewrite:
        method === 'GET' && address.path.startsWith(accountsCheckPath)
          ? (body) => learnWorkspaces(body, accountId)
          : null,
    }
  }

  function observe(stream: ObservedStream) {
    if (stream.target.upstream === 'auth') return observeAuthCall(stream)
    const isRecorded =
      stream.protocol === 'websocket' ? stream.path.startsWith('/v1/') : isModelCall(stream.method, stream.path)
    return isRecorded ? observeModelCall({ ...stream, streamId: options.newStreamId() }) : noObserver
  }

  function withCookies(sent: HeaderList, origin: string, path: string, own: string | undefined): HeaderList {
    const header = cookies.headerFor(origin, path, own)
    return header === null || header === own ? sent : replaceHeader(sent, 'cookie', header)
  }

  function learnWorkspaces(body: string, askerId: string | undefined): string {
    const check = readAccountsCheck(body, askerId)
    for (const [id, route] of check?.routes ?? []) workspaceRoutes.set(id, route)
    return check?.answer ?? body
  }

  return {
    listen(wanted) {
      return new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(wanted, '127.0.0.1', () => {
          server.off('error', reject)
          port = (server.address() as AddressInfo).port
          resolve(port)
        })
      })
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
      agents.close()
    },
  }
}

function readSingle(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
