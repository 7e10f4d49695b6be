import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** The real thing in a session of its own: D-Bus and gnome-keyring, which nobody else on this computer sees. */
const isThere = ['dbus-run-session', 'gnome-keyring-daemon'].every(
  (program) => spawnSync('which', [program]).status === 0,
)
const modulePath = join(import.meta.dirname, 'secretStore.ts')

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tapedeck-keyring-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))

/** `locked`: one that would have to ask its user, who is not there. `none`: a session in which nothing keeps secrets. */
type Keyring = 'unlocked' | 'hanging' | 'locked' | 'none' | 'noDBus'

function startIn(keyring: Keyring, program: string[]) {
  const session = ['dbus-run-session', '--']
  // The daemon returns before it has its name on the bus, and who asks earlier starts another one.
  const ask =
    'dbus-send --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets'
  const unlock = `printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; until ${ask}; do sleep 0.05; done >/dev/null 2>&1`
  const stop = `${unlock}; pid=$(${ask} | grep -o "[0-9]*$"); kill -STOP $pid`
  const [file, ...args] = {
    noDBus: program,
    locked: [...session, ...program],
    none: ['dbus-run-session', '--config-file', writeBareSession(), '--', ...program],
    // Stopped as soon as it is there: it keeps its name on the bus, and answers nobody.
    hanging: [...session, 'bash', '-c', `${stop}; "$@"; kill -KILL $pid`, 'sh', ...program],
    unlocked: [...session, 'bash', '-c', `${unlock}; exec "$@"`, 'sh', ...program],
  }[keyring] as [string, ...string[]]
  return spawn(file, args, {
    env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15_000,
  })
}

/** A session that starts no services by itself. */
function writeBareSession(): string {
  const path = join(home, 'session.conf')
  const policy =
    '<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>'
  writeFileSync(path, `<busconfig><type>session</type><listen>unix:dir=${home}</listen>${policy}</busconfig>`)
  return path
}

/** Runs lines that know `store`, in a process of its own; resolves to what they print. */
async function run(lines: string, keyring: Keyring): Promise<string> {
  const script = `
    import { createKeychain, isKeychainHanging } from ${JSON.stringify(modulePath)}
    const store = createKeychain({ timeoutMs: 1500 })
    const say = (promise) => promise.then((value) => console.log(JSON.stringify(value ?? null)), (error) => console.log(error.problem))
    ${lines}`
  const node = [process.execPath, '--input-type=module-typescript', '-e', script]
  const child = startIn(keyring, node)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return stdout || stderr
}

test.runIf(isThere)('a secret is kept, replaced and removed in the keychain', async () => {
  const said = await run(
    `await say(store.load()); await store.save('sk-one'); await say(store.load()); await store.save('sk-two');
     await say(store.load()); await store.remove(); await say(store.load()); await store.remove()`,
    'unlocked',
  )
  expect(said.trim().split('\n')).toEqual(['null', '"sk-one"', '"sk-two"', 'null'])
})

test('without a desktop session that is said, and how', async () => {
  expect((await run('await say(store.load())', 'noDBus')).trim()).toMatch(/^(noDBus|libsecretMissing)$/)
})

test.runIf(isThere)('without a keychain in the session that is said', async () => {
  expect((await run('await say(store.load())', 'none')).trim()).toBe('noProvider')
})

test.runIf(isThere)('a keychain that is locked keeps nothing, and says why', async () => {
  const said = await run(`await say(store.save('sk-one')); await say(store.load())`, 'locked')
  expect(said.trim().split('\n')).toEqual(['locked', 'null'])
})

test.runIf(isThere)(
  'a keychain that never answers is given up, and the process can be ended all the same',
  async () => {
    const said = await run(
      `await say(store.load()); console.log(isKeychainHanging()); if (isKeychainHanging()) process.kill(process.pid, 'SIGKILL')`,
      'hanging',
    )
    expect(said.trim().split('\n')).toEqual(['timeout', 'true'])
  },
)
