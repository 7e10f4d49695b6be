import { DatabaseSync } from 'node:sqlite'
import { archivePath } from './database.ts'
import { unpack, unpackText } from './packed.ts'
import { createStatements } from './statements.ts'
import { createTurnBodiesReader } from './turnBodies.ts'

type Rows = Record<string, unknown>[]

/** For tests: every derived row of an archive, by what it says instead of by its number, without the numbers of changes. */
export function readDerivedRows(dataDir: string): Record<string, Rows> {
  const database = new DatabaseSync(archivePath(dataDir))
  const bodies = createTurnBodiesReader(createStatements(database))
  const all = (sql: string): Rows => database.prepare(sql).all() as Rows
  const unpacked = (rows: Rows, ...columns: string[]) =>
    rows.map((row) => {
      const values = columns.map((column) => [column, withoutSeq(unpack(row[column]))])
      return { ...row, ...Object.fromEntries(values) }
    })
  try {
    database.exec('CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, documentIndex, instance)')
    const document = 'turn.id AS turn, itemId, documentFacet.kind AS kind'
    const documents =
      'document JOIN turn ON turn.key = document.turnKey LEFT JOIN documentFacet ON documentFacet.key = document.key'
    return {
      exchange: all('SELECT id, sessionId, turnId, isLoose, responseId FROM exchange ORDER BY id'),
      turn: unpacked(
        all('SELECT key, id, sessionId, launchId, startedAt, isLive, summary, body FROM turn ORDER BY id'),
        'summary',
      ).map(({ key, body, ...row }) => ({ ...row, body: withoutSeq(bodies.read(key as number, body)) })),
      turnPart: all(
        'SELECT id, list, at, isLive FROM turnPart LEFT JOIN turn ON turn.key = turnKey ORDER BY id, list, at',
      ),
      turnFacet: all(
        `SELECT id, turnFacet.startedAt, status, model, cwd FROM turnFacet LEFT JOIN turn ON turn.key = turnFacet.key ORDER BY id`,
      ),
      session: unpacked(all('SELECT id, updatedAt, title, body FROM session ORDER BY id'), 'body'),
      sessionFacet: all(
        `SELECT id, sessionFacet.*, NULL AS key FROM sessionFacet LEFT JOIN session ON session.key = sessionFacet.key ORDER BY id`,
      ),
      sessionSize: all('SELECT * FROM sessionSize ORDER BY sessionId'),
      madeTitle: all(
        `SELECT id, madeTitle.launchId, title, madeTitle.sessionId FROM madeTitle JOIN exchange ON key = exchangeKey ORDER BY id`,
      ),
      document: all(
        `SELECT ${document}, documentFacet.turnKey = document.turnKey AS agrees, type, tool, at, digest, text
         FROM ${documents} ORDER BY turn, itemId, kind`,
      ).map((row) => ({ ...row, text: unpackText(row.text) })),
      documentIndex: all(
        `SELECT term, ${document}, word.offset AS place FROM word LEFT JOIN (${documents}) ON document.key = word.doc
         ORDER BY term, turn, itemId, kind, place`,
      ),
      exchangeUsage: all(
        `SELECT id, exchangeUsage.*, project, NULL AS exchangeKey, NULL AS groupKey FROM exchangeUsage
         LEFT JOIN exchange ON exchange.key = exchangeKey LEFT JOIN usageGroup ON usageGroup.key = groupKey ORDER BY id`,
      ),
      usageGroup: all('SELECT project, model, isLong, accountMode FROM usageGroup ORDER BY 1, 2, 3, 4'),
      usageSlot: all(
        `SELECT project, model, isLong, accountMode, usageSlot.*, NULL AS groupKey FROM usageSlot
         LEFT JOIN usageGroup ON usageGroup.key = groupKey ORDER BY slot, 1, 2, 3, 4`,
      ),
      // By which prices it was priced last is written when all else is done, if the run comes to it.
      counter: all("SELECT * FROM counter WHERE name NOT IN ('seq', 'prices') AND value <> 0 ORDER BY name"),
    }
  } finally {
    database.close()
  }
}

/** For tests: leaves of an archive what was recorded and what its user decided. */
export function removeDerivedRows(dataDir: string): void {
  const database = new DatabaseSync(archivePath(dataDir))
  database.exec(`
    INSERT INTO documentIndex (documentIndex) VALUES ('delete-all');
    DELETE FROM documentRun; DELETE FROM documentFacet; DELETE FROM document; DELETE FROM turnFacet; DELETE FROM turnPart; DELETE FROM turn;
    DELETE FROM sessionFacet; DELETE FROM session; DELETE FROM madeTitle;
    DELETE FROM exchangeUsage; DELETE FROM usageSlot; DELETE FROM usageGroup;
    UPDATE exchange SET sessionId = NULL, turnId = NULL, isLoose = 0, responseId = NULL;
    DELETE FROM sessionSize;
    INSERT OR REPLACE INTO counter VALUES ('rederiving', 1);
  `)
  database.close()
}

function withoutSeq(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, each) => (name === 'seq' ? undefined : each)))
}
