import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from './codexHome.ts'
import { eventually } from './tapedeck.ts'

/** Whether this computer has what a keychain of the test's own takes. */
export const hasKeychain = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'].every(
  (program) => spawnSync('which', [program]).status === 0,
)

/** Gives a home a desktop session with an unlocked keychain in it; ended with the returned function. */
export async function startKeychain(home: CodexHome): Promise<() => void> {
  const runtime = join(String(home.env.HOME), 'runtime')
  mkdirSync(runtime, { mode: 0o700 })
  Object.assign(home.env, { XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(String(home.env.HOME), 'share') })
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env: home.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  home.env.DBUS_SESSION_BUS_ADDRESS = await new Promise<string>((resolve) =>
    bus.stdout.once('data', (line) => resolve(String(line).trim())),
  )
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: home.env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keyring.stdin.end('pw')
  const ask = ['--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetNameOwner']
  const isThere = () =>
    spawnSync('dbus-send', [...ask, 'string:org.freedesktop.secrets'], { env: home.env }).status === 0
  await eventually(isThere, Boolean)
  return () => {
    keyring.kill('SIGKILL')
    bus.kill('SIGKILL')
  }
}
