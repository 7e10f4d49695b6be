import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import type { RawPart } from '../capture/rawExchange.ts'
import type { TurnSummary } from '../capture/reduced.ts'
import { type Archive, openArchive } from './archive.ts'
import { openArchiveReader } from './archiveReader.ts'
import { archivePath } from './database.ts'
import { mostWords } from './indexWords.ts'
import { migrations } from './migrations.ts'

let dataDir: string
let opened: Array<{ close(): void }>

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-archive-'))
  opened = []
})
afterEach(() => {
  for (const each of opened) each.close()
  rmSync(dataDir, { recursive: true })
})

function open(): Archive {
  const archive = openArchive(dataDir)
  opened.push(archive)
  return archive
}

function openReader() {
  const reader = openArchiveReader(dataDir)
  opened.push(reader)
  return reader
}

const bytes = (text: string) => new TextEncoder().encode(text)

function partsOf(exchangeId: string, startedAt = 1000): RawPart[] {
  return [
    {
      type: 'started',
      exchangeId,
      head: {
        launchId: 'launch',
        streamId: 'stream',
        transport: 'json',
        upstream: 'chatgpt',
        accountMode: 'chatgpt',
        credential: 'codexLogin',
        method: 'POST',
        path: '/v1/responses',
        headers: [['originator', 'codex_exec']],
        startedAt,
      },
    },
    { type: 'request', exchangeId, at: 1000, bytes: bytes('{"model":"m"') },
    { type: 'request', exchangeId, at: 1001.5, bytes: bytes('}') },
    { type: 'answered', exchangeId, at: 1010, httpStatus: 200, headers: [['content-type', 'text/event-stream']] },
    { type: 'response', exchangeId, at: 1011, bytes: bytes('data: ') },
    { type: 'response', exchangeId, at: 1012, bytes: bytes('{}\n\n') },
    { type: 'finished', exchangeId, at: 1013, outcome: 'ended' },
  ]
}

function turnOf(id: string, sessionId: string, startedAt = 1000): { turn: Turn; summary: TurnSummary } {
  const turn: Turn = {
    id,
    threadId: sessionId,
    sessionId,
    prompt: 'hello',
    status: 'completed',
    startedAt,
    endedAt: startedAt + 1,
    model: 'm',
    usage: noUsage,
    items: [],
    exchanges: [],
    seq: 1,
  }
  const { items: _items, exchanges: _exchanges, seq: _seq, ...rest } = turn
  const thread = { id: sessionId, parentThreadId: null, subagent: null, model: 'm' }
  return {
    turn,
    summary: {
      ...rest,
      thread,
      launchId: 'launch',
      cwd: '/w',
      accountMode: null,
      credential: null,
      exchangeCount: 1,
      usageGroups: [],
      hasEdits: false,
      hasErrors: false,
      errorMessage: null,
    },
  }
}

function sessionOf(id: string, updatedAt: number): Session {
  return sampleSession(id, { title: `title of ${id}`, cwd: '/w', startedAt: 1, updatedAt, model: 'm' })
}

function putText(archive: Archive, turnId: string, sessionId: string, texts: string[], startedAt = 1000): void {
  archive.transaction(() => {
    archive.readModel.putTurn({
      ...turnOf(turnId, sessionId, startedAt),
      documents: texts.map((text, n) => {
        return { itemId: `${turnId}-${n}`, type: 'userMessage', kind: 'prompt', tool: null, at: startedAt + n, text }
      }),
    })
    archive.readModel.putSession(sessionOf(sessionId, startedAt))
  })
}

function filesContain(text: string): string[] {
  return readdirSync(dataDir).filter((name) => readFileSync(join(dataDir, name)).includes(text))
}

test('parts come back as they were cut and timed, however many flushes wrote them', () => {
  const archive = open()
  const parts = partsOf('s-1')
  for (const part of parts.slice(0, -1)) archive.transaction(() => archive.raw.append('s-1', [part]))
  expect(archive.raw.read('s-1')).toEqual(parts.slice(0, -1))
  expect(archive.raw.unfinished()).toEqual([{ id: 's-1', streamId: 'stream', startedAt: 1000, lastAt: 1012 }])

  archive.transaction(() => archive.raw.append('s-1', parts.slice(-1)))
  expect(archive.raw.read('s-1')).toEqual(parts)
  expect(archive.raw.unfinished()).toEqual([])

  archive.transaction(() => archive.raw.append('s-2', partsOf('s-2')))
  expect(archive.raw.read('s-2')).toEqual(partsOf('s-2'))
  expect(archive.raw.read('none')).toBeNull()
})

test('a failed transaction leaves nothing behind', () => {
  const archive = open()
  expect(() =>
    archive.transaction(() => {
      archive.raw.append('s-1', partsOf('s-1'))
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(archive.raw.has('s-1')).toBe(false)
  archive.transaction(() => archive.raw.append('s-1', partsOf('s-1')))
  expect(archive.raw.has('s-1')).toBe(true)
})

test('a full disk is an error that the next write survives', () => {
  const archive = open()
  archive.limitPages(60)
  const big = randomBytes(4_000_000)
  const write = () =>
    archive.transaction(() =>
      archive.raw.append('s-1', [
        partsOf('s-1')[0] as RawPart,
        { type: 'request', exchangeId: 's-1', at: 1, bytes: big },
      ]),
    )
  expect(write).toThrow(/full/)
  archive.limitPages(1_000_000)
  write()
  expect(archive.raw.has('s-1')).toBe(true)
})

test('sessions come newest first, page by page, with their number', () => {
  const archive = open()
  archive.transaction(() => {
    for (let n = 0; n < 25; n++) archive.readModel.putSession(sessionOf(`s${n}`, 1000 + Math.floor(n / 2)))
    archive.readModel.removeSession('s3')
    archive.ledger.write('seq', 77)
  })
  const reader = openReader()
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = reader.listSessions({ limit: 10, cursor })
    expect({ total: page.total, seq: page.seq }).toEqual({ total: 24, seq: 77 })
    seen.push(...page.sessions.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  const expected = Array.from({ length: 25 }, (_, n) => `s${24 - n}`).filter((id) => id !== 's3')
  expect(seen).toEqual(expected)
  expect(() => reader.listSessions({ limit: 10, cursor: 'nonsense' })).toThrow('cursor')
})

test('a session is read with its turns in the order in which they started', () => {
  const archive = open()
  putText(archive, 't2', 'A', [], 2000)
  putText(archive, 't1', 'A', [], 1000)
  putText(archive, 'other', 'B', [], 1500)
  const reader = openReader()
  expect(reader.readSession({ id: 'A' })).toEqual({
    session: sessionOf('A', 1000),
    turns: [turnOf('t1', 'A', 1000).turn, turnOf('t2', 'A', 2000).turn],
    outline: [],
    seq: 0,
  })
  expect(reader.readTurn({ id: 't2' })).toEqual({ turn: turnOf('t2', 'A', 2000).turn })
  expect(() => reader.readSession({ id: 'none' })).toThrow('no session')
  expect(() => reader.readTurn({ id: 'none' })).toThrow('no turn')
})

test('search finds words, beginnings, phrases, identifiers and paths, newest first', () => {
  const archive = open()
  putText(archive, 't1', 'A', ['fix the flaky login_test in src/auth/login.ts please', 'Ein Café in Köln'], 1000)
  putText(archive, 't2', 'B', ['the login page is fixed'], 2000)
  const reader = openReader()
  const found = (query: string) => reader.search({ query, limit: 10 }).hits.map(({ itemId }) => itemId)
  expect(found('login')).toEqual(['t2-0', 't1-0'])
  expect(found('the log')).toEqual(['t2-0', 't1-0'])
  expect(found('log the')).toEqual([])
  expect(found('log ')).toEqual([])
  expect(found('"the login"')).toEqual(['t2-0'])
  expect(found('"the log"')).toEqual([])
  expect(found('login_test')).toEqual(['t1-0'])
  expect(found('src/auth/login.ts')).toEqual(['t1-0'])
  expect(found('auth/lo')).toEqual(['t1-0'])
  expect(found('cafe')).toEqual(['t1-1'])
  expect(reader.search({ query: 'cafe koln', limit: 10 })).toEqual({
    hits: [
      {
        sessionId: 'A',
        sessionTitle: 'title of A',
        turnId: 't1',
        itemId: 't1-1',
        type: 'userMessage',
        kind: 'prompt',
        at: 1001,
        tool: null,
        snippet: 'Ein \u{E000}Café\u{E001} in \u{E000}Köln\u{E001}',
      },
    ],
    total: 1,
    kinds: [],
    sessions: [],
  })
  expect(reader.search({ query: 'the', limit: 1 })).toMatchObject({ hits: [{ turnId: 't2' }], total: 2 })
})

test('a long beginning is found in all words that begin so, few or more than are asked for one by one', () => {
  const archive = open()
  const many = Array.from({ length: mostWords + 1 }, (_, n) => `Identifier_${n}`)
  putText(archive, 't1', 'A', ['getUserById and getUserÄlter', 'getUse', many.join(' ')], 1000)
  putText(archive, 't2', 'B', ['getuser', 'identifier_7'], 2000)
  const reader = openReader()
  const found = (query: string) => reader.search({ query, limit: 10 }).hits.map(({ itemId }) => itemId)
  expect(found('getUser')).toEqual(['t2-0', 't1-0'])
  expect(found('getUserB')).toEqual(['t1-0'])
  expect(found('getUseralt')).toEqual(['t1-0'])
  expect(found('getUserX')).toEqual([])
  expect(found('identifier')).toEqual(['t2-1', 't1-2'])
  expect(found('and getUser')).toEqual(['t1-0'])
  expect(found('-and getUser')).toEqual(['t2-0'])
  expect(reader.listSessions({ limit: 10, query: 'getUser' }).sessions.map(({ id }) => id)).toEqual(['B', 'A'])
  // What is written after it was looked for is found as well.
  putText(archive, 't3', 'C', ['getUserLater'], 3000)
  expect(found('getUser')).toEqual(['t3-0', 't2-0', 't1-0'])
})

test('nothing that a user types is syntax', () => {
  const archive = open()
  putText(archive, 't1', 'A', ['either this OR that, NOT { those } in col:umn'])
  const reader = openReader()
  for (const query of ['a OR', 'NOT', 'col:', '^a', 'a NEAR(b', '-this', 'a -"b""c"', 'x\0y', '-a\0']) {
    expect(() => reader.search({ query, limit: 10 }), query).not.toThrow()
  }
  for (const query of ['"', '""', '*', '(', ')', "';--", '\0', '{', '+']) {
    expect(() => reader.search({ query, limit: 10 }), query).toThrow('no letter or digit')
  }
  expect(reader.search({ query: 'this "OR that', limit: 10 }).total).toBe(1)
  expect(reader.search({ query: 'nothing OR this', limit: 10 }).total).toBe(0)
})

test('an item that changed is found by what it says now, and one that went is not found', () => {
  const archive = open()
  putText(archive, 't1', 'A', ['oldword stays', 'secondword\0with \ud800 odd bytes'])
  putText(archive, 't1', 'A', ['newword stays'])
  const reader = openReader()
  const total = (query: string) => reader.search({ query, limit: 10 }).total
  expect([total('oldword'), total('secondword'), total('newword'), total('stays')]).toEqual([0, 0, 1, 1])
})

test('a very long text is found by how it begins and by how it ends', () => {
  const archive = open()
  const filler = ' filler'.repeat(40_000)
  putText(archive, 't1', 'A', [`firstword${filler} middleword${filler} lastword`])
  const reader = openReader()
  const total = (query: string) => reader.search({ query, limit: 10 }).total
  expect([total('firstword'), total('middleword'), total('lastword')]).toEqual([1, 0, 1])
})

test('what is deleted is gone from the files', async () => {
  const archive = open()
  for (let n = 0; n < 40; n++) {
    const secret = Array.from({ length: 400 }, (_, m) => `secret${(n * 400 + m) * 7919}zq`).join(' ')
    putText(archive, `t${n}`, 'A', [`plaintextsecret ${secret}`], 1000 + n)
    const kept = Array.from({ length: 400 }, (_, m) => `kept${(n * 400 + m) * 104729}zq`).join(' ')
    putText(archive, `k${n}`, 'B', [`plaintextkept ${kept}`], 1000 + n)
  }
  archive.transaction(() => {
    for (const [id, sessionId] of [
      ['s-1', 'A'],
      ['s-2', 'B'],
      ['s-3', 'title'],
    ] as const) {
      archive.raw.append(id, partsOf(id))
      archive.raw.place(id, { sessionId, turnId: null, responseId: null })
    }
    archive.ledger.write('recorded', 3)
    archive.ledger.write('total', 4)
    archive.ledger.write('missed:overflow', 1)
    archive.madeTitles.put({ exchangeId: 's-3', launchId: 'launch', title: 'plaintextsecret title' })
    archive.madeTitles.claim('s-3', 'A')
    archive.keptFacts.rename('A', 'plaintextsecret renamed')
  })
  while (archive.vacuumSome() === 'more');
  archive.emptyLog()
  const sizeBefore = statSync(archivePath(dataDir)).size
  expect(filesContain('plaintextsecret')).toEqual(['archive.db'])
  expect(filesContain('secret')).toEqual(['archive.db'])

  while (archive.transaction(() => archive.deletion.deleteSome('A')) === 'more');
  while (archive.transaction(() => archive.deletion.scrubSome()) === 'more');
  while (archive.vacuumSome() === 'more');
  expect(archive.emptyLog()).toBe(true)

  expect(filesContain('secret')).toEqual([])
  expect(filesContain('plaintextkept')).toEqual(['archive.db'])
  expect(statSync(archivePath(dataDir)).size).toBeLessThan(sizeBefore * 0.8)
  const reader = openReader()
  expect(reader.search({ query: 'plaintextsecret', limit: 10 }).total).toBe(0)
  expect(reader.search({ query: 'plaintextkept', limit: 100 }).total).toBe(40)
  expect(reader.listSessions({ limit: 10 }).sessions.map(({ id }) => id)).toEqual(['B'])
  expect(reader.recording()).toEqual({ isPaused: false, recorded: 1, total: 2, missed: { overflow: 1 }, seq: 0 })
  expect([reader.raw.has('s-1'), reader.raw.has('s-2'), reader.raw.has('s-3')]).toEqual([false, true, false])
  const check = new DatabaseSync(archivePath(dataDir))
  opened.push(check)
  expect(check.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  expect(() => check.exec("INSERT INTO documentIndex (documentIndex) VALUES ('integrity-check')")).not.toThrow()
})

test('launches and calls outlive the process', () => {
  const first = openArchive(dataDir)
  const launch = { id: 'l1', startedAt: 5, tokenHash: 'h', pid: null as number | null }
  first.transaction(() => {
    first.ledger.putLaunch(launch)
    first.ledger.putLaunch({ ...launch, id: 'l2', startedAt: 4 })
    const started = { ...launch, pid: 7 }
    first.ledger.putLaunch(started)
    first.ledger.endLaunch('l2', 9)
    first.ledger.addAuthCall({
      launchId: 'l1',
      at: 1,
      method: 'POST',
      path: '/oauth/token',
      httpStatus: null,
      errorCode: null,
      durationMs: 3,
    })
  })
  first.close()
  const second = open()
  expect(second.ledger.liveLaunches()).toEqual([{ ...launch, pid: 7 }])
  expect(['l1', 'l2', 'l3'].map(second.ledger.isLaunchOver)).toEqual([false, true, false])
})

test('folder and files are for their owner alone', () => {
  const archive = open()
  archive.transaction(() => archive.ledger.write('total', 1))
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
  expect(mode(dataDir)).toBe('700')
  const files = readdirSync(dataDir)
  expect(files.sort()).toEqual(['archive.db', 'archive.db-shm', 'archive.db-wal'])
  expect(files.map((name) => mode(join(dataDir, name)))).toEqual(['600', '600', '600'])
})

test('an archive of a newer version is refused and left as it is', () => {
  openArchive(dataDir).close()
  const newer = new DatabaseSync(archivePath(dataDir))
  newer.exec(`PRAGMA user_version = ${migrations.length + 1}; PRAGMA wal_checkpoint(TRUNCATE)`)
  newer.close()
  const before = readFileSync(archivePath(dataDir))
  const filesBefore = readdirSync(dataDir)
  expect(() => openArchive(dataDir)).toThrow('newer Tapedeck')
  expect(() => openArchiveReader(dataDir)).toThrow('newer Tapedeck')
  expect(readFileSync(archivePath(dataDir))).toEqual(before)
  expect(readdirSync(dataDir)).toEqual(filesBefore)
})

test('a file that is no archive is refused and left as it is', () => {
  writeFileSync(archivePath(dataDir), 'notes of mine')
  expect(() => openArchive(dataDir)).toThrow('not an archive')
  expect(readFileSync(archivePath(dataDir), 'utf8')).toBe('notes of mine')
})

test('reading without an archive says so', () => {
  expect(() => openArchiveReader(dataDir)).toThrow('There is no archive yet')
})
