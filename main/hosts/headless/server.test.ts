import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Notification } from '../../../contract/api.ts'
import type { Handlers } from '../../handlers.ts'
import { mintLinkToken } from './doors.ts'
import { createHeadlessServer, type HeadlessServer } from './server.ts'

const apiToken = 'the-api-token'
let folder: string
let server: HeadlessServer
let port: number
let pagesAskedFor: number
let notify: (notification: Notification) => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-headless-'))
  const rendererDir = join(folder, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(rendererDir, 'index.html'), '<title>Tapedeck</title>')
  writeFileSync(join(rendererDir, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), '"not for you"')
  server = createHeadlessServer({
    handlers: { 'session/delete': () => ({}) } as unknown as Handlers,
    onNotification: (listener) => {
      notify = listener
      return () => {}
    },
    apiToken,
    rendererDir,
    onPage: () => {
      pagesAskedFor += 1
    },
    report: () => {},
  })
  pagesAskedFor = 0
  port = await server.listen(0)
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** By hand, since `fetch` sets Host and forbids cookies. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          })
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

async function enter(): Promise<string> {
  const answer = await ask(`/?token=${mintLinkToken(apiToken, Date.now())}`)
  return String(answer.headers['set-cookie']).split(';')[0] as string
}

test('who is not let in is told how on a page that runs nothing, fetches nothing and tells no secret', async () => {
  const link = `/?token=${mintLinkToken(apiToken, Date.now())}`
  await ask(link)
  const cookie = await enter()
  const told: [Answer, number, string][] = [
    [await ask('/'), 401, 'This browser is not signed in to Tapedeck'],
    [await ask('/assets/a.js'), 401, 'This browser is not signed in to Tapedeck'],
    [await ask(link), 401, 'This link has been used or is too old'],
    [await ask('/', { cookie, host: 'evil.example' }), 403, 'This address is not served here'],
    [await ask('/<b>nowhere', { cookie }), 404, 'There is nothing at this address'],
  ]
  for (const [{ status, headers, body }, expected, title] of told) {
    expect(status).toBe(expected)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body).toContain(`<h1>${title}</h1>`)
    expect(body).not.toMatch(/<script|<b>|src=|the-api-token/)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri/)
    expect(headers['cache-control']).toBe('no-store')
    expect(body.includes('<code>tapedeck serve</code>')).toBe(status === 401)
  }
})

test('a link works once, sets a cookie that scripts cannot read, and leaves a clean address', async () => {
  const link = `/?token=${mintLinkToken(apiToken, Date.now())}`
  const first = await ask(link)
  expect(first.status).toBe(303)
  expect(first.headers.location).toBe('/')
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Path=\//)
  expect((await ask(link)).status).toBe(401)
})

test('the page comes with a strict policy, to who has the cookie, and nothing else of the disk does', async () => {
  const cookie = await enter()
  const page = await ask('/', { cookie })
  expect(page.body).toBe('<title>Tapedeck</title>')
  expect(pagesAskedFor).toBe(1)
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect((await ask('/assets/a.js', { cookie })).headers['cache-control']).toContain('immutable')
  expect((await ask('/')).status).toBe(401)
  for (const path of [
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%00',
    '/%',
  ]) {
    expect((await ask(path, { cookie })).body).not.toContain('not for you')
  }
  expect((await ask('/', { cookie, host: 'evil.example' })).status).toBe(403)
  expect(pagesAskedFor).toBe(1)
})

test('a method answers to the token and to our own page, and to no other page', async () => {
  const cookie = await enter()
  const params = JSON.stringify({ id: 'a' })
  const byTool = await ask('/api/session/delete', { authorization: `Bearer ${apiToken}` }, params)
  expect(JSON.parse(byTool.body)).toEqual({ ok: true, value: {} })
  const byPage = await ask('/api/session/delete', { cookie, origin: `http://127.0.0.1:${port}` }, params)
  expect(JSON.parse(byPage.body)).toEqual({ ok: true, value: {} })
  const byOther = await ask('/api/session/delete', { cookie, origin: 'https://evil.example' }, params)
  expect(byOther.status).toBe(403)
  expect((await ask('/api/session/delete', {}, params)).status).toBe(401)
})

test('bad bodies are told so and the server lives on', async () => {
  const headers = { authorization: `Bearer ${apiToken}` }
  expect((await ask('/api/session/delete', headers, '{')).status).toBe(400)
  const large = await ask('/api/session/delete', headers, `"${'x'.repeat(2_000_000)}"`)
  expect(large.status).toBe(413)
  expect(JSON.parse((await ask('/api/nope', headers, '{}')).body)).toMatchObject({ error: { code: 'unknownMethod' } })
  expect((await ask('/api/session/delete', headers)).status).toBe(405)
})

test('notifications reach who listens, and nobody listens without the token or cookie', async () => {
  const listening = new WebSocket(`ws://127.0.0.1:${port}/api/events`, {
    headers: { authorization: `Bearer ${apiToken}` },
  })
  await new Promise((resolve) => listening.once('open', resolve))
  const heard = new Promise((resolve) => listening.once('message', (data) => resolve(JSON.parse(String(data)))))
  notify({ method: 'session/deleted', params: { id: 'a', seq: 1 } })
  expect(await heard).toEqual({ method: 'session/deleted', params: { id: 'a', seq: 1 } })
  listening.terminate()

  const stranger = new WebSocket(`ws://127.0.0.1:${port}/api/events`, { origin: 'https://evil.example' })
  const refusal = await new Promise((resolve) => stranger.once('error', resolve))
  expect(String(refusal)).toContain('403')
})
