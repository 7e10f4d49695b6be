import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createProxy, type ProxyOptions, type Proxy as RunningProxy } from './proxy.ts'
import type { TapEvent } from './tap.ts'

/** For the tests of this folder: an upstream on loopback, and a proxy in front of it. */
export interface Stage {
  proxy: RunningProxy
  port: number
  /** The address of a living launch. */
  base: string
  upstream: Server
  origin: string
  events: TapEvent[]
  losses: string[]
  close(): Promise<void>
}

export const token = '0123456789abcdef0123456789abcdef'
export const placeholder = 'the-placeholder'

export async function setStage(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<ProxyOptions> = {},
): Promise<Stage> {
  const upstream = createServer({ maxHeaderSize: 256 * 1024 }, answer)
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const events: TapEvent[] = []
  const losses: string[] = []
  let streams = 0
  const proxy = createProxy({
    upstreams: { chatgpt: origin, openai: origin, auth: origin },
    authorize: (candidate) =>
      candidate === token
        ? { launchId: 'launch', credential: 'keyWithoutLogin', isPrivate: false, placeholderKey: placeholder }
        : null,
    injectedKey: () => 'sk-the-real-key',
    keyAtLimit: () => null,
    readFrames: () => ({ push: () => [], isBetweenFrames: () => true }),
    tap: (event) => events.push(event),
    countLoss: (reason) => losses.push(reason),
    env: {},
    newStreamId: () => `s${++streams}`,
    now: Date.now,
    ...options,
  })
  const port = await proxy.listen(0)
  return {
    proxy,
    port,
    base: `http://127.0.0.1:${port}/t/${token}`,
    upstream,
    origin,
    events,
    losses,
    async close() {
      await proxy.close()
      upstream.closeAllConnections()
      await new Promise((resolve) => upstream.close(resolve))
    },
  }
}

/** The bytes that a tap heard of one direction. */
export function bytesOf(events: TapEvent[], type: 'requestChunk' | 'responseChunk'): Buffer {
  return Buffer.concat(events.flatMap((event) => (event.type === type ? [event.bytes] : [])))
}
