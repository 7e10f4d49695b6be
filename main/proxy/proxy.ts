import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Credential } from '../../contract/domain/account.ts'
import type { Upstream } from '../../contract/domain/exchange.ts'
import { listenOnLoopback } from '../listenOnLoopback.ts'
import { createCookieJar } from './cookieJar.ts'
import { createForwarder, maxHeaderBytes, type Passage, type Rewrite } from './forward.ts'
import { replaceHeader, toPairs, withoutHeaders, withoutHopByHop } from './headers.ts'
import { createLimitFallback, type ThreadAddress } from './limitFallback.ts'
import { noObserver, type ObservedStream, observeAuthCall, observeModelCall } from './observer.ts'
import { type Refusal, refusals, refuse, refuseSocket } from './refusals.ts'
import { type Address, findTarget, isModelCall, readAddress, readCredential } from './route.ts'
import type { SocketGuard } from './socketGuard.ts'
import type { HeaderList, Tap } from './tap.ts'
import { createAgents } from './upstream.ts'
import { accountsCheckPath, readAccountsCheck, type WorkspaceRoute } from './workspaceRouting.ts'

export interface ProxyOptions {
  /** The three origins. */
  upstreams: Record<Upstream, string>
  /** Null for a path token that opens nothing, or nothing any more. */
  authorize(
    token: string,
  ): { launchId: string; credential: Credential; isPrivate: boolean; placeholderKey: string | null } | null
  /** What takes the placeholder's place; null when there is no key. */
  injectedKey(launchId: string): string | null
  /** What goes on where the plan's limit ends a thread; null when the user does not want that, or has no key. */
  keyAtLimit(): string | null
  /** Reads one direction of a WebSocket: the messages that these bytes complete. */
  readFrames(answerHeaders: HeaderList): { push(bytes: Uint8Array): Uint8Array[]; isBetweenFrames(): boolean }
  tap: Tap
  countLoss(reason: 'unknownPath'): void
  /** A connection was closed by either side. */
  onDisconnected?(): void
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
  const limitFallback = createLimitFallback({ key: options.keyAtLimit })
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
    const threadId = readSingle(headers['thread-id']) ?? readSingle(headers.thread_id)
    const thread = credential === 'chatgpt' && threadId ? { launchId: launch.launchId, threadId } : null
    const isAsking = protocol === 'websocket' ? isModelApi : isModelCall(method, address.path)
    const fallback = thread && isAsking ? limitFallback.modeOf(thread) : 'off'
    if (thread && fallback === 'key')
      return admitWithKey(request, protocol, address, { ...thread, isPrivate: launch.isPrivate })
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
    sent = replaceHeader(sent, 'host', hostOf(origin))
    sent = withCookies(sent, origin, target.path, headers.cookie)

    const stream: ObservedStream = {
      streamId: '',
      launchId: launch.launchId,
      isPrivate: launch.isPrivate,
      target,
      credential: credential === 'placeholder' ? launch.credential : credential === 'none' ? null : 'codexLogin',
      protocol,
      method,
      path: address.path,
      rawHeaders,
      tap: options.tap,
      now: options.now,
    }
    const observer = observe(stream)
    const rewrite =
      method === 'GET' && address.path.startsWith(accountsCheckPath)
        ? onStatus(200, (body) => ({ status: 200, body: learnWorkspaces(body, accountId) }))
        : thread && fallback === 'watch'
          ? onStatus(429, (body) => limitFallback.judgePlan(thread, 429, body))
          : null
    return {
      origin,
      path: target.path,
      headers: rewrite || observer !== noObserver ? withoutHeaders(sent, asksForPacking) : sent,
      observer,
      onSetCookies: (values) => cookies.store(origin, target.path, values),
      rewrite,
      changeBody: null,
      guard: thread && fallback === 'watch' && protocol === 'websocket' ? guardPlan(thread) : null,
    }
  }

  /** A thread whose plan has ended: what codex has signed for ChatGPT goes to the API, and the key pays. */
  function admitWithKey(
    { rawHeaders, headers, method = 'POST' }: IncomingMessage,
    protocol: ObservedStream['protocol'],
    address: Address,
    thread: ThreadAddress & { isPrivate: boolean },
  ): Passage | Refusal {
    const key = limitFallback.key()
    if (key === null) return refusals.noKey
    if (protocol === 'websocket') return refusals.noWebSocket
    const target = findTarget(address, 'apiKey')
    if (!target) return refusals.unknownPath
    const origin = options.upstreams[target.upstream]
    let sent = withoutHeaders(withoutHeaders(withoutHopByHop(rawHeaders), meantForThePlan), asksForPacking)
    sent = replaceHeader(sent, 'authorization', `Bearer ${key}`)
    sent = replaceHeader(sent, 'host', hostOf(origin))
    const stream: ObservedStream = {
      streamId: '',
      launchId: thread.launchId,
      isPrivate: thread.isPrivate,
      target,
      credential: 'keyAtLimit',
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
      headers: withCookies(sent, origin, target.path, undefined),
      observer: observe(stream),
      onSetCookies: (values) => cookies.store(origin, target.path, values),
      rewrite: onStatus(400, (body) => limitFallback.judgeKey(thread, 400, body)),
      changeBody: (body) => limitFallback.toKeyBody(thread, body, readSingle(headers['content-encoding'])),
      guard: null,
    }
  }

  function guardPlan(thread: ThreadAddress): SocketGuard {
    return {
      openFrames(answer) {
        const reader = options.readFrames(toPairs(answer.rawHeaders))
        return {
          isKept: (bytes) => reader.push(bytes).some((message) => limitFallback.isEndOfPlan(thread, message)),
          isBetweenFrames: reader.isBetweenFrames,
        }
      },
      isRefusalKept: (status, body) => limitFallback.judgePlan(thread, status, body) !== null,
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

/** What the API does not know, or is not to know, of a request that was made for ChatGPT. */
const meantForThePlan = new Set([
  'authorization',
  'chatgpt-account-id',
  'content-encoding',
  'cookie',
  'x-codex-routing-hint',
  'x-codex-turn-state',
  'x-openai-account-routing-override',
])

/**
 * Codex asks for packed answers since 0.171. Where the answer is read here it has to come plain, as earlier ones always asked
 * for it: a packed one could not be changed or judged, and would be shown only once it is whole.
 */
const asksForPacking = new Set(['accept-encoding'])

function onStatus(wanted: number, judge: (body: string) => { status: number; body: string } | null): Rewrite {
  return {
    looksAt: (status) => status === wanted,
    change: (status, body) => judge(body) ?? { status, body },
  }
}

/** An origin is its scheme and its host, and nothing else. */
function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2)
}

function readSingle(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
