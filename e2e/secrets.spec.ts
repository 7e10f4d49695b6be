import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zstdDecompressSync } from 'node:zlib'
import type { Turn } from '../contract/domain/turn.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './stage.ts'
import { codexExec, tapedeck } from './tapedeck.ts'

test('no token, key or cookie is in what was stored, logged, answered or exported', async ({
  fake,
  makeHome,
  startServer,
}) => {
  const home = makeHome({ accessTokenLivesS: 60 })
  const server = await startServer(home)
  fake.scenario = ({ step }) => (step === 1 ? answer(run('echo ran')) : answer(say('Done.')))
  await codexExec(home, 'over WebSocket, with a refresh')
  fake.webSocket = 426
  await codexExec(home, 'over SSE')
  fake.identities.isAccessToken = () => false
  fake.identities.failRefreshes('refresh_token_invalidated')
  await codexExec(home, 'that fails')
  const keyHome = makeHome({ login: 'none' })
  const key = fake.identities.mintApiKey()
  await tapedeck(keyHome, ['codex', ...['exec', 'with a key']], { OPENAI_API_KEY: key })

  const written = [home, keyHome].flatMap(({ env }) => readEverything(String(env.TAPEDECK_HOME)))
  const said: string[] = []
  for (const each of [home, keyHome]) {
    const ask = async (...args: string[]) => {
      const { stdout } = await tapedeck(each, args)
      said.push(stdout)
      return stdout
    }
    const [list] = await Promise.all([ask('sessions', '--json'), ask('status', '--json'), ask('doctor')])
    for (const { id } of JSON.parse(list).sessions) {
      const [shown] = await Promise.all([ask('show', id, '--json'), ask('export', id, '--format', 'markdown')])
      const exchanges: { id: string }[] = JSON.parse(shown).turns.flatMap((turn: Turn) => turn.exchanges)
      await Promise.all(exchanges.map((exchange) => ask('show', exchange.id, '--json')))
    }
  }
  said.push(JSON.stringify(await server.call('app/status', {})))

  // The search finds what it looks for: the conversations themselves are there.
  expect(written.some((text) => text.includes('over WebSocket, with a refresh'))).toBe(true)
  expect(written.some((text) => text.includes('"with a key"'))).toBe(true)
  const secrets = fake.identities.secrets()
  expect(secrets.length).toBeGreaterThanOrEqual(5)
  for (const text of [...written, ...said]) {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    expect(text.match(/\/t\/[0-9a-f]{32}|__cf_bm|authorization"?,"?bearer/gi)).toBe(null)
  }
})

test('what is kept belongs to the user alone', async ({ makeHome }) => {
  const home = makeHome()
  await codexExec(home, 'hello')
  const folder = String(home.env.TAPEDECK_HOME)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder))
    expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600])
})

/** Every file as it lies there, and every value of every table as it reads unpacked. */
function readEverything(folder: string): string[] {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
  const database = new DatabaseSync(join(folder, 'archive.db'), { readOnly: true })
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .all() as { name: string }[]
  for (const { name } of tables) {
    for (const row of database.prepare(`SELECT * FROM "${name}"`).all()) {
      for (const value of Object.values(row)) texts.push(value instanceof Uint8Array ? unpack(value) : String(value))
    }
  }
  database.close()
  return texts
}

function unpack(bytes: Uint8Array): string {
  try {
    return zstdDecompressSync(bytes).toString('latin1')
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

test('while codex runs with a key that was put in, no process has a key or a token in its arguments', async ({
  fake,
  makeHome,
  startServer,
}) => {
  test.skip(process.platform !== 'linux', 'The arguments of all processes are read from /proc.')
  const home = makeHome({ login: 'none' })
  const key = fake.identities.mintApiKey()
  const server = await startServer(home)
  await server.call('apiKey/set', { key })
  let seen: string[] = []
  fake.scenario = () => {
    seen = argumentsOfAll()
    return answer(say('Done.'))
  }
  expect((await codexExec(home, 'who can see it')).code).toBe(0)
  expect(seen.some((args) => args.includes('who can see it'))).toBe(true)
  const secrets = [key, server.apiToken, ...fake.identities.secrets()]
  expect(seen.filter((args) => secrets.some((secret) => args.includes(secret)))).toEqual([])
})

function argumentsOfAll(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
      } catch {
        // Gone in between.
        return []
      }
    })
}
