import { execFileSync } from 'node:child_process'
import dns from 'node:dns'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { chooseProxy } from './chosenProxy.ts'
import { type Stage, setStage } from './fakeUpstream.ts'
import { patiently } from './rawUpstream.ts'

const name = 'upstream.test'
let folder: string
let secure: Server
let proxy: Server
let stage: Stage | null = null
const sockets = new Set<Duplex>()
/** What the proxy was asked to connect to. */
const tunnels: string[] = []
/** Whether it wants a password. */
let isGuarded = false

const file = (base: string) => join(folder, base)
const portOf = (server: Server) => (server.address() as AddressInfo).port
const addressOf = (server: Server) => `http://127.0.0.1:${portOf(server)}`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-tls-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA')
  openssl('req', ...newKey, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', `/CN=${name}`)
  writeFileSync(file('names'), `subjectAltName=DNS:${name},DNS:sub.${name},IP:127.0.0.1`)
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  openssl('x509', '-req', '-in', 'request.pem', '-out', 'cert.pem', ...signed)

  secure = createSecureServer(
    { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) },
    (incoming, response) => void incoming.resume().once('end', () => response.end(`${incoming.headers.host}`)),
  )
  secure.on('upgrade', (_request, socket) => {
    sockets.add(socket)
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nframes')
  })
  proxy = createServer()
  proxy.on('connect', (incoming, socket: Socket) => {
    tunnels.push(`${incoming.url}`)
    if (isGuarded) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
    // Whatever the name is, it leads to the one upstream.
    const onward = connect(portOf(secure), '127.0.0.1')
    for (const side of [socket, onward]) sockets.add(side.on('error', () => {}))
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    socket.pipe(onward).pipe(socket)
  })
  for (const server of [secure, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  for (const server of [secure, proxy]) server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Every name leads to this computer, and no question about it leaves it. */
function lookUp(_name: string, options: { all?: boolean }, tell: (error: null, ...found: unknown[]) => void) {
  if (options.all) tell(null, [{ address: '127.0.0.1', family: 4 }])
  else tell(null, '127.0.0.1', 4)
}

beforeEach(() => {
  vi.spyOn(dns, 'lookup').mockImplementation(lookUp as unknown as typeof dns.lookup)
  tunnels.length = 0
  isGuarded = false
})

afterEach(async () => {
  vi.restoreAllMocks()
  await stage?.close()
  stage = null
  for (const socket of sockets) socket.destroy()
  sockets.clear()
})

async function setSecureStage(host: string, env: NodeJS.ProcessEnv) {
  const origin = `https://${host}:${portOf(secure)}`
  stage = await setStage(() => {}, { upstreams: { chatgpt: origin, openai: origin, auth: origin }, env })
  return stage
}

async function ask(path = '/v1/responses') {
  const asked = request(`${stage?.base}${path}`, { method: 'POST' }).end('{}')
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, body: await text(answer) }
}

/** What is told of the way has to be the way: a tunnel, or none. */
const toldOf = (host: string, env: NodeJS.ProcessEnv) =>
  chooseProxy(`https://${host}:${portOf(secure)}`, env)?.host ?? null

const messageOf = ({ body }: { body: string }): string => JSON.parse(body).error.message

test('TLS goes through the proxy, over one tunnel that is kept', async () => {
  await setSecureStage(name, { HTTPS_PROXY: addressOf(proxy), SSL_CERT_FILE: file('ca.pem') })
  const host = `${name}:${portOf(secure)}`
  expect(await ask()).toEqual({ status: 200, body: host })
  expect(await ask()).toEqual({ status: 200, body: host })
  expect(tunnels).toEqual([host])
})

test('a WebSocket goes through the proxy too', async () => {
  const { port, base } = await setSecureStage(name, { HTTPS_PROXY: addressOf(proxy), SSL_CERT_FILE: file('ca.pem') })
  const socket = connect(port, '127.0.0.1')
  sockets.add(socket)
  socket.write(
    `GET ${new URL(base).pathname}/v1/responses HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\n\r\nframes$/)
  expect(tunnels).toEqual([`${name}:${portOf(secure)}`])
})

test.each([
  ['https_proxy', () => ({ https_proxy: addressOf(proxy), HTTPS_PROXY: 'http://127.0.0.1:1' })],
  ['all_proxy', () => ({ all_proxy: addressOf(proxy) })],
  ['an address without its scheme', () => ({ HTTPS_PROXY: addressOf(proxy).slice('http://'.length) })],
])('the proxy is found in %s', async (_where, env) => {
  await setSecureStage(name, { ...env(), SSL_CERT_FILE: file('ca.pem') })
  expect(await ask()).toMatchObject({ status: 200 })
  expect(tunnels).toHaveLength(1)
  expect(toldOf(name, env())).toBe(`127.0.0.1:${portOf(proxy)}`)
})

test('a proxy that speaks no HTTP is not used', async () => {
  const env = { HTTPS_PROXY: 'socks5://127.0.0.1:1', SSL_CERT_FILE: file('ca.pem') }
  await setSecureStage(name, env)
  expect(await ask()).toMatchObject({ status: 200 })
  expect(tunnels).toEqual([])
  expect(toldOf(name, env)).toBeNull()
})

test.each([
  [name, name],
  [name, `other.example, ${name}`],
  [`sub.${name}`, name],
  [`sub.${name}`, `.${name}`],
  [`sub.${name}`, `*.${name}`],
  [name, '*'],
  [name, name.toUpperCase()],
])('%s goes past the proxy when NO_PROXY is "%s"', async (host, exempt) => {
  await setSecureStage(host, { HTTPS_PROXY: addressOf(proxy), NO_PROXY: exempt, SSL_CERT_FILE: file('ca.pem') })
  expect(await ask()).toEqual({ status: 200, body: `${host}:${portOf(secure)}` })
  expect(tunnels).toEqual([])
  expect(toldOf(host, { HTTPS_PROXY: addressOf(proxy), NO_PROXY: exempt })).toBeNull()
})

test.each(['other.example', `not${name}`, `${name}.example`])(
  'the proxy is used when NO_PROXY is "%s"',
  async (exempt) => {
    await setSecureStage(name, { HTTPS_PROXY: addressOf(proxy), NO_PROXY: exempt, SSL_CERT_FILE: file('ca.pem') })
    expect(await ask()).toMatchObject({ status: 200 })
    expect(tunnels).toHaveLength(1)
    expect(toldOf(name, { HTTPS_PROXY: addressOf(proxy), NO_PROXY: exempt })).not.toBeNull()
  },
)

test('this computer is reached without the proxy, by TLS and without', async () => {
  const env = { HTTPS_PROXY: addressOf(proxy), HTTP_PROXY: addressOf(proxy), SSL_CERT_FILE: file('ca.pem') }
  await setSecureStage('127.0.0.1', env)
  expect(await ask()).toMatchObject({ status: 200 })
  await stage?.close()
  stage = await setStage((_incoming, response) => response.end('plain'), { env })
  expect(await ask()).toEqual({ status: 200, body: 'plain' })
  expect(tunnels).toEqual([])
})

test('a certificate that nobody vouches for is told, and nothing is sent', async () => {
  let asked = 0
  const count = () => {
    asked += 1
  }
  secure.on('request', count)
  await setSecureStage('127.0.0.1', { SSL_CERT_FILE: file('no-such-file') })
  const answer = await ask()
  secure.off('request', count)
  expect(answer).toMatchObject({ status: 502 })
  expect(messageOf(answer)).toMatch(
    /^Tapedeck could not reach 127\.0\.0\.1:\d+ \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\. Its certificate is not trusted/,
  )
  expect(asked).toBe(0)
  await expect.poll(() => stage?.events.at(-1), patiently).toMatchObject({ type: 'closed', outcome: 'unreachable' })
})

test('a certificate for another name is told', async () => {
  await setSecureStage('other.test', { HTTPS_PROXY: addressOf(proxy), SSL_CERT_FILE: file('ca.pem') })
  const answer = await ask()
  expect(answer).toMatchObject({ status: 502 })
  expect(messageOf(answer)).toContain('(ERR_TLS_CERT_ALTNAME_INVALID). Its certificate is not trusted')
})

test.each<[string, () => string, RegExp]>([
  ['is not an address', () => 'http://proxy:99999', /\(ERR_PROXY_INVALID_CONFIG\)\. Is the proxy in HTTPS_PROXY right/],
  ['wants a password', () => addressOf(proxy), /\(ERR_PROXY_TUNNEL\)\. Is the proxy in HTTPS_PROXY right/],
  ['is not there', () => 'http://127.0.0.1:1', /\(ECONNREFUSED\)/],
])('a proxy that %s is told', async (_what, address, told) => {
  isGuarded = true
  await setSecureStage(name, { HTTPS_PROXY: address(), SSL_CERT_FILE: file('ca.pem') })
  const answer = await ask()
  expect(answer).toMatchObject({ status: 502 })
  expect(messageOf(answer)).toMatch(told)
})
