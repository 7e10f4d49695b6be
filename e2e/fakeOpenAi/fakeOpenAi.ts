import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type AccountState, answerAccount, answerAuth, type JsonAnswer } from './accountApi.ts'
import { findRefusal } from './admission.ts'
import { catalogEtag, readModels } from './catalog.ts'
import { createIdentities, type Identities } from './identities.ts'
import { toLimitEvent, toLimitHeaders } from './limits.ts'
import { createModelApi, type ModelBody } from './modelApi.ts'
import { answerPost } from './modelPost.ts'
import { createModelSockets } from './modelSocket.ts'
import {
  type Origin,
  pathOf,
  refuseUpgrade,
  type SeenRequest,
  sendJson,
  startOrigin,
  type UpstreamName,
} from './origin.ts'
import { answer, type Scenario, say } from './scenario.ts'
import { createSignIns, type SignIns } from './signIns.ts'

export type { SeenRequest, UpstreamName } from './origin.ts'

export interface FakeOpenAi extends AccountState {
  /** What everything is drawn as, in base64; null where nothing can be drawn. */
  drawing: string | null
  /** The addresses, `http://127.0.0.1:PORT` each. */
  origins: Record<UpstreamName, string>
  identities: Identities
  signIns: SignIns
  /** Everything that was asked, in order. */
  seen: SeenRequest[]
  /** How the stand-in behaves from now on. */
  scenario: Scenario
  /** What becomes of a handshake: `refuse426` sends codex to SSE at once, `reset` breaks the connection. */
  webSocket: 'accept' | 'refuse426' | 'reset' | number | JsonAnswer
  /** Breaks every connection to the model now. */
  dropConnections(): void
  close(): Promise<void>
}

export interface FakeOpenAiOptions {
  scenario?: Scenario
  /** Any free ones unless given. */
  ports?: Partial<Record<UpstreamName, number>>
}

const packedBody = { status: 400, body: { error: { type: 'invalid_request_error', message: 'Not a JSON body.' } } }

/**
 * Stands in for chatgpt.com, api.openai.com and auth.openai.com, each on a port of its own, and refuses what they refuse: a
 * ChatGPT token at the API, a key at ChatGPT, a refresh token that was used before.
 */
export async function startFakeOpenAi({ scenario, ports }: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const identities = createIdentities()
  const signIns = createSignIns(identities)
  const seen: SeenRequest[] = []
  const drops: Array<() => void> = []
  const started: Origin[] = []

  const fake: FakeOpenAi = {
    origins: { chatgpt: '', openai: '', auth: '' },
    identities,
    signIns,
    seen,
    scenario: scenario ?? (({ prompt }) => answer(say(`You said: ${prompt}`))),
    webSocket: 'accept',
    workspaceBackendOrigin: 'NO_CONSTRAINT',
    accountRoutingOverride: 'NO_CONSTRAINT',
    planType: 'plus',
    usedPercent: 27,
    weeklyUsedPercent: 41,
    drawing: null,
    dropConnections() {
      for (const drop of drops) drop()
    },
    async close() {
      await Promise.all(started.map((origin) => origin.close()))
    },
  }
  const api = createModelApi(() => fake.scenario)

  function remember(upstream: UpstreamName, request: IncomingMessage, method: string, body: unknown): void {
    const transport = method === 'WS' || method === 'UPGRADE' ? 'websocket' : 'http'
    seen.push({ upstream, method, path: pathOf(request), headers: request.headers, transport, body })
  }

  function startModelOrigin(upstream: 'chatgpt' | 'openai'): Promise<Origin> {
    const root = upstream === 'chatgpt' ? '/backend-api/codex' : '/v1'
    const streams = new Set<ServerResponse>()
    const limitHeaders = () => (upstream === 'chatgpt' ? toLimitHeaders(fake) : {})
    const sockets = createModelSockets(api, {
      upstream,
      headers: () => ({ 'x-models-etag': catalogEtag, ...limitHeaders() }),
      limits: () => (upstream === 'chatgpt' ? toLimitEvent(fake) : null),
      seen: (handshake, body) => remember(upstream, handshake, 'WS', body),
    })
    drops.push(() => {
      sockets.dropAll()
      for (const stream of streams) stream.destroy()
    })

    async function answerHttp(request: IncomingMessage, response: ServerResponse, body: unknown): Promise<void> {
      remember(upstream, request, request.method ?? 'GET', body)
      const path = pathOf(request)
      const refusal = findRefusal(upstream, request, identities)
      if (refusal) return sendJson(response, refusal)
      switch (path) {
        case `${root}/responses`:
          if (upstream === 'openai' && request.headers['content-encoding']) return sendJson(response, packedBody)
          if (request.method !== 'POST') return sendJson(response, { status: 200, body: null })
          streams.add(response)
          response.once('close', () => streams.delete(response))
          return answerPost(api, body as ModelBody, upstream, response, limitHeaders())
        case `${root}/models`:
          response.writeHead(200, { 'content-type': 'application/json', etag: catalogEtag })
          return void response.end(readModels())
        case `${root}/images/generations`:
          if (fake.drawing === null) return sendJson(response, { status: 404, body: {} })
          return sendJson(response, { status: 200, body: { created: 1, data: [{ b64_json: fake.drawing }] } })
        default: {
          const nothing = { status: 404, body: { error: { message: 'There is no such thing here.' } } }
          return sendJson(response, upstream === 'chatgpt' ? answerAccount(path, body, fake) : nothing)
        }
      }
    }

    function upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
      remember(upstream, request, 'UPGRADE', null)
      const refusal = findRefusal(upstream, request, identities) ?? findSocketRefusal(request)
      if (refusal === 'reset') socket.resetAndDestroy()
      else if (refusal) refuseUpgrade(socket, refusal)
      else sockets.upgrade(request, socket, head)
    }

    function findSocketRefusal(request: IncomingMessage): JsonAnswer | 'reset' | null {
      if (pathOf(request) !== `${root}/responses`) return { status: 404, body: {} }
      switch (fake.webSocket) {
        case 'accept':
          return null
        case 'reset':
          return 'reset'
        case 'refuse426':
          return { status: 426, body: {} }
        default:
          return typeof fake.webSocket === 'number' ? { status: fake.webSocket, body: {} } : fake.webSocket
      }
    }

    return startOrigin({ port: ports?.[upstream] ?? 0, answer: answerHttp, upgrade })
  }

  function startAuthOrigin(): Promise<Origin> {
    return startOrigin({
      port: ports?.auth ?? 0,
      answer(request, response, body) {
        remember('auth', request, request.method ?? 'GET', body)
        const signIn = signIns.answer(request.url ?? '', body)
        if (signIn?.redirect) return void response.writeHead(302, { location: signIn.redirect }).end()
        if (signIn) return sendJson(response, signIn)
        sendJson(response, answerAuth(pathOf(request), body, identities))
      },
      upgrade(request, socket) {
        remember('auth', request, 'UPGRADE', null)
        refuseUpgrade(socket, { status: 404, body: {} })
      },
    })
  }

  for (const name of ['chatgpt', 'openai', 'auth'] as const) {
    const origin = await (name === 'auth' ? startAuthOrigin() : startModelOrigin(name))
    started.push(origin)
    fake.origins[name] = origin.url
  }
  return fake
}
