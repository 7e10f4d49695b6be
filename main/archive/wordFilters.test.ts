import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../contract/domain/session.ts'
import { type SessionSort, sessionSortSchema } from '../../contract/domain/sessionQuery.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { type Archive, openArchive } from './archive.ts'
import { type ArchiveReader, openArchiveReader } from './archiveReader.ts'
import { archivePath } from './database.ts'
import { sampleStoredTurn } from './sampleStoredTurn.ts'
import type { SearchDocument } from './searchIndex.ts'

/** Beginnings of each length are shared by some of these, whole words by others. */
const vocabulary = [
  'pa',
  'par',
  'pars',
  'parse',
  'parser',
  'parsers',
  'retry',
  'retries',
  'cache',
  'Straße',
  'élan',
  'x_y',
]

let dataDir: string
/** The same archive as it is right after it came from a version of before runs. */
let olderDir: string
const readers: ArchiveReader[] = []
const sessions = new Map<string, Session>()
const turns = new Map<string, { sessionId: string; texts: string[] }>()

/** The same numbers at each run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

function sessionOf(n: number, random: () => number): Session {
  return {
    ...{ id: `s${n}`, title: `title of ${n}`, cwd: null, startedAt: Math.floor(random() * 1_000) },
    ...{ updatedAt: Math.floor(random() * 1_000), status: 'completed', model: null, accountMode: null },
    ...{ credential: null, turnCount: 1, exchangeCount: 1, apiEquivalentUsd: Math.floor(random() * 9) },
    ...{ usage: { ...noUsage, totalTokens: Math.floor(random() * 9) }, durationMs: Math.floor(random() * 9) },
    ...{ hasEdits: false, hasErrors: false, errorMessage: null, isStarred: false, tags: [], note: '', threads: [] },
    seq: 1,
  }
}

function putTurn(archive: Archive, id: string, sessionId: string, texts: string[]): void {
  const documents = texts.map((text, at): SearchDocument => {
    return { itemId: `${id}-${at}`, type: 'assistantMessage', kind: 'answer', tool: null, at, text }
  })
  archive.readModel.putTurn({ ...sampleStoredTurn(id, sessionId, turns.size), documents })
  turns.set(id, { sessionId, texts })
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-filters-'))
  const archive = openArchive(dataDir)
  const random = createRandom(7)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const write = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(vocabulary)).join(' ')
  archive.transaction(() => {
    const ids = Array.from({ length: 60 }, (_, n) => `s${n}`)
    for (const [n, id] of ids.entries()) sessions.set(id, sessionOf(n, random))
    // Their turns come as they come: those of one session stand apart in the index, and some change or belong elsewhere later.
    for (let n = 0; n < 150; n += 1) putTurn(archive, `t${n}`, pick(ids), [write(), write()])
    for (let n = 0; n < 150; n += 4) putTurn(archive, `t${n}`, pick(ids), [write()])
    for (const session of sessions.values()) archive.readModel.putSession(session)
    // Deleted, and had back: with another key than before, which a new session may have by then.
    for (const id of ['s59', 's30', 's3']) archive.readModel.removeSession(id)
    const added = sessionOf(60, random)
    sessions.set(added.id, added)
    archive.readModel.putSession(added)
    putTurn(archive, 't150', added.id, [write()])
    archive.readModel.putSession(sessions.get('s59') as Session)
    sessions.delete('s30')
    sessions.delete('s3')
  })
  archive.close()
  olderDir = mkdtempSync(join(tmpdir(), 'tapedeck-filters-'))
  cpSync(dataDir, olderDir, { recursive: true })
  const older = new DatabaseSync(archivePath(olderDir))
  older.exec("DELETE FROM documentRun; INSERT INTO counter VALUES ('runsTo', 0)")
  older.close()
  readers.push(openArchiveReader(dataDir), openArchiveReader(olderDir))
})
afterAll(() => {
  for (const reader of readers) reader.close()
  for (const dir of [dataDir, olderDir]) rmSync(dir, { recursive: true })
})

const folded = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

/** Each text looked at, one by one. */
function sessionsSaying(fits: (words: string[]) => boolean): Set<string> {
  const found = [...turns.values()].filter(({ texts }) => texts.some((text) => fits(folded(text).split(' '))))
  return new Set(found.map(({ sessionId }) => sessionId))
}

const measures: Record<SessionSort, (session: Session) => number> = {
  updated: ({ updatedAt }) => updatedAt,
  started: ({ startedAt }) => startedAt,
  tokens: ({ usage }) => usage.totalTokens,
  duration: ({ durationMs }) => durationMs,
  cost: ({ apiEquivalentUsd }) => apiEquivalentUsd ?? -1,
}

/** All pages of it, by what they are sorted by, as equals stand in the order in which they were stored. */
function read(
  reader: ArchiveReader,
  query: string,
  sort: SessionSort,
): { ids: string[]; values: number[]; totals: number[] } {
  const seen: Session[] = []
  const totals: number[] = []
  let cursor: string | null = null
  do {
    const page: ReturnType<ArchiveReader['listSessions']> = reader.listSessions({ limit: 7, cursor, query, sort })
    seen.push(...page.sessions)
    totals.push(page.total)
    cursor = page.nextCursor
  } while (cursor !== null)
  return { ids: seen.map(({ id }) => id), values: seen.map(measures[sort]), totals }
}

const queries: [string, (words: string[]) => boolean][] = [
  ...['pa', 'par', 'pars', 'parse', 'parser', 'parsers', 'retr', 'retri', 'stras', 'ELAN', 'x_'].map(
    (word): [string, (words: string[]) => boolean] => [
      word,
      (words) => words.some((each) => each.startsWith(folded(word))),
    ],
  ),
  ['parse ', (words) => words.includes('parse')],
  ['cache retr', (words) => words.includes('cache') && words.some((word) => word.startsWith('retr'))],
  ['retr* cache ', (words) => words.includes('cache') && words.some((word) => word.startsWith('retr'))],
  ['"cache retry"', (words) => words.some((word, at) => word === 'cache' && words[at + 1] === 'retry')],
  ['nowhere', () => false],
]

test.each(queries)(
  'a list that is narrowed by %j has the sessions in which it was said, whole and in order',
  (query, fits) => {
    const said = sessionsSaying(fits)
    const wanted = [...sessions.keys()].filter((id) => said.has(id))
    for (const sort of sessionSortSchema.options) {
      for (const reader of readers) {
        const { ids, values, totals } = read(reader, query, sort)
        expect([...ids].sort()).toEqual([...wanted].sort())
        expect(values).toEqual([...values].sort((a, b) => b - a))
        expect(new Set(totals)).toEqual(new Set([wanted.length]))
      }
    }
  },
)

test.each([
  ['-cache', 'cache'],
  ['-pars*', 'pars', 'parse', 'parser', 'parsers'],
])('a list that is narrowed by %j is what was not said in it', (query, ...unwanted) => {
  const said = sessionsSaying((words) => unwanted.some((word) => words.includes(word)))
  const wanted = [...sessions.keys()].filter((id) => !said.has(id)).sort()
  for (const reader of readers) expect(read(reader, query, 'updated').ids.sort()).toEqual(wanted)
})

test.each([
  ['a word', 'everywhere', (n: number) => ({ texts: ['everywhere'], tool: null, n })],
  ['a tool', 'tool:everything', (n: number) => ({ texts: ['some'], tool: 'everything', n })],
])('%s that is everywhere is looked for among its newest places first, and then in all', (_what, query, made) => {
  const dir = mkdtempSync(join(tmpdir(), 'tapedeck-filters-'))
  const archive = openArchive(dir)
  const count = 600
  archive.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const { texts, tool } = made(n)
      // So many places that the quick look does not come to the first sessions.
      const documents = Array.from({ length: 40 }, (_, at): SearchDocument => {
        return { itemId: `i${n}-${at}`, type: 'assistantMessage', kind: 'answer', tool, at, text: texts.join(' ') }
      })
      archive.readModel.putTurn({ ...sampleStoredTurn(`e${n}`, `e${n}`, n), documents })
      archive.readModel.putSession({ ...sessionOf(n, () => 0), id: `e${n}`, updatedAt: n })
    }
  })
  archive.close()
  const reader = openArchiveReader(dir)
  const quick = reader.listSessions({ limit: 1000, query, isQuick: true })
  expect(quick.isPartial).toBe(true)
  expect(quick.total).toBeLessThan(count)
  expect(quick.sessions[0]?.id).toBe(`e${count - 1}`)
  const whole = reader.listSessions({ limit: 1000, query })
  expect(whole.isPartial).toBeUndefined()
  expect([whole.total, whole.sessions.at(-1)?.id]).toEqual([count, 'e0'])
  // What is left out is left out wherever it stands, however quick the look.
  expect(reader.listSessions({ limit: 1000, query: `-${query}`, isQuick: true }).total).toBe(0)
  reader.close()
  rmSync(dir, { recursive: true })
})

test('a hit that fits what else is asked for is found however many newer places of its word do not', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tapedeck-filters-'))
  const archive = openArchive(dir)
  archive.transaction(() => {
    putTurn(archive, 'old', 'old', ['common'])
    putTurn(archive, 'new', 'new', ['common'])
    archive.readModel.putSession({ ...sessionOf(1, () => 0), id: 'old', title: 'the old one' })
  })
  archive.close()
  const database = new DatabaseSync(archivePath(dir), { enableForeignKeyConstraints: false })
  database.exec(`
    UPDATE turnFacet SET startedAt = 0 WHERE key = 1;
    UPDATE turnFacet SET startedAt = 1e12 WHERE key = 2;
    CREATE TEMP TABLE place AS WITH RECURSIVE n (key) AS (SELECT 3 UNION ALL SELECT key + 1 FROM n LIMIT 100000) SELECT key FROM n;
    INSERT INTO documentFacet (key, turnKey, kind) SELECT key, 2, 'answer' FROM place;
    INSERT INTO documentIndex (rowid, text) SELECT key, 'common' FROM place;
  `)
  database.close()
  const reader = openArchiveReader(dir)
  for (const isGrouped of [false, true]) {
    const { hits, total } = reader.search({ query: 'common before:1999-01-01', limit: 5, isGrouped })
    expect([hits.map(({ turnId }) => turnId), total]).toEqual([['old'], 1])
  }
  reader.close()
  rmSync(dir, { recursive: true })
})
