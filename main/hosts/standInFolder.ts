import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where those who share a data folder meet while nothing can be written into it: a folder among the temporary files. Everybody may
 * put one there, so it counts only when it is the user's own and closed to all others: what is in it leads to a key.
 */
function pathOf(dataDir: string): string {
  return join(tmpdir(), `tapedeck-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)}`)
}

/** Null where there is none. */
export function findStandIn(dataDir: string): string | null {
  const path = pathOf(dataDir)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return null
  const isOwn = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0)
  return isOwn ? path : null
}

/** Null where there can be none. */
export function makeStandIn(dataDir: string): string | null {
  try {
    mkdirSync(pathOf(dataDir), { mode: 0o700 })
  } catch {
    // It is there already, or the disk of the temporary files is full as well.
  }
  return findStandIn(dataDir)
}
