import { DatabaseSync } from 'node:sqlite'
import * as zlib from 'node:zlib'

/** What this Node lacks and the archive cannot do without, as a sentence for people; null when all is there. */
export function findMissingFeature(): string | null {
  if (typeof zlib.zstdCompressSync !== 'function') {
    return `This Node (${process.version}) cannot do zstd; Tapedeck needs Node 22.15 or newer, best 24.`
  }
  const database = new DatabaseSync(':memory:')
  try {
    database.exec("CREATE VIRTUAL TABLE probe USING fts5(text, content='')")
    return null
  } catch {
    return `The SQLite of this Node (${process.version}) has no full-text search (FTS5); take Node's own build.`
  } finally {
    database.close()
  }
}
