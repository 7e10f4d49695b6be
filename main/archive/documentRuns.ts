import type { Statements } from './statements.ts'

/** So few that what streams meanwhile is stored in time. */
const documentsAStep = 10_000

/**
 * Of which session the document in the column `key` is: that of the last run that began before it. Holds for documents that
 * exist, once all runs are there.
 */
export const sessionOfRun = (key: string) =>
  `(SELECT sessionId FROM documentRun WHERE firstKey <= ${key} ORDER BY firstKey DESC LIMIT 1)`

/** Whether the runs of all documents are there: in an archive of before them they are gathered piece by piece. */
export function hasAllRuns({ get }: Statements): boolean {
  return get("SELECT 1 FROM counter WHERE name = 'runsTo'") === undefined
}

/**
 * Documents of one session mostly follow one another, so where one session ends and the next begins is all that it takes to tell
 * whose each of them is: some pages, where a row for each document fills thousands.
 */
export function createDocumentRuns({ run, get, all }: Statements) {
  const runAt = (key: number) =>
    get<{ firstKey: number; sessionId: string }>(
      'SELECT firstKey, sessionId FROM documentRun WHERE firstKey <= ? ORDER BY firstKey DESC LIMIT 1',
      key,
    )
  const begin = (key: number, sessionId: string) =>
    run('INSERT OR REPLACE INTO documentRun (firstKey, sessionId) VALUES (?, ?)', key, sessionId)
  /** What comes after this key is gathered later. */
  const gatheredTo = () =>
    get<{ value: number }>("SELECT value FROM counter WHERE name = 'runsTo'")?.value ?? Number.POSITIVE_INFINITY

  /** Those that these keys are in, where no document is left in them. */
  function forgetEmpty(keys: number[]): void {
    for (const firstKey of new Set(keys.map((key) => runAt(key)?.firstKey))) {
      if (firstKey === undefined) continue
      run(
        `DELETE FROM documentRun WHERE firstKey = ?1 AND NOT EXISTS (
           SELECT 1 FROM document WHERE key >= ?1 AND key < ifnull(
             (SELECT min(firstKey) FROM documentRun WHERE firstKey > ?1), 9223372036854775807))`,
        firstKey,
      )
    }
  }

  return {
    /** A new document, whose key is greater than that of any other; those that follow it at once are of the same session. */
    append(key: number, sessionId: string): void {
      if (key > gatheredTo()) return
      run('DELETE FROM documentRun WHERE firstKey >= ?', key)
      if (runAt(key)?.sessionId !== sessionId) begin(key, sessionId)
    },

    /** The documents of one turn, which is of this session now. All of them were of one session before. */
    move(keys: number[], sessionId: string): void {
      const gathered = gatheredTo()
      const known = keys.filter((key) => key <= gathered)
      const [first] = known
      if (first === undefined || runAt(first)?.sessionId === sessionId) return
      const touched: number[] = []
      for (const key of known) {
        const from = runAt(key)
        if (from) {
          // What follows stays where it was.
          run('INSERT OR IGNORE INTO documentRun (firstKey, sessionId) VALUES (?, ?)', key + 1, from.sessionId)
          touched.push(from.firstKey, key + 1)
        }
        begin(key, sessionId)
      }
      forgetEmpty(touched)
    },

    /** After these documents were taken out. */
    removed: forgetEmpty,

    /** Gathers the runs of some documents that are older than them; in a transaction of its own, until nothing is left. */
    gatherSome(limit = documentsAStep): 'more' | 'done' {
      const from = gatheredTo()
      if (from === Number.POSITIVE_INFINITY) return 'done'
      const rows = all<{ key: number; sessionId: string }>(
        `SELECT documentFacet.key AS key, sessionId FROM documentFacet
         CROSS JOIN turn INDEXED BY turnPlace ON turn.key = documentFacet.turnKey
         WHERE documentFacet.key > ? ORDER BY documentFacet.key LIMIT ?`,
        from,
        limit,
      )
      const last = rows.at(-1)
      if (last === undefined) {
        run("DELETE FROM counter WHERE name = 'runsTo'")
        return 'done'
      }
      run('DELETE FROM documentRun WHERE firstKey > ?', from)
      let before = runAt(from)?.sessionId
      for (const { key, sessionId } of rows) {
        if (sessionId !== before) begin(key, sessionId)
        before = sessionId
      }
      forgetEmpty([from])
      run("UPDATE counter SET value = ? WHERE name = 'runsTo'", last.key)
      return 'more'
    },
  }
}
