import type { DatabaseSync } from 'node:sqlite'
import type { Statements } from './statements.ts'

/** Pages of the index, and rows that lead to them, of one step. */
const pagesAStep = 500
const rowsAStep = 5_000

/**
 * A search index that a migration put aside as `formerIndex`. Dropped at once, each of its pages would be written over in one
 * transaction: gigabytes, before anything else can be stored.
 */
export function createFormerIndex(database: DatabaseSync, { run, get }: Statements) {
  return {
    /** One piece; in a transaction of its own, until nothing is left. */
    removeSome(): 'more' | 'done' {
      if (!get("SELECT 1 FROM sqlite_schema WHERE name = 'formerIndex'")) return 'done'
      // What lies below a virtual table is not to be written to by mistake; this is none.
      database.enableDefensive(false)
      try {
        const pages = run(
          `DELETE FROM formerIndex_data WHERE id IN (SELECT id FROM formerIndex_data LIMIT ${pagesAStep})`,
        ).changes
        if (pages > 0) return 'more'
        const rows = run(
          `DELETE FROM formerIndex_idx WHERE (segid, term) IN (SELECT segid, term FROM formerIndex_idx LIMIT ${rowsAStep})`,
        ).changes
        if (rows > 0) return 'more'
        run('DROP TABLE formerIndex')
        return 'done'
      } finally {
        database.enableDefensive(true)
      }
    },
  }
}
