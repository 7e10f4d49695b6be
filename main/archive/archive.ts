import { explainDamage, isDamage } from './damage.ts'
import { archivePath, measure, openForWriting, trimLog } from './database.ts'
import { createDeletion, emptyLog, vacuumSome } from './deletion.ts'
import { createDocumentRuns } from './documentRuns.ts'
import { createFormerIndex } from './formerIndex.ts'
import { createKeptFacts } from './keptFacts.ts'
import { createLedger } from './ledger.ts'
import { createMadeTitles } from './madeTitles.ts'
import { createRawRecord } from './rawRecord.ts'
import { createReadModel } from './readModel.ts'
import { createRederivation } from './rederivation.ts'
import { createSettings } from './settings.ts'
import { createStatements } from './statements.ts'
import { createTrash } from './trash.ts'
import { createUnderived } from './underived.ts'

/** Permission, busy, locked, no memory, read-only, interrupted, input/output, corrupt, full, cannot open: SQLite's own numbers. */
const refusals = new Set([3, 5, 6, 7, 8, 9, 10, 11, 13, 14])

function isRefusal(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode
  return code !== undefined && refusals.has(code & 0xff)
}

export type Archive = ReturnType<typeof openArchive>

/**
 * The one connection that writes. Every write belongs in `transaction`, which undoes all of it when anything throws.
 * Throws a sentence for people when the archive cannot be opened, is a newer Tapedeck's, or this Node lacks what it takes.
 */
export function openArchive(dataDir: string) {
  const database = openForWriting(dataDir)
  const statements = createStatements(database)
  const ledger = createLedger(statements)
  const readModel = createReadModel(statements)
  const keptFacts = createKeptFacts(statements)
  const trash = createTrash(statements, readModel)
  const deletion = createDeletion(statements, { readModel, keptFacts, ledger, trash })

  return {
    raw: createRawRecord(statements),
    readModel,
    madeTitles: createMadeTitles(statements),
    keptFacts,
    ledger,
    trash,
    deletion,
    formerIndex: createFormerIndex(database, statements),
    documentRuns: createDocumentRuns(statements),
    rederivation: createRederivation(statements, ledger),
    underived: createUnderived(statements),

    transaction<T>(work: () => T): T {
      database.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite may have rolled back by itself, as it does on a full disk.
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },

    /**
     * A part of a transaction that may fail on its own: false when it did, `report` knows why, and the rest goes on.
     * What the disk or a lock refuses is no such failure: then the whole transaction throws.
     */
    attempt(work: () => void, report: (error: unknown) => void): boolean {
      database.exec('SAVEPOINT attempt')
      try {
        work()
        database.exec('RELEASE attempt')
        return true
      } catch (error) {
        if (!database.isTransaction || isRefusal(error)) throw error
        database.exec('ROLLBACK TO attempt; RELEASE attempt')
        report(error)
        return false
      }
    },

    /** The sentence for people when it is the archive itself that is damaged, else null. */
    damageIn: (error: unknown) => (isDamage(error) ? explainDamage(archivePath(dataDir)) : null),

    settings: createSettings(statements),
    measure: () => measure(database),
    trimLog: () => trimLog(database),

    vacuumSome: () => vacuumSome(database),
    emptyLog: () => emptyLog(database),

    /** The size that the file may grow to, for tests of a full disk. */
    limitPages(pages: number): void {
      database.exec(`PRAGMA max_page_count = ${pages}`)
    },

    close(): void {
      database.close()
    },
  }
}
