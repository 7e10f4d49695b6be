import type { DatabaseSync } from 'node:sqlite'
import type { Statements } from './statements.ts'

/** Pages of the index, and rows that lead to them, of one step. */
const pagesAStep = 500
const rowsAStep = 5_000

/**
 * Search indexes that migrations put aside under names that begin with `formerIndex`. Dropped at once, each of its pages would be written over in one
 * transaction: gigabytes, before anything else can be stored.
 */
export function createFormerIndex(database: DatabaseSync, { run, get }: Statements) {
  return {
    /** One piece; in a transaction of its own, until nothing is left. */
    removeSome(): 'more' | 'done' {
      const name = get<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE name LIKE 'formerIndex%' AND sql LIKE 'CREATE VIRTUAL %' LIMIT 1",
      )?.name
      if (name === undefined) return 'done'
      // What lies below a virtual table is not to be written to by mistake; this is none.
      database.enableDefensive(false)
      try {
        const pages = run(
          `DELETE FROM ${name}_data WHERE id IN (SELECT id FROM ${name}_data LIMIT ${pagesAStep})`,
        ).changes
        if (pages > 0) return 'more'
        const rows = run(
          `DELETE FROM ${name}_idx WHERE (segid, term) IN (SELECT segid, term FROM ${name}_idx LIMIT ${rowsAStep})`,
        ).changes
        if (rows === 0) run(`DROP TABLE ${name}`)
        return 'more'
      } finally {
        database.enableDefensive(true)
      }
    },
  }
}
