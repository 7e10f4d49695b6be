import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/**
 * Of all processes that share a data folder one records: the one that holds the lock. The others find it through
 * `instance.json`, which only the user can read. What is in it outlives the process on purpose: with the same ports and the
 * same key a running codex and an open page find their way back after a restart.
 */
const instanceSchema = z.object({
  pid: z.number().nullable(),
  apiPort: z.number(),
  apiToken: z.string(),
  proxyPort: z.number(),
})
export type Instance = z.infer<typeof instanceSchema>

export interface Lock {
  release(): void
}

/** Null when another process holds it. SQLite's file lock needs no native module and ends with the process, however it ends. */
export function lockDataFolder(dataDir: string): Lock | null {
  const path = join(dataDir, 'lock.db')
  const database = new DatabaseSync(path)
  try {
    chmodSync(path, 0o600)
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw error
  }
  return { release: () => database.close() }
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode
  return code === 5 || code === 6 // SQLITE_BUSY, SQLITE_LOCKED
}

/** What the last process wrote, or a fresh identity with ports left to the OS. */
export function readInstance(dataDir: string): Instance {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
  } catch {
    return { pid: null, apiPort: 0, apiToken: randomBytes(32).toString('base64url'), proxyPort: 0 }
  }
}

/** Replaced in one step, so that a reader never sees half of it. */
export function writeInstance(dataDir: string, instance: Instance): void {
  const path = fileIn(dataDir)
  writeFileSync(`${path}.new`, JSON.stringify(instance), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'instance.json')
}
