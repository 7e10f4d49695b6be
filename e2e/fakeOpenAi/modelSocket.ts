import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { isDue } from './isDue.ts'
import type { ModelApi, ModelBody, Way } from './modelApi.ts'
import type { InputItem } from './scenario.ts'

export interface ModelSockets {
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  dropAll(): void
}

export interface ModelSocketOptions {
  upstream: Way['upstream']
  headers(): Record<string, string>
  /** What is told before each answer; null tells nothing. */
  limits(): object | null
  seen(handshake: IncomingMessage, body: unknown): void
}

/** The model's WebSocket: increments are put together with what this socket has seen before. */
export function createModelSockets(api: ModelApi, options: ModelSocketOptions): ModelSockets {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 256 }, maxPayload: 0 })
  server.on('headers', (lines) => {
    for (const [name, value] of Object.entries(options.headers())) lines.push(`${name}: ${value}`)
  })

  function serve(socket: WebSocket, handshake: IncomingMessage): void {
    const contexts = new Map<string, InputItem[]>()
    const gone = new AbortController()
    let turn = Promise.resolve()
    socket.on('error', () => {})
    socket.on('close', () => gone.abort())
    socket.on('message', (message: RawData) => {
      const body = JSON.parse(String(message))
      options.seen(handshake, body)
      turn = turn.then(() => answer(body)).catch(() => socket.terminate())
    })

    async function answer(body: ModelBody): Promise<void> {
      const { previous_response_id: previous, input = [] } = body
      const before = previous === undefined ? [] : contexts.get(previous)
      if (!before) {
        const error = {
          type: 'invalid_request_error',
          code: 'previous_response_not_found',
          message: 'No such response.',
        }
        send({ type: 'error', status: 400, error })
        return
      }
      const whole = [...before, ...input]
      const reply = await api.reply(body, whole, { upstream: options.upstream, transport: 'websocket' })
      if (reply.type === 'httpError') {
        send({ type: 'error', status: reply.status, ...reply.body, headers: reply.headers })
        return
      }
      const { steps, responseId, output } = reply.played
      const limits = options.limits()
      let sent = limits ? send(limits) : undefined
      for (const [at, step] of steps.entries()) {
        if (reply.cutAfter === at) {
          // Frames are compressed in the background: without this the cut would take some of them along.
          if (!reply.losesFrames) await sent
          return socket.terminate()
        }
        await isDue(step, gone.signal)
        sent = send(step.event)
      }
      contexts.set(responseId, [...whole, ...output])
    }

    const send = (event: object) => new Promise<void>((resolve) => socket.send(JSON.stringify(event), () => resolve()))
  }

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (accepted) => serve(accepted, request)),
    dropAll: () => {
      for (const socket of server.clients) socket.terminate()
    },
  }
}
