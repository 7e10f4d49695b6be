import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Archive, openArchive } from './archive.ts'
import { archivePath } from './database.ts'
import { sessionOfRun } from './documentRuns.ts'
import { sampleStoredTurn } from './sampleStoredTurn.ts'
import type { SearchDocument } from './searchIndex.ts'

let dataDir: string
let archive: Archive
let database: DatabaseSync
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-runs-'))
  archive = openArchive(dataDir)
  database = new DatabaseSync(archivePath(dataDir))
})
afterEach(() => {
  database.close()
  archive.close()
  rmSync(dataDir, { recursive: true })
})

function put(turnId: string, sessionId: string, texts: string[]): void {
  const documents = texts.map((text, n): SearchDocument => {
    return { itemId: `${turnId}-${n}`, type: 'assistantMessage', kind: 'answer', tool: null, at: n, text }
  })
  archive.transaction(() => archive.readModel.putTurn({ ...sampleStoredTurn(turnId, sessionId), documents }))
}

const all = (sql: string) =>
  database
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }))
const runs = () => all('SELECT firstKey, sessionId FROM documentRun ORDER BY firstKey')

/** Documents whose run, as far as runs are gathered, is not of the session of their turn. */
function inWrongRun() {
  const gatheredTo = "ifnull((SELECT value FROM counter WHERE name = 'runsTo'), 9223372036854775807)"
  return all(
    `SELECT document.key, sessionId AS wanted, ${sessionOfRun('document.key')} AS found
     FROM document JOIN turn ON turn.key = document.turnKey
     WHERE document.key <= ${gatheredTo} AND found IS NOT wanted`,
  )
}

/** As a version of before runs left it. */
function forgetRuns(): void {
  database.exec("DELETE FROM documentRun; INSERT OR REPLACE INTO counter VALUES ('runsTo', 0)")
}

test('documents of one session that follow one another are one run, however often its turns are written', () => {
  put('a1', 'a', ['one'])
  put('a1', 'a', ['one', 'two'])
  put('a2', 'a', ['three'])
  put('b1', 'b', ['four'])
  put('a1', 'a', ['changed', 'two'])
  expect(runs()).toEqual([
    { firstKey: 1, sessionId: 'a' },
    { firstKey: 4, sessionId: 'b' },
  ])
})

test('a turn that turns out to be of another session takes its documents with it, and no others', () => {
  put('a1', 'a', ['one', 'two'])
  put('a2', 'a', ['three'])
  put('a3', 'a', ['four'])
  put('a2', 'b', ['three'])
  expect(runs()).toEqual([
    { firstKey: 1, sessionId: 'a' },
    { firstKey: 3, sessionId: 'b' },
    { firstKey: 4, sessionId: 'a' },
  ])
  expect(inWrongRun()).toEqual([])
})

test('of a deleted session no run is left, and its keys are whose they are given to', () => {
  put('a1', 'a', ['one'])
  put('b1', 'b', ['two', 'three'])
  archive.transaction(() => archive.readModel.removeTurn('b1'))
  expect(runs()).toEqual([{ firstKey: 1, sessionId: 'a' }])
  put('c1', 'c', ['four'])
  expect(runs().at(-1)).toEqual({ firstKey: 2, sessionId: 'c' })
})

test('runs of an older archive are gathered piece by piece, and are what they would have been', () => {
  for (let n = 0; n < 12; n += 1) put(`t${n}`, `s${Math.floor(n / 3) % 2}`, ['one', 'two'])
  const wanted = runs()
  forgetRuns()
  let steps = 0
  while (archive.transaction(() => archive.documentRuns.gatherSome(5)) === 'more') steps += 1
  expect(steps).toBe(5)
  expect(runs()).toEqual(wanted)
  expect(archive.transaction(() => archive.documentRuns.gatherSome(5))).toBe('done')
})

test.each([1, 2, 3, 4, 5, 6])(
  'whatever is written meanwhile, each document is in a run of its session (%i)',
  (seed) => {
    let state = seed
    const below = (n: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return Math.floor((state / 2 ** 31) * n)
    }
    const actions = [
      () =>
        put(
          `t${below(12)}`,
          `s${below(4)}`,
          Array.from({ length: below(4) }, () => `word${below(9)}`),
        ),
      () => archive.transaction(() => archive.readModel.removeTurn(`t${below(12)}`)),
      () => archive.transaction(() => archive.documentRuns.gatherSome(1 + below(4))),
    ]
    for (let n = 0; n < 250; n += 1) {
      if (n % 100 === 50) forgetRuns()
      actions[[0, 0, 0, 1, 2][below(5)] as number]?.()
      expect(inWrongRun()).toEqual([])
    }
    while (archive.transaction(() => archive.documentRuns.gatherSome(3)) === 'more');
    expect(archive.ledger.read('runsTo')).toBe(0)
    expect(inWrongRun()).toEqual([])
    for (let n = 0; n < 12; n += 1) archive.transaction(() => archive.readModel.removeTurn(`t${n}`))
    expect(runs()).toEqual([])
  },
)
