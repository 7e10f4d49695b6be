import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Permission, read-only, input/output, full, cannot open: SQLite's own numbers. */
const sqliteRefusals = new Set([3, 8, 10, 13, 14])
const systemRefusals = new Set([
  'EACCES',
  'EDQUOT',
  'EEXIST',
  'EIO',
  'EISDIR',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
])
/** What it takes at least to open the archive. */
const probeBytes = 64 * 1024

/** Whether the disk or the system refused, whatever was to be written. Nothing is wrong with the archive then. */
export function isUnwritable(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number }
  return errcode === undefined ? systemRefusals.has(code ?? '') : sqliteRefusals.has(errcode & 0xff)
}

/** What happened, what is safe, and what to do; for people. `null` when the folder can be written to. */
export function findUnwritable(dataDir: string): string | null {
  const code = tryToWrite(dataDir)
  return code === null ? null : explain(dataDir, code)
}

/** By what the system says of the folder: SQLite has the same words for a full disk, a read-only one and one without rights. */
export function explainUnwritable(dataDir: string, error: unknown): string {
  return findUnwritable(dataDir) ?? explain(dataDir, error instanceof Error ? error.message : String(error))
}

function tryToWrite(dataDir: string): string | null {
  const probe = join(dataDir, `.probe-${process.pid}`)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(probe, Buffer.alloc(probeBytes), { mode: 0o600 })
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    try {
      rmSync(probe, { force: true })
    } catch {
      // Where nothing can be written, nothing is there to be removed.
    }
  }
}

function explain(dataDir: string, reason: string): string {
  const [why, cure] = describe(reason)
  return (
    `Nothing can be written into ${dataDir}: ${why}. Codex goes on through Tapedeck; what cannot be recorded is counted as missed. ` +
    `${cure}, then start Tapedeck again.`
  )
}

function describe(reason: string): [why: string, cure: string] {
  switch (reason) {
    case 'ENOSPC':
      return ['its disk is full', 'Make room there']
    case 'EDQUOT':
      return ['what you may store on its disk is used up', 'Make room there']
    case 'EROFS':
      return ['its disk is read-only', 'Mount it for writing, or set TAPEDECK_HOME to a folder elsewhere']
    case 'EACCES':
    case 'EPERM':
      return ['your user has no rights to', 'Give your user the rights, or set TAPEDECK_HOME to a folder elsewhere']
    case 'ENOTDIR':
    case 'EEXIST':
      return ['there is a file in the place of a folder', 'Move it away, or set TAPEDECK_HOME to a folder elsewhere']
    default:
      return [`the system refuses it (${reason})`, 'Set that right']
  }
}
