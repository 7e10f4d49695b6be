import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { bytesOf, placeholder, type Stage, setStage, token } from './fakeUpstream.ts'

let stage: Stage
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await stage.close()
})

async function until(condition: () => boolean) {
  while (!condition()) await delay(5)
}

/** A stage whose upstream speaks WebSocket; `greet` gets each connection. */
async function setSocketStage(greet: (socket: WebSocket) => void, options: Parameters<typeof setStage>[1] = {}) {
  stage = await setStage((_request, response) => response.writeHead(404).end(), options)
  const server = new WebSocketServer({ server: stage.upstream, perMessageDeflate: { threshold: 0 } })
  server.on('connection', greet)
  return server
}

function openSocket(headers: Record<string, string> = {}) {
  return new WebSocket(`ws://127.0.0.1:${stage.port}/t/${token}/v1/responses`, { headers, perMessageDeflate: true })
}

/** The two ends of a tunnel, speaking bytes of their own after the handshake. */
async function openRaw(answer: string, extra = ''): Promise<{ ours: Socket; theirs: Socket; head: string }> {
  stage = await setStage(() => {})
  const upgraded = once(stage.upstream, 'upgrade') as Promise<[unknown, Socket]>
  const ours = connect(stage.port, '127.0.0.1')
  sockets.add(ours)
  ours.write(
    `GET /t/${token}/v1/responses HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Key: abc\r\nSec-WebSocket-Version: 13\r\n\r\n${extra}`,
  )
  const [, theirs] = await upgraded
  sockets.add(theirs)
  theirs.on('error', () => {})
  ours.on('error', () => {})
  theirs.write(answer)
  let head = ''
  while (!head.includes('\r\n\r\n')) head += String(((await once(ours, 'data')) as [Buffer])[0])
  return { ours, theirs, head }
}

const accepted = 'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n'

test('messages of any size pass both ways, compressed as the two sides agreed', async () => {
  const big = randomBytes(3_000_000).toString('hex')
  await setSocketStage((socket) => socket.on('message', (message: RawData) => socket.send(String(message))))
  const socket = openSocket()
  await once(socket, 'open')
  expect(socket.extensions).toContain('permessage-deflate')
  for (const text of ['', 'hello', big]) {
    socket.send(text)
    const [echo] = (await once(socket, 'message')) as [Buffer]
    expect(String(echo) === text).toBe(true)
  }
  socket.terminate()
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(stage.events[0]).toMatchObject({ type: 'opened', protocol: 'websocket', path: '/v1/responses' })
  expect(stage.events[1]).toMatchObject({ type: 'answered', httpStatus: 101 })
  expect(stage.events.at(-1)).toMatchObject({ outcome: 'clientAborted' })
})

test('bytes pass unchanged, and the tap hears each of them', async () => {
  const up = randomBytes(200_000)
  const down = randomBytes(300_000)
  const { ours, theirs } = await openRaw(accepted)
  const upArrived = collect(theirs, up.length)
  const downArrived = collect(ours, down.length)
  ours.write(up)
  theirs.write(down)
  expect((await upArrived).equals(up)).toBe(true)
  expect((await downArrived).equals(down)).toBe(true)
  expect(bytesOf(stage.events, 'requestChunk').equals(up)).toBe(true)
  expect(bytesOf(stage.events, 'responseChunk').equals(down)).toBe(true)
})

test('what comes together with the handshake is not lost', async () => {
  const { theirs, head } = await openRaw(`${accepted}from upstream`, 'from codex')
  expect(String(await collect(theirs, 10))).toBe('from codex')
  expect(head).toMatch(/^HTTP\/1\.1 101 /)
  await until(() => String(bytesOf(stage.events, 'responseChunk')) === 'from upstream')
  expect(String(bytesOf(stage.events, 'requestChunk'))).toBe('from codex')
})

test('when codex goes, the upstream learns of it', async () => {
  const { ours, theirs } = await openRaw(accepted)
  theirs.resume()
  ours.destroy()
  await once(theirs, 'end')
  expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'clientAborted' })
})

test('when the upstream goes, codex learns of it', async () => {
  const { ours, theirs } = await openRaw(accepted)
  ours.resume()
  theirs.destroy()
  await once(ours, 'end')
  expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'upstreamAborted' })
})

test.each([
  ['the upstream', 'upstreamAborted', 'responseChunk'],
  ['codex', 'clientAborted', 'requestChunk'],
] as const)('the last words of %s arrive and are told, though it closes with them', async (_side, outcome, type) => {
  const { ours, theirs } = await openRaw(accepted)
  const [speaker, listener] = type === 'responseChunk' ? [theirs, ours] : [ours, theirs]
  const arrived = text(listener)
  speaker.end('the last words')
  expect(await arrived).toBe('the last words')
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(stage.events.slice(2)).toMatchObject([
    { type, bytes: Buffer.from('the last words') },
    { type: 'closed', outcome },
  ])
})

test.each([
  [426, 'Upgrade Required'],
  [401, 'Unauthorized'],
  [429, 'Too Many Requests'],
])('a handshake that the upstream refuses with %i is refused with its own words', async (status, reason) => {
  stage = await setStage(() => {})
  stage.upstream.on('upgrade', (_request, socket) => {
    socket.end(`HTTP/1.1 ${status} ${reason}\r\nx-request-id: r1\r\ncontent-length: 12\r\n\r\n{"error":{}} `.trimEnd())
  })
  const socket = openSocket()
  socket.on('error', () => {})
  const [, answer] = (await once(socket, 'unexpected-response')) as [
    unknown,
    NodeJS.ReadableStream & { headers: object },
  ]
  let body = ''
  for await (const chunk of answer) body += chunk
  expect(answer).toMatchObject({ statusCode: status, statusMessage: reason, headers: { 'x-request-id': 'r1' } })
  expect(body).toBe('{"error":{}}')
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(stage.events.map(({ type }) => type)).toEqual(['opened', 'answered', 'responseChunk', 'closed'])
  expect(stage.events.at(-1)).toMatchObject({ outcome: 'ended' })
})

test('an upstream that cannot be reached is a 502 with a sentence', async () => {
  const nowhere = 'http://127.0.0.1:1'
  stage = await setStage(() => {}, { upstreams: { chatgpt: nowhere, openai: nowhere, auth: nowhere } })
  const socket = openSocket()
  socket.on('error', () => {})
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, NodeJS.ReadableStream]
  let body = ''
  for await (const chunk of answer) body += chunk
  expect(answer).toMatchObject({ statusCode: 502 })
  expect(JSON.parse(body).error.message).toMatch(/could not reach 127\.0\.0\.1:1 \(ECONNREFUSED\)/)
  expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'unreachable' })
})

test('the placeholder is replaced in the handshake, and the key stays out of the tap', async () => {
  const server = await setSocketStage(() => {})
  const handshake = once(server, 'headers') as Promise<[unknown, { headers: object }]>
  const socket = openSocket({ authorization: `Bearer ${placeholder}` })
  const [, { headers }] = await handshake
  await once(socket, 'open')
  expect(headers).toMatchObject({ authorization: 'Bearer sk-the-real-key' })
  expect(JSON.stringify(stage.events)).not.toMatch(/sk-the-real-key|the-placeholder/)
  socket.terminate()
})

test('a dead launch and a foreign Host open no socket', async () => {
  await setSocketStage(() => {})
  for (const [path, host] of [
    ['/t/00000000000000000000000000000000/v1/responses', `127.0.0.1:${stage.port}`],
    [`/t/${token}/v1/responses`, 'evil.example'],
  ] as const) {
    const socket = new WebSocket(`ws://127.0.0.1:${stage.port}${path}`, { headers: { host } })
    socket.on('error', () => {})
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, NodeJS.ReadableStream]
    expect(answer).toMatchObject({ statusCode: 403 })
    answer.resume()
  }
  expect(stage.events).toEqual([])
})

async function collect(socket: Socket, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  while (bytes < length) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    chunks.push(chunk)
    bytes += chunk.length
  }
  return Buffer.concat(chunks)
}
