import type { DatabaseSync } from 'node:sqlite'
import { noMarks } from '../capture/foldSession.ts'
import type { KeptFacts } from './keptFacts.ts'
import type { Ledger } from './ledger.ts'
import type { ReadModel } from './readModel.ts'
import type { Statements } from './statements.ts'
import type { Trash } from './trash.ts'

/** Exchanges of one step: few enough that what streams meanwhile is stored in time. */
const exchangesAStep = 50

/** Pages of the index that one step writes anew. */
const pagesAStep = 200
/** Free pages that are given back in one step. */
const vacuumedAStep = 1_000
const scrubSteps = { none: 0, split: 1, begin: 2, merge: 3 }

interface DeletedExchange {
  key: number
  lostAs: string | null
}

/** Where a session leaves rows beside its exchanges. */
export interface DeletedFrom {
  readModel: ReadModel
  keptFacts: KeptFacts
  ledger: Ledger
  trash: Trash
}

/** Takes a session out of every table, piece by piece, and out of the file. */
export function createDeletion(statements: Statements, { readModel, keptFacts, ledger, trash }: DeletedFrom) {
  const { run, get, all } = statements

  function deleteExchanges(exchanges: DeletedExchange[]): void {
    for (const { key } of exchanges) run('DELETE FROM exchange WHERE key = ?', key)
    const recorded = exchanges.filter(({ lostAs }) => lostAs === null).length
    // What was lost stays counted; what was recorded and is gone by the user's will is neither recorded nor missed.
    ledger.add('recorded', -recorded)
    ledger.add('total', -recorded)
  }

  /** A negative number begins the merge of all segments into one. False when there was nothing more to merge. */
  function mergePages(pages: number): boolean {
    const changes = () => get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0
    const before = changes()
    run("INSERT INTO documentIndex (documentIndex, rank) VALUES ('merge', ?)", pages)
    return changes() - before >= 2
  }

  return {
    /** One piece; to be called in a transaction of its own until it says that nothing is left. The session goes last. */
    deleteSome(sessionId: string): 'more' | 'done' {
      const turnId = readModel.anyTurn(sessionId)
      if (turnId !== null) {
        readModel.removeTurn(turnId)
        return 'more'
      }
      const exchanges = all<DeletedExchange>(
        `SELECT key, lostAs FROM exchange WHERE sessionId = ?1 OR sessionId IN (
           SELECT sessionId FROM exchange WHERE key IN (SELECT exchangeKey FROM madeTitle WHERE sessionId = ?1)
         ) ORDER BY key IN (SELECT exchangeKey FROM madeTitle) LIMIT ${exchangesAStep}`,
        sessionId,
      )
      if (exchanges.length > 0) {
        deleteExchanges(exchanges)
        return 'more'
      }
      keptFacts.rename(sessionId, null)
      keptFacts.putMarks(sessionId, noMarks)
      keptFacts.putBranch(sessionId, null)
      trash.takeOut(sessionId)
      readModel.removeSession(sessionId)
      ledger.write('scrubbing', scrubSteps.split)
      return 'done'
    },

    /**
     * One piece of what follows a deletion, in a transaction of its own, until nothing is left: the index is written anew,
     * because its upper pages still hold deleted words where one page ends and the next begins. It goes on after a restart.
     */
    scrubSome(): 'more' | 'done' {
      switch (ledger.read('scrubbing')) {
        case scrubSteps.split:
          // What is a single segment already is never merged: a second one makes it.
          run("INSERT INTO documentIndex (rowid, text) VALUES (0, 'x')")
          ledger.write('scrubbing', scrubSteps.begin)
          return 'more'
        case scrubSteps.begin:
          mergePages(-pagesAStep)
          ledger.write('scrubbing', scrubSteps.merge)
          return 'more'
        case scrubSteps.merge:
          if (mergePages(pagesAStep)) return 'more'
          run("INSERT INTO documentIndex (documentIndex, rowid, text) VALUES ('delete', 0, 'x')")
          ledger.write('scrubbing', scrubSteps.none)
          return 'done'
        default:
          return 'done'
      }
    },

    /** The session that was not active for the longest time, of those that may go: not starred, not running. */
    oldest(): { id: string; updatedAt: number } | null {
      return (
        get<{ id: string; updatedAt: number }>(
          `SELECT session.id, sessionFacet.updatedAt FROM sessionFacet JOIN session ON session.key = sessionFacet.key
           WHERE isStarred = 0 AND status <> 'live' ORDER BY sessionFacet.updatedAt, sessionFacet.key LIMIT 1`,
        ) ?? null
      )
    },

    /** Whether anything of it is there. */
    hasSession(sessionId: string): boolean {
      return get('SELECT 1 FROM session WHERE id = ?', sessionId) !== undefined
    },
  }
}

/** Gives some free pages back, outside of a transaction. */
export function vacuumSome(database: DatabaseSync): 'more' | 'done' {
  const freePages = () => Number(Object.values(database.prepare('PRAGMA freelist_count').get() ?? {})[0])
  const before = freePages()
  if (before === 0) return 'done'
  database.exec(`PRAGMA incremental_vacuum(${vacuumedAStep})`)
  const after = freePages()
  return after > 0 && after < before ? 'more' : 'done'
}

/**
 * Empties the write-ahead log, where what was deleted can still be read. False when another connection reads just now: to be
 * tried again.
 */
export function emptyLog(database: DatabaseSync): boolean {
  const result = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  return result.busy === 0
}
