import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Stage, setStage, token } from './fakeUpstream.ts'
import type { ProxyOptions } from './proxy.ts'

/** For what must come: asked often, and given up only when the test itself is about to be. */
export const patiently = { timeout: 15_000, interval: 5 }

/** For tests that look at the bytes themselves: both codex and the upstream are bare sockets. */
export interface RawStage extends Stage {
  /** What the upstream got so far, over all its connections. */
  received(): string
  /** How many connections the upstream has seen. */
  connections(): number
  /** A connection to the proxy. */
  dial(): Socket
  /** Sends these lines, and resolves to all that comes back until the connection closes. */
  say(...lines: string[]): Promise<string>
}

/** `converse` hears of each piece that the upstream gets, with all that came before on that connection. */
export async function setRawStage(
  converse: (socket: Socket, soFar: string) => void,
  options: Partial<ProxyOptions> = {},
): Promise<RawStage> {
  let received = ''
  let connections = 0
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    return socket
  }
  const upstream = createServer((socket) => {
    connections += 1
    let soFar = ''
    keep(socket).on('data', (bytes) => {
      soFar += bytes.toString('latin1')
      received += bytes.toString('latin1')
      converse(socket, soFar)
    })
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const stage = await setStage(() => {}, { upstreams: { chatgpt: origin, openai: origin, auth: origin }, ...options })
  const dial = () => keep(connect(stage.port, '127.0.0.1'))
  return {
    ...stage,
    origin,
    received: () => received,
    connections: () => connections,
    dial,
    say(...lines) {
      const socket = dial()
      socket.write(lines.join('\r\n'), 'latin1')
      return text(socket)
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      upstream.close()
      await stage.close()
    },
  }
}

/** The first lines of a request to the model API, over a connection that closes after it. */
export function requestLines(stage: Stage, method: string, path = '/v1/responses'): string[] {
  return [`${method} /t/${token}${path} HTTP/1.1`, `Host: 127.0.0.1:${stage.port}`, 'Connection: close']
}
