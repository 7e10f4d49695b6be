import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** What shows trays on Linux announces itself on the session bus under this name; GNOME, for one, comes without. */
const watcher = 'org.kde.StatusNotifierWatcher'
const bus = 'org.freedesktop.DBus'
const path = '/org/freedesktop/DBus'

/** Any of them may be there; each answers with a line that has `true` or `false` in it. */
const askers: [file: string, args: string[]][] = [
  ['gdbus', ['call', '--session', '--dest', bus, '--object-path', path, '--method', `${bus}.NameHasOwner`, watcher]],
  ['busctl', ['--user', 'call', bus, path, bus, 'NameHasOwner', 's', watcher]],
  ['dbus-send', ['--session', '--print-reply', `--dest=${bus}`, path, `${bus}.NameHasOwner`, `string:${watcher}`]],
]

export type Ask = (file: string, args: string[]) => Promise<string | null>

/** Whether a tray of ours would be seen. What cannot be asked counts as no: a window that hid for good would be worse. */
export async function hasTrayHost(platform: NodeJS.Platform, ask: Ask = run): Promise<boolean> {
  if (platform !== 'linux') return true
  for (const [file, args] of askers) {
    const answer = await ask(file, args)
    if (answer !== null) return /\btrue\b/.test(answer)
  }
  return false
}

/** Asks again until there is one, for so long. */
export async function waitForTrayHost(
  platform: NodeJS.Platform,
  patienceMs: number,
  { ask, pauseMs = 2_000 }: { ask?: Ask; pauseMs?: number } = {},
): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    if (await hasTrayHost(platform, ask)) return true
    if (waitedMs >= patienceMs) return false
    await sleep(pauseMs)
  }
}

/** Null where the program is missing or the bus is. */
function run(file: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: 3_000 }, (error, stdout) => resolve(error ? null : stdout))
  })
}
