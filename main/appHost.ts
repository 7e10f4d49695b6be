import type { Host } from '../contract/domain/host.ts'
import type { Settings } from '../contract/domain/settings.ts'

/** Who serves the app to its user, and does of the settings what only it can. */
export interface AppHost {
  describe(): Host
  /** Before they are kept. Throws a `ReplyError` where the computer refuses; then nothing is kept. */
  carryOut(wanted: Partial<Settings>): void
}

/** A page in the browser: the computer is not its own. */
export const headlessHost: AppHost = {
  describe: () => ({
    kind: 'headless',
    globalShortcut: null,
    defaultShortcut: null,
    startsAtLogin: false,
    isSandboxed: null,
  }),
  carryOut() {},
}
