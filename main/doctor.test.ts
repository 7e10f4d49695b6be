import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { examine } from './doctor.ts'

let dataDir: string
let server: Server
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-doctor-'))
  server = createServer((socket) => void socket.destroy())
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  server.close()
  rmSync(dataDir, { recursive: true })
})

/** None of these names is there, so nothing but the proxy can be reached. */
async function findWays(given: NodeJS.ProcessEnv) {
  const upstreams = { CHATGPT: 'https://a.invalid', OPENAI: 'https://b.invalid', AUTH: 'https://c.invalid' }
  const env: NodeJS.ProcessEnv = { PATH: dataDir, TAPEDECK_CODEX: join(dataDir, 'none'), ...given }
  for (const [name, origin] of Object.entries(upstreams)) env[`TAPEDECK_UPSTREAM_${name}`] = origin
  const findings = await examine({ dataDir, env, codex: null, archiveProblem: null, running: null })
  return findings
    .filter(({ check }) => check.endsWith('.invalid'))
    .map(({ verdict, message }) => `${verdict}: ${message}`)
}

const addressOf = () => `127.0.0.1:${(server.address() as AddressInfo).port}`

test('a proxy that is there is named, without its password', async () => {
  const found = await findWays({ HTTPS_PROXY: `http://me:secret@${addressOf()}` })
  expect(found).toEqual(Array(3).fill(`ok: goes through your proxy ${addressOf()}, which can be reached`))
})

test('a proxy that is not there is told, and so is one that is no address', async () => {
  const [found] = await findWays({ HTTPS_PROXY: 'http://127.0.0.1:9' })
  expect(found).toMatch(/^fail: goes through your proxy 127\.0\.0\.1:9, which cannot be reached \(ECONNREFUSED\)/)
  expect((await findWays({ HTTPS_PROXY: 'http://proxy:99999' }))[0]).toMatch(/^fail: .*is no address/)
})

test('what goes past the proxy is looked for where it is', async () => {
  const [past, through] = await findWays({ HTTPS_PROXY: `http://${addressOf()}`, NO_PROXY: 'a.invalid' })
  expect(past).toMatch(/^warn: cannot be reached/)
  expect(through).toContain('goes through your proxy')
})
