import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { methods, type Result } from '../contract/api.ts'
import { createInMemorySecretStore } from './account/inMemorySecretStore.ts'
import { type App, startApp } from './app.ts'

/** The whole app but for its hosts, with a real recorder, and an upstream that answers whatever it is sent. */
let app: App
let upstream: Server
let dataDir: string
let received = 0
let launch: Result<'launch/create'>['launch']

beforeEach(async () => {
  received = 0
  upstream = createServer(async (incoming, response) => {
    for await (const chunk of incoming) received += chunk.length
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end('data: {"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}\n\n')
  })
  upstream.on('upgrade', (_request, socket) => {
    socket.on('error', () => {})
    socket.on('end', () => socket.end()).resume()
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n')
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-app-'))
  app = await startApp({
    dataDir,
    version: '0',
    env: { TAPEDECK_UPSTREAM_CHATGPT: origin, TAPEDECK_UPSTREAM_OPENAI: origin, TAPEDECK_UPSTREAM_AUTH: origin },
    proxyPort: 0,
    secretStore: createInMemorySecretStore(),
    report: () => {},
  })
  const created = await app.handlers['launch/create']({
    cwd: '/',
    args: [],
    credential: 'codexLogin',
    isPrivate: false,
  })
  launch = created.launch
})

afterEach(async () => {
  await app.close()
  upstream.closeAllConnections()
  upstream.close()
  rmSync(dataDir, { recursive: true })
})

function ask(headers: Record<string, string> = {}) {
  const path = `/t/${launch.pathToken}/v1/responses`
  return request({
    port: launch.proxyPort,
    path,
    method: 'POST',
    headers: { authorization: 'Bearer sk-x', ...headers },
  })
}

async function answerOf(asked: ReturnType<typeof ask>) {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, body: await text(answer) }
}

const turnOf = (turnId: string) => ({
  model: 'm',
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: `words of ${turnId}` }] }],
  client_metadata: { session_id: 's', thread_id: 't', turn_id: turnId },
})

async function until<T>(read: () => Promise<T> | T, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read()
    if (isThere(value)) return value
    await pause(20)
  }
}

const status = () => app.handlers['app/status']({})

/** The counts follow the sessions: what the recorder tells comes in the order of its writing, and the page may ask in between. */
async function expectCounts(expected: { recorded: number; total: number; missed: object }) {
  const { recorded, total, missed } = await until(status, (told) => told.total >= expected.total)
  expect({ recorded, total, missed }).toEqual(expected)
}
const sessions = async () => (await app.handlers['session/list']({ limit: 10 })).sessions

async function expectThatRecordingGoesOn() {
  const asked = ask({ 'content-type': 'application/json' })
  asked.end(JSON.stringify(turnOf('after')))
  expect((await answerOf(asked)).status).toBe(200)
  await until(sessions, (all) => all.some(({ status, title }) => status === 'completed' && title === 'words of after'))
}

test('every method of the contract is answered, and nothing else is', () => {
  expect(Object.keys(app.handlers).sort()).toEqual(Object.keys(methods).sort())
})

test('a gigabyte passes, our memory stays small, and the exchange is recorded or counted', async () => {
  const chunk = randomBytes(1024 * 1024)
  let most = 0
  const asked = ask()
  for (let sent = 0; sent < 1024; sent++) {
    if (!asked.write(chunk)) await once(asked, 'drain')
    if (sent % 64 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers)
  }
  asked.end()
  expect((await answerOf(asked)).status).toBe(200)
  expect(received).toBe(1024 * chunk.length)
  // The recorder's queue is bounded; on the way nothing gathers.
  expect(most).toBeLessThan(256 * 1024 * 1024)
  await expectThatRecordingGoesOn()
  const { recorded, total, missed } = await until(status, (told) => told.total >= 2)
  expect(recorded + (missed.overflow ?? 0)).toBe(total)
  expect(total).toBe(2)
})

test.each<[string, Record<string, string>, Buffer]>([
  ['what is no JSON', {}, Buffer.from('{"model": "m", ')],
  ['what is no text', {}, randomBytes(1000)],
  ['a packed body that is none', { 'content-encoding': 'zstd' }, randomBytes(1000)],
  ['an unknown packing', { 'content-encoding': 'odd' }, Buffer.from('{}')],
  ['a bomb', { 'content-encoding': 'zstd' }, zstdCompressSync(Buffer.alloc(200 * 1024 * 1024))],
  ['brackets without an end', {}, Buffer.from('['.repeat(1_000_000))],
  ['types that are none', {}, Buffer.from('{"input":{"length":3},"client_metadata":[1],"model":{"a":1}}')],
])('%s passes, is kept, and disturbs nothing', async (_what, headers, body) => {
  const asked = ask(headers)
  asked.end(body)
  expect((await answerOf(asked)).status).toBe(200)
  expect(received).toBe(body.length)
  await expectThatRecordingGoesOn()
  await expectCounts({ recorded: 2, total: 2, missed: {} })
})

test('half a WebSocket frame is no exchange, nonsense on a socket is counted, and neither disturbs anything', async () => {
  for (const bytes of [Buffer.from([0x81, 0xfe, 0x10]), randomBytes(64).fill(0xff, 0, 2)]) {
    const socket = connect(launch.proxyPort, '127.0.0.1')
    socket.write(
      `GET /t/${launch.pathToken}/v1/responses HTTP/1.1\r\nHost: 127.0.0.1:${launch.proxyPort}\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    await once(socket, 'data')
    socket.end(bytes)
    socket.resume()
    await once(socket, 'close')
  }
  await until(status, ({ missed }) => (missed.undecodable ?? 0) > 0)
  await expectThatRecordingGoesOn()
  await expectCounts({ recorded: 1, total: 2, missed: { undecodable: 1 } })
})
