import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { LaunchCredential } from '../../contract/domain/account.ts'
import { buildLaunch } from './buildLaunch.ts'
import { apiKeyAuth, createCodexHome, realCodexPath } from './realCodex.ts'
import { realRuns } from './runs.ts'

/** Refuses everything at once, so that codex gives up at once, and remembers who asked for what. */
const server = createServer((request, response) => {
  remember(request)
  request.resume()
  response.writeHead(400, { 'content-type': 'application/json' })
  response.end('{"error":{"message":"refused by the test"}}')
})
server.on('upgrade', (request, socket) => {
  remember(request)
  socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
})

const seen = new Set<string>()
let port = 0

function remember(request: { url?: string; headers: { authorization?: string } }) {
  const url = request.url ?? ''
  if (url.includes('/v1/responses')) seen.add(`${url} ${request.headers.authorization}`)
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())
beforeEach(() => seen.clear())

async function launchReal(args: string[], credential: LaunchCredential = 'codexLogin') {
  const home = createCodexHome(credential === 'codexLogin' ? apiKeyAuth : null)
  try {
    writeFileSync(path.join(home.folder, 'mine.config.toml'), `openai_base_url = "${theirUrl()}"\n`)
    const command = buildLaunch({
      codexPath: realCodexPath,
      args,
      cwd: home.folder,
      env: home.env,
      proxyPort: port,
      token: 'tok',
      credential,
      placeholderKey: 'placeholder',
    })
    return await realRuns.run(command.file, command.args, { env: command.env, timeoutMs: 15_000 })
  } finally {
    home.remove()
  }
}

const theirUrl = () => `http://127.0.0.1:${port}/theirs/v1`
const theirs = () => ['-c', `openai_base_url="${theirUrl()}"`]
const exec = ['exec', '--skip-git-repo-check']
const ownKey = ['/t/tok/v1/responses Bearer sk-test-0123456789-test']

test.each([
  ['codex exec', () => [...exec, 'hi']],
  ['codex exec -- prompt', () => [...exec, '--', 'hi']],
  ['codex exec resume', () => [...exec, 'resume', '--last', 'hi']],
  ['codex exec review', () => [...exec, 'review', '--uncommitted']],
  ['codex exec with an image last', () => [...exec, 'hi', '-i', import.meta.filename]],
  ["a user's own -c in front of the command", () => [...theirs(), ...exec, 'hi']],
  ["a user's own -c behind the command", () => [...exec, ...theirs(), 'hi']],
  ["a user's own -c behind the prompt", () => [...exec, 'hi', ...theirs()]],
  ["a user's own profile", () => [...exec, '-p', 'mine', 'hi']],
  ['strict configuration', () => [...exec, '--strict-config', 'hi']],
] as Array<[string, () => string[]]>)('%s comes to the proxy', async (_name, args) => {
  await launchReal(args())
  expect([...seen]).toEqual(ownKey)
})

test('without a login the placeholder comes to the proxy', async () => {
  await launchReal([...exec, 'hi'], 'keyWithoutLogin')
  expect([...seen]).toEqual(['/t/tok/v1/responses Bearer placeholder'])
})

test.each([
  [],
  ['resume'],
  ['resume', '--last'],
  ['fork', 'id'],
  ['review'],
  ['exec', 'fork', 'id'],
  ['exec', 'resume', 'id', 'prompt'],
  ['agents'],
  ['cloud'],
  ['archive', 'id'],
])('our options are taken after codex %s %s %s', async (...args) => {
  const { exitCode } = await launchReal([...args.filter((arg) => arg !== undefined), '--help'])
  expect(exitCode).toBe(0)
})
