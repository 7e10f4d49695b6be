import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive } from './archive.ts'
import { archivePath } from './database.ts'
import { migrations } from './migrations.ts'
import { sampleStoredTurn } from './sampleStoredTurn.ts'
import type { SearchDocument } from './searchIndex.ts'

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

test.each([
  ['four letters', 7],
  ['six letters', 11],
])(
  'an archive of before beginnings of %s is indexed anew by being derived again, turn by turn',
  (_letters, version) => {
    const old = new DatabaseSync(archivePath(dataDir))
    for (const migration of migrations.slice(0, version)) old.exec(migration)
    old.exec(`
    INSERT INTO exchange (key, id, launchId, startedAt, head) VALUES (1, 'a', 'l', 1, '{}');
    INSERT INTO turn (key, id, sessionId, launchId, startedAt, isLive, summary, body) VALUES (1, 't', 's', 'l', 1, 0, '', '');
    INSERT INTO document (key, turnKey, itemId, type, at, digest, text) VALUES
      (1, 1, 'i', 'userMessage', 1, '${hash('sha1', 'parsers')}', 'parsers'), (2, 1, 'gone', 'userMessage', 1, '', 'lexers');
    INSERT INTO documentFacet (key, turnKey, kind) VALUES (1, 1, 'prompt');
    INSERT INTO documentIndex (rowid, text) VALUES (1, 'parsers'), (2, 'lexers');
    PRAGMA user_version = ${version};
  `)
    old.close()
    const archive = openArchive(dataDir)
    expect(archive.ledger.read('rederiving')).toBe(1)
    const document = { itemId: 'i', type: 'userMessage', kind: 'prompt' as const, tool: null, at: 1, text: 'parsers' }
    const put = (documents: SearchDocument[]) =>
      archive.transaction(() => archive.readModel.putTurn({ ...sampleStoredTurn('t', 's'), documents }))
    const database = new DatabaseSync(archivePath(dataDir))
    const find = (match: string) =>
      database.prepare('SELECT count(*) AS n FROM documentIndex WHERE documentIndex MATCH ?').get(match)?.n
    const isSound = () => database.exec("INSERT INTO documentIndex (documentIndex) VALUES ('integrity-check')")

    expect(find('par*')).toBe(0)
    // The indexes of before go piece by piece, and nothing of them stays.
    while (archive.transaction(archive.formerIndex.removeSome) === 'more');
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'formerIndex%'").all()).toEqual([])
    put([document])
    for (const beginning of ['pa', 'par', 'pars', 'parse', 'parser', 'parsers']) expect(find(`${beginning}*`)).toBe(1)
    expect(database.prepare('SELECT text FROM document').all()).toEqual([{ text: 'parsers' }])
    // Once it is in the index it is taken out of it, too.
    put([document])
    expect(find('parsers')).toBe(1)
    put([{ ...document, text: 'trees' }])
    expect([find('parsers'), find('trees')]).toEqual([0, 1])
    put([])
    expect(find('trees')).toBe(0)
    isSound()
    archive.close()
    database.close()
  },
)

test('whose the documents of an archive of before runs are is gathered afterwards', () => {
  const old = new DatabaseSync(archivePath(dataDir))
  for (const migration of migrations.slice(0, 10)) old.exec(migration)
  old.exec(`
    INSERT INTO turn (key, id, sessionId, launchId, startedAt, isLive, summary, body) VALUES (1, 't', 's', 'l', 1, 0, '', '');
    INSERT INTO document (key, turnKey, itemId, type, at, digest, text) VALUES (4, 1, 'i', 'userMessage', 1, '', 'parsers');
    INSERT INTO documentFacet (key, turnKey, kind) VALUES (4, 1, 'prompt');
    PRAGMA user_version = 10;
  `)
  const archive = openArchive(dataDir)
  const runs = () => old.prepare('SELECT firstKey, sessionId FROM documentRun').all()
  expect(runs()).toEqual([])
  while (archive.transaction(() => archive.documentRuns.gatherSome()) === 'more');
  expect(runs()).toEqual([{ firstKey: 4, sessionId: 's' }])
  archive.close()
  old.close()
})

test.each([
  ['/home/ada/Bob&apos;s notes', 1],
  ['/home/ada/notes & more', 0],
])('an archive that has the folder %s is derived again: %i', (cwd, isAsked) => {
  const old = new DatabaseSync(archivePath(dataDir))
  for (const migration of migrations.slice(0, 14)) old.exec(migration)
  old.exec(`
    INSERT INTO turn (key, id, sessionId, launchId, startedAt, isLive, summary, body) VALUES (1, 't', 's', 'l', 1, 0, '', '');
    INSERT INTO turnFacet (key, startedAt, status, cwd) VALUES (1, 1, 'completed', '${cwd}');
    PRAGMA user_version = 14;
  `)
  old.close()
  const archive = openArchive(dataDir)
  expect(archive.ledger.read('rederiving')).toBe(isAsked)
  archive.close()
})

test('an archive of before the folders in which sessions go on is derived again', () => {
  const old = new DatabaseSync(archivePath(dataDir))
  for (const migration of migrations.slice(0, 15)) old.exec(migration)
  old.exec(`
    INSERT INTO exchange (key, id, launchId, startedAt, head) VALUES (1, 'a', 'l', 1, '{}');
    PRAGMA user_version = 15;
  `)
  old.close()
  const archive = openArchive(dataDir)
  expect(archive.ledger.read('rederiving')).toBe(1)
  archive.close()
})
