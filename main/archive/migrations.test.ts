import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive } from './archive.ts'
import { archivePath } from './database.ts'
import { migrations } from './migrations.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-migrations-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('an archive of before sizes and facets gets its sizes at once, and its facets by being derived again', () => {
  const old = new DatabaseSync(archivePath(dataDir))
  for (const migration of migrations.slice(0, 2)) old.exec(migration)
  old.exec(`
    INSERT INTO exchange (key, id, launchId, startedAt, sessionId, head)
      VALUES (1, 'a-1', 'l', 1, 's1', '{}'), (2, 'a-2', 'l', 2, 's1', '{}'), (3, 'b-1', 'l', 3, NULL, '{}');
    INSERT INTO rawBlock (exchangeKey, marks, request, response)
      VALUES (1, '[]', x'0102', NULL), (2, '[1]', NULL, x'01020304'), (2, '[]', NULL, NULL), (3, '[]', x'01', NULL);
    PRAGMA user_version = 2;
  `)
  old.close()
  const archive = openArchive(dataDir)
  expect(archive.ledger.read('rederiving')).toBe(1)
  archive.close()
  const database = new DatabaseSync(archivePath(dataDir))
  expect(database.prepare('SELECT sessionId, bytes FROM sessionSize').all()).toEqual([
    { sessionId: 's1', bytes: '[]'.length + 2 + '[1]'.length + 4 + '[]'.length },
  ])
  database.exec("UPDATE exchange SET sessionId = 's2' WHERE key = 2; DELETE FROM exchange WHERE key = 1")
  expect(database.prepare('SELECT sessionId, bytes FROM sessionSize').all()).toEqual([{ sessionId: 's2', bytes: 9 }])
  database.close()
})

test('an archive of before longer beginnings is indexed anew by being derived again', () => {
  const old = new DatabaseSync(archivePath(dataDir))
  for (const migration of migrations.slice(0, 7)) old.exec(migration)
  old.exec(`
    INSERT INTO exchange (key, id, launchId, startedAt, head) VALUES (1, 'a', 'l', 1, '{}');
    INSERT INTO turn (key, id, sessionId, launchId, startedAt, isLive, summary, body) VALUES (1, 't', 's', 'l', 1, 0, '', '');
    INSERT INTO document (key, turnKey, itemId, type, at, digest, text) VALUES (1, 1, 'i', 'userMessage', 1, '', 'parsers');
    INSERT INTO documentIndex (rowid, text) VALUES (1, 'parsers');
    PRAGMA user_version = 7;
  `)
  old.close()
  const archive = openArchive(dataDir)
  expect(archive.ledger.read('rederiving')).toBe(1)
  // What deriving again begins with: of the old texts nothing is left that could be found, nor hinders the new ones.
  archive.transaction(() => archive.readModel.clear())
  archive.close()
  const database = new DatabaseSync(archivePath(dataDir))
  database.exec("INSERT INTO documentIndex (rowid, text) VALUES (1, 'parser')")
  const find = (match: string) =>
    database.prepare('SELECT rowid FROM documentIndex WHERE documentIndex MATCH ?').all(match)
  for (const beginning of ['pa', 'par', 'pars', 'parse', 'parser'])
    expect(find(`${beginning}*`)).toEqual([{ rowid: 1 }])
  expect(find('parsers')).toEqual([])
  database.close()
})
