import { globalShortcut } from 'electron'
import type { Settings } from '../../../contract/domain/settings.ts'
import { ReplyError } from '../../../contract/reply.ts'

export interface GlobalShortcut {
  /** The keys that work; null where there are none, or the system did not grant them. */
  current(): string | null
  /** Throws a sentence for people where the system refuses; then the earlier keys go on working. */
  change(wanted: Settings['globalShortcut']): void
}

/**
 * None where nobody chose one, but on macOS: on Linux such keys belong to the desktop, and on Windows Ctrl+Alt is AltGr, with which
 * people type letters.
 */
export function defaultShortcut(platform: NodeJS.Platform): string | null {
  return platform === 'darwin' ? 'Alt+Command+T' : null
}

/** The keys that open the window from everywhere. Those that the system does not grant at the start are simply not there. */
export function createShortcut(
  platform: NodeJS.Platform,
  wanted: Settings['globalShortcut'],
  onPressed: () => void,
): GlobalShortcut {
  const read = (from: Settings['globalShortcut']) => (from === 'default' ? defaultShortcut(platform) : from)
  const first = read(wanted)
  let current = first !== null && register(first, onPressed) ? first : null
  return {
    current: () => current,
    change(next) {
      const keys = read(next)
      if (keys === current) return
      // The new ones first: where they are refused nothing was lost.
      if (keys !== null && !register(keys, onPressed)) {
        throw new ReplyError('unavailable', `${refusal(current)} Choose other keys.`)
      }
      if (current !== null) globalShortcut.unregister(current)
      current = keys
    },
  }
}

function refusal(current: string | null): string {
  const taken = 'The system did not grant these keys: another program may have them.'
  return current === null ? taken : `${taken} The earlier ones go on working.`
}

/** Keys that the system cannot have at all are an error to Electron, and a refusal to their user. */
function register(keys: string, onPressed: () => void): boolean {
  try {
    return globalShortcut.register(keys, onPressed)
  } catch {
    return false
  }
}
