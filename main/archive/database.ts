import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { findMissingFeature } from './features.ts'
import { migrations } from './migrations.ts'
import { isUnwritable } from './unwritable.ts'

/** Long enough for another connection's commit, short enough that a flush never holds the recorder. */
const busyTimeoutMs = 250
/** SQLite's own number. */
const notADatabase = 26
const walLimitBytes = 16 * 1024 * 1024

export function archivePath(dataDir: string): string {
  return join(dataDir, 'archive.db')
}

export function hasArchive(dataDir: string): boolean {
  const version = existsSync(archivePath(dataDir)) ? readVersion(archivePath(dataDir)) : 0
  return version !== 0
}

/**
 * The archive to write to, made or brought to this version when need be. Throws a sentence for people when it is not for
 * this version to touch: a newer Tapedeck's archive is left as it is, to the byte.
 */
export function openForWriting(dataDir: string): DatabaseSync {
  const missing = findMissingFeature()
  if (missing) throw new Error(missing)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  const path = archivePath(dataDir)
  refuseNewer(readVersion(path))
  // SQLite gives its -wal and -shm the mode of the file itself.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
  try {
    database.exec(`
      PRAGMA auto_vacuum = INCREMENTAL;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA journal_size_limit = ${walLimitBytes};
      PRAGMA cache_size = -16000;
    `)
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** The archive to look at. Throws a sentence for people when there is none yet, or when its version is not this one's. */
export function openForReading(dataDir: string): DatabaseSync {
  if (!hasArchive(dataDir))
    throw new Error(
      'There is no archive yet: nothing was recorded in this data folder. `tapedeck codex` starts a session that is.',
    )
  const version = readVersion(archivePath(dataDir))
  refuseNewer(version)
  if (version < migrations.length) {
    throw new Error(
      'This archive was made by an older Tapedeck. Start `tapedeck serve` once, which brings it up to date.',
    )
  }
  const database = openReadOnly(archivePath(dataDir))
  // Not mapped into memory: there each page that is not cached yet makes the system read on behind it, by megabytes.
  database.exec('PRAGMA cache_size = -16000')
  return database
}

/**
 * Also who only reads an archive writes beside it: SQLite's index of the log. Where the disk refuses that, nobody is writing to the
 * archive either, and it is read as a file that does not change. What a killed run left in the log is not seen then.
 */
export function openReadOnly(path: string): DatabaseSync {
  const options = { readOnly: true, timeout: busyTimeoutMs * 8 }
  const database = new DatabaseSync(path, options)
  try {
    database.prepare('PRAGMA schema_version').get()
    return database
  } catch (error) {
    database.close()
    if (!isUnwritable(error)) throw error
    const unchanging = pathToFileURL(path)
    unchanging.searchParams.set('immutable', '1')
    return new DatabaseSync(unchanging, options)
  }
}

/** The size of the file, and how much of it is in use: what is free is used again before it grows. */
export function measure(database: DatabaseSync): { bytes: number; usedBytes: number } {
  const read = (pragma: string) => Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] as number
  const [pages, freePages, pageBytes] = [read('page_count'), read('freelist_count'), read('page_size')]
  return { bytes: pages * pageBytes, usedBytes: (pages - freePages) * pageBytes }
}

/**
 * Empties the write-ahead log when it has grown beyond its limit, and waits for nobody: false when it cannot be done now, because
 * another connection still reads what was before.
 */
export function trimLog(database: DatabaseSync): boolean {
  if ((statSync(`${database.location()}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= walLimitBytes) return true
  database.exec('PRAGMA busy_timeout = 0')
  try {
    const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
    return busy === 0
  } finally {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  }
}

function migrate(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number }
  refuseNewer(row.user_version)
  if (row.user_version === migrations.length) return
  for (let version = row.user_version; version < migrations.length; version++) {
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(migrations[version] as string)
      database.exec(`PRAGMA user_version = ${version + 1}; COMMIT`)
    } catch (error) {
      // SQLite may have rolled back by itself, as it does on a full disk.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  // Others read the version from the file's header alone.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

function refuseNewer(version: number): void {
  if (version <= migrations.length) return
  throw new Error(
    `This archive was made by a newer Tapedeck (archive version ${version}, this one knows ${migrations.length}). ` +
      'It was left untouched; update Tapedeck to open it.',
  )
}

/**
 * The version as it stands in the file's header, 0 for no file. Read without SQLite, which writes next to whatever it opens.
 * @see https://sqlite.org/fileformat.html#user_version_number
 */
function readVersion(path: string): number {
  if (!existsSync(path)) return 0
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  try {
    const length = readSync(file, header, 0, header.length, 0)
    if (length === 0) return 0
    if (length < header.length || header.toString('latin1', 0, 15) !== 'SQLite format 3') {
      throw Object.assign(new Error(`${path} is not an archive of Tapedeck, or its beginning is damaged.`), {
        errcode: notADatabase,
      })
    }
    return header.readUInt32BE(60)
  } finally {
    closeSync(file)
  }
}

/**
 * What SQLite finds wrong with the pages of the archive, in its own words; null when all is well. Goes through the whole file, so
 * nothing that forwards may wait for it.
 */
export function findDamage(dataDir: string): string | null {
  const database = openForReading(dataDir)
  try {
    const first = String(Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0])
    return first === 'ok' ? null : first
  } finally {
    database.close()
  }
}
