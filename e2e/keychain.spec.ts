import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { CodexHome } from './codexHome.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { hasKeychain, startKeychain } from './keychain.ts'
import { expect, test } from './stage.ts'
import { codexExec, entry, readOnlySession, tapedeck } from './tapedeck.ts'

test.skip(!hasKeychain, 'there is no gnome-keyring here')

/** A command that reads the key from its standard input. */
async function setKey(home: CodexHome, key: string): Promise<string> {
  const child = spawn(process.execPath, [entry, 'auth', 'key', 'set'], { cwd: home.cwd, env: home.env })
  child.stdin.end(`${key}\n`)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return stdout + stderr
}

const status = async (home: CodexHome) => JSON.parse((await tapedeck(home, ['auth', 'status', '--json'])).stdout)

test('a key in the keychain outlives Tapedeck, signs for a codex without a login, and is in no file', async ({
  fake,
  makeHome,
}) => {
  const home = makeHome({ login: 'none' })
  const stop = await startKeychain(home)
  try {
    const keys = [fake.identities.mintApiKey(), fake.identities.mintApiKey()]
    for (const key of keys) {
      expect(await setKey(home, key)).toBe('Kept in the keychain.\n')
      expect(await status(home)).toMatchObject({
        apiKey: { state: 'stored', shown: `sk-…${key.slice(-4)}` },
        next: { use: 'storedKey' },
      })
    }
    fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
    expect(await codexExec(home, 'hello')).toMatchObject({ code: 0, stdout: expect.stringContaining('Heard: hello') })
    const { session } = await readOnlySession(home)
    expect(session).toMatchObject({ accountMode: 'apiKey', credential: 'keyWithoutLogin' })
    const asked = fake.seen.filter(({ upstream, path }) => upstream === 'openai' && path === '/v1/responses')
    expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${keys[1]}`]))

    const folder = String(home.env.TAPEDECK_HOME)
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = readFileSync(join(file.parentPath, file.name))
      expect({ file: file.name, holds: keys.some((key) => bytes.includes(key)) }).toEqual({
        file: file.name,
        holds: false,
      })
    }

    expect(await tapedeck(home, ['auth', 'key', 'clear'])).toMatchObject({ code: 0, stdout: 'The key is gone.\n' })
    expect(await status(home)).toMatchObject({ apiKey: { state: 'none' }, next: { use: 'nothing' } })
  } finally {
    stop()
  }
})

test('a login that codex keeps in a keyring is a login, without any file of it', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'none', config: 'cli_auth_credentials_store = "keyring"' })
  const stop = await startKeychain(home)
  try {
    const login = spawn(String(home.env.TAPEDECK_CODEX), ['login', '--with-api-key'], {
      env: home.env,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    login.stdin.end(fake.identities.mintApiKey())
    const said = await text(login.stderr)
    expect({ said, hasFile: existsSync(join(home.folder, 'auth.json')) }).toMatchObject({ hasFile: false })
    expect(await status(home)).toMatchObject({ account: { state: 'apiKey' }, next: { use: 'apiKey' } })
    fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
    expect(await codexExec(home, 'hello')).toMatchObject({ code: 0 })
    expect((await readOnlySession(home)).session).toMatchObject({ accountMode: 'apiKey', credential: 'codexLogin' })
  } finally {
    stop()
  }
})
