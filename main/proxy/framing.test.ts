import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { buffer, text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { type Stage, setStage } from './fakeUpstream.ts'
import { patiently, type RawStage, requestLines, setRawStage } from './rawUpstream.ts'

let stage: Stage
afterEach(() => stage.close())

/** An upstream that answers each request with these lines. */
async function setAnswer(...lines: string[]): Promise<RawStage> {
  const raw = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('\r\n\r\n')) socket.write(lines.join('\r\n'), 'latin1')
  })
  stage = raw
  return raw
}

test('an answer to HEAD keeps its length and has no body', async () => {
  const raw = await setAnswer('HTTP/1.1 200 OK', 'Content-Length: 1234', 'X-A: 1', '', '')
  expect(await raw.say(...requestLines(raw, 'HEAD'), '', '')).toBe(
    'HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: 1\r\nConnection: close\r\n\r\n',
  )
})

test.each(['204 No Content', '304 Not Modified'])('%s has no body and no length made up', async (status) => {
  const raw = await setAnswer(`HTTP/1.1 ${status}`, 'ETag: "x"', '', '')
  expect(await raw.say(...requestLines(raw, 'GET'), '', '')).toBe(
    `HTTP/1.1 ${status}\r\nETag: "x"\r\nConnection: close\r\n\r\n`,
  )
})

test('an answer in chunks stays one, with its trailers', async () => {
  const raw = await setAnswer(
    'HTTP/1.1 200 OK',
    'Transfer-Encoding: chunked',
    '',
    '5',
    'hello',
    '1',
    '!',
    '0',
    'X-Sum: 7',
    '',
    '',
  )
  const answer = await raw.say(...requestLines(raw, 'GET'), '', '')
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(answer).toContain('Transfer-Encoding: chunked\r\n')
  expect(answer).not.toMatch(/content-length|date:/i)
  expect(answer).toMatch(/\r\n0\r\nX-Sum: 7\r\n\r\n$/)
})

test('an answer that ends with its connection arrives whole and is no abort', async () => {
  const raw = await setRawStage((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it'))
  stage = raw
  expect(await raw.say(...requestLines(raw, 'POST'), 'Content-Length: 0', '', '')).toContain('\r\nall of it\r\n')
  await expect.poll(() => raw.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'ended' })
})

test('repeated headers stay apart, whatever they are called', async () => {
  const lines = ['X-A: 1', 'x-b: 2', 'X-A: 3', 'Set-Cookie: a=1, x', 'Set-Cookie: b=2', 'Vary: a', 'Vary: b']
  const raw = await setAnswer('HTTP/1.1 200 OK', ...lines, 'Content-Length: 0', '', '')
  const names = ['constructor: a', 'constructor: b', '__proto__: c', '__proto__: d', 'toString: e']
  const answer = await raw.say(...requestLines(raw, 'GET'), ...names, '', '')
  expect(answer.split('\r\n').slice(1, 8)).toEqual(lines)
  const heads = raw.received().split('\r\n')
  expect(heads.filter((line) => names.includes(line))).toEqual(names)
})

test('a body is announced as it was, whatever the method', async () => {
  const raw = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('body') || soFar.endsWith('0\r\n\r\n'))
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })
  stage = raw
  for (const method of ['GET', 'DELETE', 'OPTIONS', 'POST']) {
    await raw.say(...requestLines(raw, method), 'Content-Length: 4', 'X-After: 1', '', 'body')
    await raw.say(...requestLines(raw, method), 'Transfer-Encoding: chunked', '', '4', 'body', '0', '', '')
  }
  const framings = raw.received().match(/^(Content-Length: 4\r\nX-After|Transfer-Encoding: chunked)/gm)
  const both = ['Content-Length: 4\r\nX-After', 'Transfer-Encoding: chunked']
  expect(framings).toEqual([...both, ...both, ...both, ...both])
})

test('no body is announced where there is none', async () => {
  const raw = await setAnswer('HTTP/1.1 200 OK', 'Content-Length: 0', '', '')
  await raw.say(...requestLines(raw, 'DELETE'), '', '')
  await raw.say(...requestLines(raw, 'GET'), '', '')
  expect(raw.received()).not.toMatch(/content-length|transfer-encoding/i)
})

test('the trailers of a request go along', async () => {
  const raw = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('X-Sum: 7\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })
  stage = raw
  const lines = ['Transfer-Encoding: chunked', '', '4', 'body', '0', 'X-Sum: 7', '', '']
  expect(await raw.say(...requestLines(raw, 'POST'), ...lines)).toMatch(/^HTTP\/1\.1 200 OK/)
})

test('who asks before sending a body is told to go on', async () => {
  const raw = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('body')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone')
  })
  stage = raw
  const socket = raw.dial()
  socket.write([...requestLines(raw, 'POST'), 'Content-Length: 4', 'Expect: 100-continue', '', ''].join('\r\n'))
  expect(String((await once(socket, 'data'))[0])).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  socket.write('body')
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*done$/)
  await expect.poll(() => raw.events.map(({ type }) => type), patiently).toContain('requestEnded')
})

test('an answer that comes before the upload is over arrives, and the connection can be used again', async () => {
  stage = await setStage((_incoming, response) => response.writeHead(413).end('too much'))
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' })
  asked.write(randomBytes(1_000_000))
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect([answer.statusCode, String(await buffer(answer))]).toEqual([413, 'too much'])
  asked.end(randomBytes(1_000_000))
  await expect.poll(() => stage.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'ended' })
})

test('an answer with 64 KB of headers passes', async () => {
  const raw = await setAnswer('HTTP/1.1 200 OK', `X-Long: ${'x'.repeat(64 * 1024)}`, 'Content-Length: 2', '', 'ok')
  expect(await raw.say(...requestLines(raw, 'GET'), '', '')).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Long: x{65536}\r\n/)
})

test.each(['HTTP/1.1 099 Odd', 'HTTP/1.1 000 Odd', 'SSH-2.0-OpenSSH', 'HTTP/1.1 101 Switching Protocols'])(
  'an answer that begins with %s is a 502 and no crash',
  async (status) => {
    const raw = await setAnswer(status, 'Content-Length: 0', 'Connection: Upgrade', 'Upgrade: odd', '', '')
    expect(await raw.say(...requestLines(raw, 'POST'), 'Content-Length: 0', '', '')).toMatch(/^HTTP\/1\.1 502 /)
  },
)

test('an answer that is broken in its middle is broken off, not completed', async () => {
  const raw = await setAnswer('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '2', 'ok', 'zz', '')
  const answer = await raw.say(...requestLines(raw, 'POST'), 'Content-Length: 0', '', '')
  expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
  await expect.poll(() => raw.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'upstreamAborted' })
})

test('an upload that is broken in its middle puts no words of ours into an answer under way', async () => {
  const raw = await setRawStage((socket, soFar) => {
    if (soFar.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n')
  })
  stage = raw
  const socket = raw.dial()
  socket.write([...requestLines(raw, 'POST'), 'Transfer-Encoding: chunked', '', ''].join('\r\n'))
  const answer = text(socket)
  await expect.poll(() => raw.events.map(({ type }) => type), patiently).toContain('responseChunk')
  socket.write('this is no chunk\r\n')
  expect(await answer).not.toContain('tapedeck')
  await expect.poll(() => raw.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'clientAborted' })
})
