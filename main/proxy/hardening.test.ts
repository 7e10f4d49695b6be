import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { type Stage, setStage, token } from './fakeUpstream.ts'

let stage: Stage
let reached = 0
afterEach(() => stage.close())

async function start() {
  reached = 0
  stage = await setStage((request, response) => {
    reached += 1
    request.resume()
    response.end(`from upstream: ${request.url}`)
  })
}

/** Sends these lines over a bare connection and resolves to all that comes back until it closes. */
function say(...lines: string[]): Promise<string> {
  const socket = connect(stage.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(lines.join('\r\n'))
  return text(socket)
}

const host = () => `Host: 127.0.0.1:${stage.port}`
const path = `/t/${token}/v1/models`

test.each<[string, RegExp, () => string[]]>([
  [
    'a page that found the port under a name of its own',
    /^HTTP\/1\.1 403 /,
    () => [`GET ${path} HTTP/1.1`, 'Host: evil.example'],
  ],
  ['no Host', /^HTTP\/1\.1 400 /, () => [`GET ${path} HTTP/1.1`]],
  ['a tunnel', /^HTTP\/1\.1 405 /, () => ['CONNECT example.com:443 HTTP/1.1', host()]],
  ['an absolute address', /^HTTP\/1\.1 400 /, () => [`GET http://example.com${path} HTTP/1.1`, host()]],
  ['a launch that never was', /^HTTP\/1\.1 403 /, () => [`GET /t/${'0'.repeat(32)}/v1/models HTTP/1.1`, host()]],
  ['no path token', /^HTTP\/1\.1 400 /, () => ['GET /v1/models HTTP/1.1', host()]],
  ['a way up and out', /^HTTP\/1\.1 40\d /, () => [`GET /t/${token}/v1/../../x HTTP/1.1`, host()]],
  ['a way up and out in disguise', /^HTTP\/1\.1 40\d /, () => [`GET /t/${token}/v1/%2e%2e/%2e%2e/x HTTP/1.1`, host()]],
  ['a path with no route', /^HTTP\/1\.1 404 /, () => [`GET /t/${token}/admin HTTP/1.1`, host()]],
  [
    'two lengths at once',
    /^HTTP\/1\.1 400 /,
    () => [`POST ${path} HTTP/1.1`, host(), 'Content-Length: 5', 'Transfer-Encoding: chunked'],
  ],
  [
    'headers without an end',
    /^HTTP\/1\.1 431 /,
    () => [`GET ${path} HTTP/1.1`, host(), `X-Long: ${'x'.repeat(140_000)}`],
  ],
  [
    'an upgrade to something else',
    /^HTTP\/1\.1 400 /,
    () => [`GET ${path} HTTP/1.1`, host(), 'Connection: Upgrade', 'Upgrade: h2c'],
  ],
  ['no HTTP at all', /^HTTP\/1\.1 400 /, () => ['\x16\x03\x01\x02\x00']],
])('%s is refused, and no upstream hears of it', async (_what, expected, request) => {
  await start()
  expect(await say(...request(), 'Connection: close', '', '')).toMatch(expected)
  expect(reached).toBe(0)
  expect(stage.events).toEqual([])
})

test('headers of 64 KB pass', async () => {
  await start()
  const answer = await say(
    `GET ${path} HTTP/1.1`,
    host(),
    `X-Long: ${'x'.repeat(64 * 1024)}`,
    'Connection: close',
    '',
    '',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*from upstream: /)
  expect(reached).toBe(1)
})

test('a path without a route is counted', async () => {
  await start()
  await say(`GET /t/${token}/admin HTTP/1.1`, host(), 'Connection: close', '', '')
  expect(stage.losses).toEqual(['unknownPath'])
})
