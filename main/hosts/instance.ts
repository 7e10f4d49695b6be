import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { findStandIn, makeStandIn } from './standInFolder.ts'

const fileName = 'instance.json'

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
  /** A codex's or a command's own process, which goes with it: whoever is there to stay takes its place then. */
  endsByItself: z.boolean().default(false),
})
export type Instance = z.infer<typeof instanceSchema>

export interface Lock {
  /** False where the data folder itself could not be locked: then nothing may be recorded, as others may hold it too. */
  isOfDataFolder: boolean
  release(): void
}

/**
 * Null when another process holds it. SQLite's file lock needs no native module and ends with the process, however it ends. Where
 * the disk refuses even that, the stand-in is locked, and where there can be none, nobody else is known of.
 */
export function lockDataFolder(dataDir: string): Lock | null {
  try {
    const release = lockIn(dataDir)
    return release && { isOfDataFolder: true, release }
  } catch {
    return lockStandIn(dataDir)
  }
}

function lockStandIn(dataDir: string): Lock | null {
  try {
    const standIn = makeStandIn(dataDir)
    const release = standIn === null ? () => {} : lockIn(standIn)
    return release && { isOfDataFolder: false, release }
  } catch {
    return { isOfDataFolder: false, release() {} }
  }
}

/** The way to release it; null when another process holds it. */
function lockIn(folder: string): (() => void) | null {
  const path = join(folder, 'lock.db')
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    // A file that is read-only SQLite locks for reading alone, without a word; this fails there.
    chmodSync(path, 0o600)
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw error
  }
  return () => database.close()
}

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode
  return code === 5 || code === 6 // SQLITE_BUSY, SQLITE_LOCKED
}

/** What the last process wrote, or a fresh identity with ports left to the OS. What is in the stand-in could not be written where it belongs. */
export function readInstance(dataDir: string): Instance {
  for (const folder of [findStandIn(dataDir), dataDir]) {
    const instance = folder === null ? null : readFrom(folder)
    if (instance) return instance
  }
  return { pid: null, apiPort: 0, apiToken: randomBytes(32).toString('base64url'), proxyPort: 0, endsByItself: false }
}

function readFrom(folder: string): Instance | null {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')))
  } catch {
    return null
  }
}

/** Where neither the data folder nor its stand-in can be written, nobody finds this process, and all the same it goes on. */
export function writeInstance(dataDir: string, instance: Instance): void {
  if (tryToWriteInto(dataDir, instance)) forgetStandIn(dataDir)
  else {
    const standIn = makeStandIn(dataDir)
    if (standIn !== null) tryToWriteInto(standIn, instance)
  }
}

/** Replaced in one step, so that a reader never sees half of it. */
function tryToWriteInto(folder: string, instance: Instance): boolean {
  const path = join(folder, fileName)
  try {
    writeFileSync(`${path}.new`, JSON.stringify(instance), { mode: 0o600 })
    renameSync(`${path}.new`, path)
    return true
  } catch {
    return false
  }
}

/** Its lock stays: somebody may hold it. */
function forgetStandIn(dataDir: string): void {
  const standIn = findStandIn(dataDir)
  if (standIn !== null) rmSync(join(standIn, fileName), { force: true })
}
