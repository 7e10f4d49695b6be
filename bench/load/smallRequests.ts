import { connect } from 'node:net'
import { headersOf, idsOf, requestOf } from './modelTraffic.ts'

const requestBytes = 1000

/**
 * Requests a second over `connections` kept connections, each asking anew as soon as it is answered. Written on bare sockets:
 * a client that worked harder than the proxies would be what is measured.
 */
export async function measureThroughput(
  baseUrl: string,
  wish: { connections: number; durationMs: number; run: string },
): Promise<number> {
  const { hostname, port, pathname } = new URL(baseUrl)
  const path = `${pathname === '/' ? '' : pathname}/v1/responses`
  let started = 0
  let done = 0
  const startedAt = performance.now()

  const connections = Array.from({ length: wish.connections }, () => runConnection())
  await Promise.all(connections)
  return (done * 1000) / (performance.now() - startedAt)

  function nextRequest(): string {
    const ids = idsOf(wish.run, started++)
    const body = requestOf(ids, requestBytes)
    const headers = headersOf(ids, { host: `${hostname}:${port}`, 'content-type': 'application/json' })
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }

  function runConnection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      let received = ''
      socket.setNoDelay()
      socket.setEncoding('latin1')
      socket.setTimeout(20_000, () => socket.destroy(new Error('no answer in time')))
      socket.on('error', reject)
      socket.on('close', () =>
        performance.now() - startedAt < wish.durationMs ? reject(new Error('closed early')) : resolve(),
      )
      socket.on('connect', () => socket.write(nextRequest()))
      socket.on('data', (text: unknown) => {
        received += text as string
        const length = lengthOfAnswer(received)
        if (length === null || received.length < length) return
        if (!received.startsWith('HTTP/1.1 200')) {
          socket.destroy(new Error(received.slice(0, 200)))
          return
        }
        received = ''
        done++
        if (performance.now() - startedAt < wish.durationMs) socket.write(nextRequest())
        else socket.destroy()
      })
    })
  }
}

/** Of a whole answer with its head; null while that cannot be told yet. */
function lengthOfAnswer(received: string): number | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd + 2))?.[1]
  if (length !== undefined) return headEnd + 4 + Number(length)
  return received.endsWith('\r\n0\r\n\r\n') ? received.length : null
}
