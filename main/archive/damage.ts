import { openReadOnly } from './database.ts'

/** Corrupt, and no database: SQLite's own numbers. */
const damages = new Set([11, 26])

/** Whether SQLite found something in the file that it cannot make sense of. No second try mends that. */
export function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number } | null)?.errcode
  return code !== undefined && damages.has(code & 0xff)
}

/** What happened, what is safe, and what to do; for people. */
export function explainDamage(path: string): string {
  return (
    `The archive ${path} is damaged: parts of it cannot be read any more, as after a fault of the disk or a copy that broke off. ` +
    'Codex goes on through Tapedeck, and nothing of its own was touched; what cannot be recorded is counted as missed. ' +
    'To begin a new archive and keep this one beside it, end the sessions that run, quit Tapedeck, and run `tapedeck set-aside`.'
  )
}

/** The launches of an archive that cannot be written to, as far as they can still be read: their codexes wait for an answer. */
export function salvageLaunches(path: string): unknown[] {
  try {
    const database = openReadOnly(path)
    try {
      const rows = database.prepare('SELECT record FROM launch WHERE endedAt IS NULL ORDER BY startedAt').all()
      return rows.map(({ record }) => JSON.parse(String(record)))
    } finally {
      database.close()
    }
  } catch {
    return []
  }
}
