import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const maxBytes = 1024 * 1024

/**
 * Appends what went wrong to `tapedeck.log` in the data folder: with codex in the terminal there is nowhere else to say it.
 * At a megabyte the file becomes `tapedeck.log.1`. Never throws.
 */
export function createLog(dataDir: string, now: () => Date = () => new Date()): (error: unknown) => void {
  const path = join(dataDir, 'tapedeck.log')
  return (error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, `${now().toISOString()} ${text}\n`, { mode: 0o600 })
    } catch {
      // A log that cannot be written must not become the next failure.
    }
  }
}
