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
