import type { IncomingMessage } from 'node:http'
import type { Credential } from '../../contract/domain/account.ts'
import type { Upstream } from '../../contract/domain/exchange.ts'
import { createCookieJar } from './cookieJar.ts'
import { replaceHeader, toPairs, withoutHeaders, withoutHopByHop } from './headers.ts'
import { createLimitFallback, type ThreadAddress } from './limitFallback.ts'
import { noObserver, type ObservedStream, observeAuthCall, observeModelCall } from './observer.ts'
import type { Passage, Rewrite } from './passage.ts'
import { type Refusal, refusals } from './refusals.ts'
import { type Address, findTarget, isModelCall, readAddress, readCredential } from './route.ts'
import type { SocketGuard } from './socketGuard.ts'
import type { HeaderList, Tap } from './tap.ts'
import { accountsCheckPath, readAccountsCheck, type WorkspaceRoute } from './workspaceRouting.ts'

export interface AdmissionOptions {
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
  newStreamId(): string
  now(): number
}

/** What a stream belongs to, and how it is signed. */
interface Signed {
  launchId: string
  isPrivate: boolean
  credential: ObservedStream['credential']
}

/**
 * Decides what becomes of a request: whether it comes under a living launch and on a path that is known, where it goes, what of its
 * headers is written anew, and who looks at its answer. Nothing is sent here. Remembers cookies, the places of workspaces and the threads
 * whose plan has ended, in memory alone.
 */
export function createAdmission(options: AdmissionOptions) {
  const cookies = createCookieJar()
  const limitFallback = createLimitFallback({ key: options.keyAtLimit })
  const workspaceRoutes = new Map<string, WorkspaceRoute>()

  function admit(request: IncomingMessage, protocol: ObservedStream['protocol']): Passage | Refusal {
    const { headers, rawHeaders, method = 'GET', url = '' } = request
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

    const stream = describeStream(request, protocol, address, target, {
      launchId: launch.launchId,
      isPrivate: launch.isPrivate,
      credential: credential === 'placeholder' ? launch.credential : credential === 'none' ? null : 'codexLogin',
    })
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
    request: IncomingMessage,
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
    let sent = withoutHeaders(withoutHeaders(withoutHopByHop(request.rawHeaders), meantForThePlan), asksForPacking)
    sent = replaceHeader(sent, 'authorization', `Bearer ${key}`)
    sent = replaceHeader(sent, 'host', hostOf(origin))
    const { launchId, isPrivate } = thread
    const stream = describeStream(request, protocol, address, target, { launchId, isPrivate, credential: 'keyAtLimit' })
    return {
      origin,
      path: target.path,
      headers: withCookies(sent, origin, target.path, undefined),
      observer: observe(stream),
      onSetCookies: (values) => cookies.store(origin, target.path, values),
      rewrite: onStatus(400, (body) => limitFallback.judgeKey(thread, 400, body)),
      changeBody: (body) => limitFallback.toKeyBody(thread, body, readSingle(request.headers['content-encoding'])),
      guard: null,
    }
  }

  /** Its id is given to it when it turns out to be one that is recorded. */
  function describeStream(
    { method = 'GET', rawHeaders }: IncomingMessage,
    protocol: ObservedStream['protocol'],
    { path }: Address,
    target: ObservedStream['target'],
    signed: Signed,
  ): ObservedStream {
    return { streamId: '', ...signed, target, protocol, method, path, rawHeaders, tap: options.tap, now: options.now }
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

  return admit
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
