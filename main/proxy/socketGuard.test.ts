import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createMessageReader, negotiatedDeflate } from '../capture/webSocketFrames.ts'
import { bytesOf, type Stage, setStage, token } from './fakeUpstream.ts'
import type { ProxyOptions } from './proxy.ts'

const limit = { error: { type: 'usage_limit_reached', message: 'The usage limit has been reached' } }
const limitFrame = JSON.stringify({ type: 'error', status: 429, ...limit })
const ofThread = { authorization: 'Bearer jwt', 'chatgpt-account-id': 'a', 'thread-id': 't' }

const withKey: Partial<ProxyOptions> = {
  keyAtLimit: () => 'sk-key',
  readFrames(headers) {
    const deflate = negotiatedDeflate(headers)
    const reader = createMessageReader(deflate && { takeover: deflate.serverTakeover })
    return { push: (bytes) => reader.push(bytes).messages, isBetweenFrames: reader.isBetweenFrames }
  },
}

let stage: Stage
afterEach(() => stage.close())

const address = () => `ws://127.0.0.1:${stage.port}/t/${token}/v1/responses`

/** What codex hears on a socket until it is closed. */
async function listen(isCompressed: boolean) {
  const socket = new WebSocket(address(), { headers: ofThread, perMessageDeflate: isCompressed })
  const heard: string[] = []
  let wasTorn = false
  socket.on('message', (message) => heard.push(String(message)))
  socket.on('error', () => {
    wasTorn = true
  })
  await once(socket, 'close')
  return { heard, wasTorn }
}

async function handshakeStatus(): Promise<number | undefined> {
  const asked = new WebSocket(address(), { headers: ofThread })
  asked.on('error', () => {})
  const [, answer] = await once(asked, 'unexpected-response')
  answer.resume()
  return answer.statusCode
}

async function post(body: string) {
  const asked = request(`http://127.0.0.1:${stage.port}/t/${token}/v1/responses`, { method: 'POST', headers: ofThread })
  asked.end(body)
  const [answer] = await once(asked, 'response')
  answer.resume()
  return answer.statusCode
}

test.each([true, false])(
  'the end of the plan is kept from codex, all before it is not; compressed: %s',
  async (isCompressed) => {
    stage = await setStage((_incoming, response) => response.end(), withKey)
    const server = new WebSocketServer({ server: stage.upstream, perMessageDeflate: isCompressed && { threshold: 0 } })
    server.on('connection', async (socket) => {
      for (const text of ['{"type":"codex.rate_limits"}', '{"type":"response.created"}']) socket.send(text)
      await delay(50)
      socket.send(limitFrame)
    })
    const { heard } = await listen(isCompressed)
    expect(heard.slice(0, 2)).toEqual(['{"type":"codex.rate_limits"}', '{"type":"response.created"}'])
    expect(heard.slice(2).map((text) => JSON.parse(text))).toMatchObject([
      { type: 'error', error: { code: 'previous_response_not_found' } },
    ])
    // The recording holds what the plan said.
    if (!isCompressed) expect(String(bytesOf(stage.events, 'responseChunk'))).toContain('usage_limit_reached')
    // From here on the thread asks by POST, and the key pays.
    expect(await handshakeStatus()).toBe(426)
    expect(await post('{"input":[]}')).toBe(200)
    expect(stage.events.findLast(({ type }) => type === 'opened')).toMatchObject({
      upstream: 'openai',
      accountMode: 'apiKey',
      credential: 'keyAtLimit',
    })
  },
)

test('a refusal that comes in two pieces tears the socket, after which codex asks again as well', async () => {
  stage = await setStage(() => {}, withKey)
  stage.upstream.on('upgrade', async (_request, socket) => {
    socket.on('error', () => {})
    socket.on('end', () => socket.end()).resume()
    // An accept key that fits nothing: the test speaks bytes, and looks at none.
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n')
    const payload = Buffer.from(limitFrame)
    const frame = Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]), payload])
    socket.write(frame.subarray(0, 30))
    await delay(50)
    socket.write(frame.subarray(30))
  })
  const asked = request(address().replace('ws:', 'http:'), {
    headers: { ...ofThread, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'a' },
  })
  asked.end()
  const [, socket, head] = await once(asked, 'upgrade')
  const heard: Buffer[] = [head]
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  socket.on('error', () => {})
  if (!socket.destroyed) await once(socket, 'close')
  expect(Buffer.concat(heard).length).toBe(30)
  expect(await handshakeStatus()).toBe(426)
})

test('a handshake that the plan refuses sends codex to POST; another refusal reaches it as it was', async () => {
  let body: object = limit
  stage = await setStage((_incoming, response) => response.end(), withKey)
  stage.upstream.on('upgrade', (_request, socket) => {
    const text = JSON.stringify(body)
    socket.end(`HTTP/1.1 429 Too Many Requests\r\nx-mark: kept\r\ncontent-length: ${text.length}\r\n\r\n${text}`)
  })
  body = { error: { type: 'rate_limit_exceeded' } }
  expect(await handshakeStatus()).toBe(429)
  body = limit
  expect(await handshakeStatus()).toBe(426)
})

test('who has no key, or does not want it used, hears everything', async () => {
  stage = await setStage((_incoming, response) => response.end(), { ...withKey, keyAtLimit: () => null })
  const server = new WebSocketServer({ server: stage.upstream })
  server.on('connection', (socket) => {
    socket.send(limitFrame)
    socket.close()
  })
  expect(await listen(false)).toEqual({ heard: [limitFrame], wasTorn: false })
})
