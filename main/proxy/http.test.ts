import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { bytesOf, placeholder, type Stage, setStage } from './fakeUpstream.ts'

let stage: Stage
afterEach(() => stage.close())

/** Waits for something that must come; the test's own time limit ends it if it does not. */
async function until(condition: () => boolean) {
  while (!condition()) await delay(5)
}

async function send(path: string, headers: Record<string, string | string[]> = {}, body?: Buffer | Buffer[]) {
  const asked = request(`${stage.base}${path}`, { method: body ? 'POST' : 'GET', headers })
  for (const chunk of Array.isArray(body) ? body : body ? [body] : []) asked.write(chunk)
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { answer, body: await buffer(answer) }
}

test('a body of any bytes goes up and comes down unchanged, and the tap heard all of it', async () => {
  const up = randomBytes(700_001)
  const down = randomBytes(900_001)
  let arrived = Buffer.alloc(0)
  stage = await setStage(async (incoming, response) => {
    arrived = await buffer(incoming)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'x-odd' })
    for (let at = 0; at < down.length; at += 77_777) response.write(down.subarray(at, at + 77_777))
    response.end()
  })
  const { answer, body } = await send('/v1/responses', { authorization: 'Bearer jwt', 'chatgpt-account-id': 'a' }, [
    up.subarray(0, 5),
    up.subarray(5),
  ])
  expect(arrived.equals(up)).toBe(true)
  expect(body.equals(down)).toBe(true)
  expect(answer.headers['content-encoding']).toBe('x-odd')
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(bytesOf(stage.events, 'requestChunk').equals(up)).toBe(true)
  expect(bytesOf(stage.events, 'responseChunk').equals(down)).toBe(true)
  expect(stage.events.map((event) => event.type).filter((type, i, all) => type !== all[i - 1])).toEqual(
    expect.arrayContaining(['opened', 'requestChunk', 'requestEnded', 'answered', 'responseChunk', 'closed']),
  )
  expect(stage.events.at(-1)).toMatchObject({ outcome: 'ended' })
})

test('headers keep their case, order and repetition; nothing is added, and what belongs to the connection stays behind', async () => {
  let raw: string[] = []
  stage = await setStage((incoming, response) => {
    raw = incoming.rawHeaders
    response.writeHead(200, [
      'X-One',
      '1',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'x-two',
      '2',
      'Content-Length',
      '2',
    ])
    response.end('ok')
  })
  const { answer } = await send('/v1/models?b=2&a=%20', {
    'X-Custom': ['1', '2'],
    Te: 'trailers',
    Connection: 'keep-alive, X-Drop',
    'X-Drop': '1',
    'User-Agent': 'codex',
  })
  expect(raw.filter((_, i) => i % 2 === 0)).toEqual(['X-Custom', 'X-Custom', 'User-Agent', 'Host', 'Connection'])
  expect(raw[raw.indexOf('Host') + 1]).toBe(new URL(stage.origin).host)
  expect(answer.rawHeaders.slice(0, 10)).toEqual([
    'X-One',
    '1',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
    'x-two',
    '2',
    'Content-Length',
    '2',
  ])
})

test('the upstream is chosen by credential, and the placeholder alone is replaced', async () => {
  const seen: Array<[string | undefined, string | undefined]> = []
  stage = await setStage((incoming, response) => {
    seen.push([incoming.url, incoming.headers.authorization])
    response.end()
  })
  await send('/v1/responses', { authorization: 'Bearer jwt', 'chatgpt-account-id': 'a' }, Buffer.from('{}'))
  await send('/v1/responses', { authorization: 'Bearer sk-own' }, Buffer.from('{}'))
  await send('/v1/responses', { authorization: `Bearer ${placeholder}` }, Buffer.from('{}'))
  expect(seen).toEqual([
    ['/backend-api/codex/responses', 'Bearer jwt'],
    ['/v1/responses', 'Bearer sk-own'],
    ['/v1/responses', 'Bearer sk-the-real-key'],
  ])
  const opened = stage.events.filter((event) => event.type === 'opened')
  expect(opened.map((event) => [event.upstream, event.accountMode])).toEqual([
    ['chatgpt', 'chatgpt'],
    ['openai', 'apiKey'],
    ['openai', 'apiKey'],
  ])
  expect(JSON.stringify(stage.events)).not.toMatch(/sk-|jwt|placeholder/)
})

test('without a key the placeholder is refused in words', async () => {
  stage = await setStage((_incoming, response) => response.end(), { injectedKey: () => null })
  const { answer, body } = await send('/v1/responses', { authorization: `Bearer ${placeholder}` }, Buffer.from('{}'))
  expect(answer.statusCode).toBe(401)
  expect(JSON.parse(String(body)).error.message).toContain('no API key')
})

test('of an auth call the tap hears that it happened and the code of its error, and nothing of what was said', async () => {
  stage = await setStage((_incoming, response) =>
    response.writeHead(400).end('{"error":"refresh_token_reused","hint":"rt-secret"}'),
  )
  const { answer } = await send('/oauth/token?secret=1', {}, Buffer.from('{"refresh_token":"rt-secret"}'))
  expect(answer.statusCode).toBe(400)
  await until(() => stage.events.length > 0)
  expect(stage.events).toEqual([
    {
      type: 'called',
      launchId: 'launch',
      isPrivate: false,
      at: expect.any(Number),
      upstream: 'auth',
      method: 'POST',
      path: '/oauth/token',
      httpStatus: 400,
      errorCode: 'refresh_token_reused',
      durationMs: expect.any(Number),
    },
  ])
})

test('calls that ask no model anything are forwarded and not told', async () => {
  stage = await setStage((_incoming, response) => response.end('{}'))
  await send('/v1/models')
  await send('/backend-api/ps/mcp', {}, Buffer.from('{}'))
  expect(stage.events).toEqual([])
})

test('redirects and error answers are passed on as they are', async () => {
  stage = await setStage((incoming, response) => {
    if (incoming.url?.endsWith('/a'))
      response.writeHead(307, 'Go There', { location: 'https://elsewhere.example/' }).end()
    else response.writeHead(429, { 'retry-after': '7' }).end('{"error":{"type":"usage_limit_reached"}}')
  })
  const redirect = await send('/v1/a')
  expect([redirect.answer.statusCode, redirect.answer.statusMessage, redirect.answer.headers.location]).toEqual([
    307,
    'Go There',
    'https://elsewhere.example/',
  ])
  const limit = await send('/v1/b', {}, Buffer.from('{}'))
  expect([limit.answer.statusCode, String(limit.body)]).toEqual([429, '{"error":{"type":"usage_limit_reached"}}'])
})

test('an event arrives while the request is still being sent, and the head before the first event', async () => {
  const headArrived = Promise.withResolvers<void>()
  stage = await setStage((incoming, response) => {
    incoming.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    void headArrived.promise.then(() => response.write('data: 1\n\n'))
    incoming.once('end', () => response.end('data: 2\n\n'))
  })
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' })
  asked.write('a')
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  headArrived.resolve()
  const [first] = await once(answer, 'data')
  expect(String(first)).toBe('data: 1\n\n')
  asked.end('b')
  expect(String(await buffer(answer))).toBe('data: 2\n\n')
})

test('when codex breaks off, the upstream learns of it', async () => {
  let upstreamClosed = false
  stage = await setStage((incoming, response) => {
    response.write('data: 1\n\n')
    incoming.once('close', () => {
      upstreamClosed = true
    })
  })
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' })
  asked.end('{}')
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  await once(answer, 'data')
  asked.destroy()
  answer.on('error', () => {})
  await until(() => upstreamClosed && stage.events.at(-1)?.type === 'closed')
  expect(stage.events.at(-1)).toMatchObject({ type: 'closed', outcome: 'clientAborted' })
})

test('when the upstream breaks off, codex learns of it', async () => {
  const headArrived = Promise.withResolvers<void>()
  stage = await setStage((_incoming, response) => {
    response.write('data: 1\n\n')
    void headArrived.promise.then(() => response.destroy())
  })
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' })
  asked.end('{}')
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  headArrived.resolve()
  await expect(buffer(answer)).rejects.toThrow()
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(stage.events.at(-1)).toMatchObject({ outcome: 'upstreamAborted' })
})

test('an upstream that cannot be reached is told to codex in one sentence', async () => {
  stage = await setStage(() => {}, {
    upstreams: { chatgpt: 'http://127.0.0.1:1', openai: 'http://127.0.0.1:1', auth: 'http://127.0.0.1:1' },
  })
  const { answer, body } = await send('/v1/responses', {}, randomBytes(500_000))
  expect(answer.statusCode).toBe(502)
  expect(JSON.parse(String(body)).error).toMatchObject({
    type: 'tapedeck_upstream_unreachable',
    message: expect.stringContaining('127.0.0.1:1 (ECONNREFUSED)'),
  })
  await until(() => stage.events.at(-1)?.type === 'closed')
  expect(stage.events.at(-1)).toMatchObject({ outcome: 'unreachable' })
})

test('a tap that throws disturbs nothing', async () => {
  stage = await setStage((incoming, response) => incoming.pipe(response), {
    tap: () => {
      throw new Error('the recorder is broken')
    },
  })
  expect(String((await send('/v1/responses', {}, Buffer.from('hello'))).body)).toBe('hello')
})

test("Cloudflare's cookies are kept and sent again, other cookies are not, and codex's own win", async () => {
  const seen: Array<string | undefined> = []
  stage = await setStage((incoming, response) => {
    seen.push(incoming.headers.cookie)
    response
      .writeHead(200, ['Set-Cookie', '__cf_bm=abc; Path=/; HttpOnly', 'Set-Cookie', 'session=private; Path=/'])
      .end()
  })
  await send('/v1/models')
  await send('/v1/models')
  await send('/v1/models', { cookie: '__cf_bm=own; x=1' })
  expect(seen).toEqual([undefined, '__cf_bm=abc', '__cf_bm=own; x=1'])
})

test('the answer of accounts/check is the one answer that is changed', async () => {
  const body = '{"accounts": {"a": {"workspace_backend_origin" : "NO_CONSTRAINT"}}}'
  stage = await setStage((_incoming, response) =>
    response.writeHead(200, { 'content-length': body.length, etag: 'x' }).end(body),
  )
  const check = await send('/backend-api/wham/accounts/check', { 'chatgpt-account-id': 'a' })
  expect(String(check.body)).toBe(body.replace('NO_CONSTRAINT', 'https://chatgpt.com'))
  expect(check.answer.headers).toMatchObject({ etag: 'x', 'content-length': String(check.body.length) })
  expect(String((await send('/backend-api/wham/usage')).body)).toBe(body)
})

test('an upstream that packs for who asks for it sends plain what is read here, and packed what is not', async () => {
  const body = '{"accounts":{"a":{"workspace_backend_origin":"NO_CONSTRAINT"}},"error":"refresh_token_reused"}'
  stage = await setStage((incoming, response) => {
    const status = incoming.url?.startsWith('/oauth/') ? 400 : 200
    if (!incoming.headers['accept-encoding']) response.writeHead(status).end(body)
    else response.writeHead(status, { 'content-encoding': 'gzip' }).end(gzipSync(body))
  })
  const codex = { 'chatgpt-account-id': 'a', authorization: 'Bearer jwt', 'accept-encoding': 'zstd,gzip' }
  const check = await send('/backend-api/wham/accounts/check', codex)
  expect(String(check.body)).toBe(body.replace('NO_CONSTRAINT', 'https://chatgpt.com'))
  for (const path of ['/v1/responses', '/oauth/token']) {
    expect(String((await send(path, codex, Buffer.from('{}'))).body)).toBe(body)
  }
  await until(() => stage.events.some(({ type }) => type === 'called'))
  expect(stage.events).toContainEqual(expect.objectContaining({ type: 'called', errorCode: 'refresh_token_reused' }))
  expect((await send('/backend-api/wham/usage', codex)).body.equals(gzipSync(body))).toBe(true)
})

test("a workspace's override travels with that account's model calls", async () => {
  const seen: Array<string | string[] | undefined> = []
  stage = await setStage((incoming, response) => {
    seen.push(incoming.headers['x-openai-account-routing-override'])
    response.end(
      '{"accounts":{"a":{"workspace_backend_origin":"https://chatgpt.com","account_routing_override":"us"}}}',
    )
  })
  await send('/backend-api/wham/accounts/check', { 'chatgpt-account-id': 'a' })
  await send('/v1/responses', { 'chatgpt-account-id': 'a', authorization: 'Bearer x' }, Buffer.from('{}'))
  await send('/v1/responses', { 'chatgpt-account-id': 'b', authorization: 'Bearer x' }, Buffer.from('{}'))
  expect(seen).toEqual([undefined, 'us', undefined])
})
