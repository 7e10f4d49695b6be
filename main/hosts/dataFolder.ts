import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where recordings live: `TAPEDECK_HOME`, else the place that the OS gives to application data. */
export function findDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.TAPEDECK_HOME) return env.TAPEDECK_HOME
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Tapedeck')
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Tapedeck')
    default:
      return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tapedeck')
  }
}

/** Makes the folder, for its owner alone. Where the system refuses that, whoever has something to write there is told why. */
export function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(path, 0o700)
  } catch {
    // Codex is forwarded all the same.
  }
}
