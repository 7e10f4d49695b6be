import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { patiently, type RawStage, requestLines, setRawStage } from './rawUpstream.ts'

let stage: RawStage
afterEach(() => stage.close())

/** An upstream that answers each handshake with these lines. */
async function setAnswer(...lines: string[]) {
  stage = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('\r\n\r\n')) socket.end(lines.join('\r\n'), 'latin1')
  })
}

function handshakeLines(): string[] {
  const asked = requestLines(stage, 'GET').filter((line) => !line.startsWith('Connection'))
  return [...asked, 'Connection: keep-alive, Upgrade', 'Upgrade: websocket']
}

test('the headers of a handshake pass both ways, with their case, order and repetition', async () => {
  const sent = [
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-extensions: permessage-deflate; client_max_window_bits',
    'X-Twice: 1',
    'X-Twice: 2',
    'openai-beta: responses_websockets=2026-02-06',
  ]
  const answered = [
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'sec-websocket-extensions: permessage-deflate; server_no_context_takeover',
    'Set-Cookie: __cf_bm=a, b; Path=/',
    'Set-Cookie: b=2',
    'x-codex-turn-state: opaque',
  ]
  await setAnswer('HTTP/1.1 101 Switching Protocols', ...answered, '', '')
  const answer = await stage.say(...handshakeLines(), ...sent, '', '')
  expect(answer).toBe(['HTTP/1.1 101 Switching Protocols', ...answered, '', ''].join('\r\n'))
  const [first, ...received] = stage.received().split('\r\n')
  expect(first).toBe('GET /backend-api/codex/responses HTTP/1.1')
  expect(received.filter((line) => sent.includes(line))).toEqual(sent)
  expect(received.toSorted()).toEqual(
    [...sent, `Host: ${new URL(stage.origin).host}`, 'connection: Upgrade', 'upgrade: websocket', '', ''].toSorted(),
  )
})

test('the cookie of a handshake goes with the next one', async () => {
  await setAnswer('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Set-Cookie: __cf_bm=a; Path=/', '', '')
  await stage.say(...handshakeLines(), '', '')
  expect(stage.received()).not.toContain('cookie')
  await stage.say(...handshakeLines(), '', '')
  expect(stage.received()).toContain('\r\ncookie: __cf_bm=a\r\n')
})

test('a refusal passes with its headers and its body', async () => {
  const headers = ['Content-Type: application/json', 'X-A: 1', 'X-A: 2', 'Set-Cookie: a=1', 'Set-Cookie: b=2']
  await setAnswer('HTTP/1.1 426 Upgrade Required', ...headers, 'Content-Length: 2', '', '{}')
  expect(await stage.say(...handshakeLines(), '', '')).toBe(
    ['HTTP/1.1 426 Upgrade Required', ...headers, 'Content-Length: 2', 'connection: close', '', '{}'].join('\r\n'),
  )
  await expect.poll(() => stage.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'ended' })
})

test('a refusal in chunks stays one', async () => {
  await setAnswer('HTTP/1.1 401 Unauthorized', 'Transfer-Encoding: chunked', '', '2', '{}', '0', '', '')
  const answer = await stage.say(...handshakeLines(), '', '')
  expect(answer.toLowerCase()).toMatch(/^http\/1\.1 401 unauthorized\r\n[\s\S]*transfer-encoding: chunked\r\n/)
  expect(answer).toMatch(/\r\n\r\n2\r\n\{\}\r\n0\r\n\r\n$/)
})

test('a refusal that is broken off is broken off', async () => {
  await setAnswer('HTTP/1.1 500 Internal Server Error', 'Content-Length: 99', '', 'half')
  expect(await stage.say(...handshakeLines(), '', '').catch(() => 'broken off')).not.toContain('tapedeck')
  await expect.poll(() => stage.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'upstreamAborted' })
})

test.each(['end', 'resetAndDestroy'] as const)(
  'when codex leaves (%s) before the upstream has answered, the upstream learns of it',
  async (leave) => {
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    stage = await setRawStage((socket) => {
      socket.once('close', () => left.resolve())
      asked.resolve()
    })
    const socket = stage.dial()
    socket.write([...handshakeLines(), '', ''].join('\r\n'))
    await asked.promise
    socket[leave]()
    await left.promise
    expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'clientAborted' })
  },
)

test('an upstream that closes instead of answering is a 502', async () => {
  stage = await setRawStage((socket) => void socket.end())
  expect(await stage.say(...handshakeLines(), '', '')).toMatch(/^HTTP\/1\.1 502 [\s\S]*tapedeck_upstream_unreachable/)
  expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'unreachable' })
})

test('one side may finish while the other still speaks', async () => {
  stage = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('\r\n\r\n')) {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst')
      socket.once('end', () => socket.end(' and last'))
    }
  })
  const socket = stage.dial()
  socket.write([...handshakeLines(), '', ''].join('\r\n'))
  await once(socket, 'readable')
  socket.end('bye')
  expect(await text(socket)).toMatch(/\r\n\r\nfirst and last$/)
  expect(stage.received()).toMatch(/\r\n\r\nbye$/)
})
