import { hash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archivePath } from '../archive/database.ts'
import { readDerivedRows } from '../archive/derivedRows.ts'
import { pack, unpack } from '../archive/packed.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { type Recorder, startRecorder } from './client.ts'
import { recordALot } from './playedSessions.ts'
import { answerOf, post, requestOf, userSays } from './playedTraffic.ts'
import { createStage, type Run, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const macrotask = () => new Promise(setImmediate)
const derived = () => readDerivedRows(stage.dataDir)
const rederive = (run: Run) => run.methods.handlers['archive/rederive']({})

/** Changes rows behind the archive's back. */
function change(sql: string): void {
  const database = new DatabaseSync(archivePath(stage.dataDir))
  database.exec(sql)
  database.close()
}

/** What the raw record alone leads to. */
async function fromNothing(run: Run): Promise<ReturnType<typeof derived>> {
  run.removeDerived()
  await rederive(run)
  return derived()
}

/** Makes all that is derived say that it is of before. */
function makeOld(): void {
  const database = new DatabaseSync(archivePath(stage.dataDir))
  for (const [table, mark] of [
    ['session', (body: { title: string }) => ({ ...body, title: 'of before' })],
    ['turn', (body: { prompt: string }) => ({ ...body, prompt: 'of before' })],
  ] as const) {
    const rows = database.prepare(`SELECT key, body FROM ${table}`).all() as { key: number; body: unknown }[]
    for (const { key, body } of rows)
      database.prepare(`UPDATE ${table} SET body = ? WHERE key = ?`).run(pack(mark(unpack(body))), key)
  }
  // As a derivation left them that knew less of a turn than a session is folded from now.
  const rows = database.prepare('SELECT key, summary FROM turn').all() as { key: number; summary: unknown }[]
  for (const { key, summary } of rows) {
    const { usageGroups: _, ...rest } = unpack<Record<string, unknown>>(summary)
    database.prepare('UPDATE turn SET summary = ? WHERE key = ?').run(pack(rest), key)
  }
  database.exec("INSERT OR REPLACE INTO counter VALUES ('rederiving', 1)")
  database.close()
}

/** Each session with what it is made of: rows of before, rows of now, or both. */
function ages(): string[] {
  const reader = stage.reader()
  const age = (isOld: boolean) => (isOld ? 'before' : 'now')
  return reader
    .listSessions({ limit: 100 })
    .sessions.map(({ id, title }) => {
      const { turns } = reader.readSession({ id })
      return `${id}: ${[...new Set([age(title === 'of before'), ...turns.map(({ prompt }) => age(prompt === 'of before'))])].join(' and ')}`
    })
    .toSorted()
}

test.each([
  ['as wholes', undefined],
  ['turn by turn', { exchanges: 1, storedBytes: 0 }],
])(
  'what is derived again in the place of what was there is what the raw record leads to (%s)',
  async (_, wholeUpTo) => {
    const run = stage.run([], { wholeUpTo })
    recordALot(run)
    await run.methods.handlers['session/rename']({ id: 's3', title: 'Named' })
    await run.methods.handlers['session/star']({ id: 's2', isStarred: true })
    const asRecorded = derived()
    expect(asRecorded.documentIndex?.length).toBeGreaterThan(20)
    expect(asRecorded.usageSlot?.length).toBeGreaterThan(0)
    await rederive(run)
    expect(derived()).toEqual(asRecorded)
    expect(await fromNothing(run)).toEqual(asRecorded)
    expect(run.reports).toEqual([])
  },
)

test.each([
  ['as wholes', undefined],
  ['turn by turn', { exchanges: 1, storedBytes: 0 }],
])('nothing stays of what another derivation had made of it (%s)', async (_, wholeUpTo) => {
  const run = stage.run([], { wholeUpTo })
  recordALot(run)
  const asRecorded = derived()
  change(`
    -- Exchanges stood in other sessions and turns, or in none.
    UPDATE exchange SET sessionId = 's1' WHERE sessionId = 's2';
    UPDATE exchange SET sessionId = 'gone', turnId = 'gone' WHERE id = 'e-1';
    UPDATE exchange SET sessionId = NULL, turnId = NULL WHERE id = 'h-1';
    UPDATE exchange SET turnId = NULL, isLoose = 1, responseId = NULL WHERE id = 'c-1';
    -- What they had used, and whose titles they had made.
    UPDATE exchangeUsage SET inputTokens = inputTokens + 7;
    UPDATE madeTitle SET title = 'Yard', sessionId = 's2';
    INSERT INTO madeTitle SELECT key, 'l1', 'No title', 's3' FROM exchange WHERE id = 'd-1';
    -- Turns and sessions that are none, and one that is missing.
    INSERT INTO turn (id, sessionId, launchId, startedAt, isLive, summary, body)
      SELECT 'gone', 'gone', launchId, startedAt, isLive, summary, body FROM turn WHERE id = 't3';
    INSERT INTO turn (id, sessionId, launchId, startedAt, isLive, summary, body)
      SELECT 'nobody', 'nobody', launchId, startedAt, isLive, summary, body FROM turn WHERE id = 't3';
    INSERT INTO session (id, updatedAt, title, body) SELECT 'gone', 1, 'gone', body FROM session WHERE id = 's1';
    INSERT INTO session (id, updatedAt, title, body) SELECT 'nobody', 1, 'nobody', body FROM session WHERE id = 's1';
    DELETE FROM session WHERE id = 's4';
    UPDATE sessionFacet SET cwd = '/elsewhere', tokens = 0;
    -- A text that said something else, one that was not indexed, and one of a kind that there is no more.
    UPDATE documentFacet SET kind = 'other', tool = 'none' WHERE key = 1;
  `)
  expect(derived()).not.toEqual(asRecorded)
  await rederive(run)
  expect(derived()).toEqual(asRecorded)
  expect(run.reports).toEqual([])
})

test('each session is as it was or as it is now, none is missing or there twice, and a run that is killed goes on', async () => {
  const first = stage.run()
  recordALot(first)
  first.end()
  // What was open is cut by now.
  const second = stage.run()
  const asRecorded = derived()
  makeOld()
  second.end()
  const ids = ['s1', 's2', 's3', 's4']
  const seen = new Set<string>()
  let shares: (number | undefined)[] = []
  // Each run is a little longer than the one before, and is killed.
  for (let length = 1, isOver = false; !isOver; length++) {
    const run = stage.run()
    const resumed = run.methods.resume()
    for (let n = 0; n < length && !isOver; n++) {
      await macrotask()
      const now = ages()
      expect(now.map((line) => line.split(':')[0])).toEqual(ids)
      for (const line of now) seen.add(line.split(': ')[1] ?? '')
      const { rederived } = stage.reader().recording()
      shares = [...shares, rederived]
      isOver = rederived === undefined
    }
    run.end()
    await resumed.catch(() => {})
    expect(run.reports).toEqual([])
  }
  expect([...seen].toSorted()).toEqual(['before', 'now'])
  expect(shares[0]).toBe(0)
  expect(shares).toEqual(shares.toSorted((a, b) => (a ?? 2) - (b ?? 2)))
  expect(new Set(shares).size).toBeGreaterThan(3)
  expect(derived()).toEqual(asRecorded)
})

test('what is recorded meanwhile is shown at once, and its session is derived again before it is folded with it', async () => {
  const before = stage.run()
  recordALot(before)
  makeOld()
  before.end()
  const run = stage.run()
  // A session of before goes on, and ends; another begins.
  const goesOn = requestOf({ sessionId: 's4', turnId: 't9', input: [userSays('and on')] })
  run.take(post({ streamId: 'on', at: 3_000, request: goesOn }).slice(0, 8))
  run.take(post({ streamId: 'new', at: 3_010, request: requestOf({ sessionId: 's5', turnId: 't10' }) }))
  run.recorder.flush()
  expect(run.turnsTold().map(({ id }) => id)).toEqual(['t10'])
  expect(run.archive.raw.read('on-1')).not.toBeNull()
  expect(ages()).toEqual(['s1: before', 's2: before', 's3: before', 's4: before', 's5: now'])

  const resumed = run.methods.resume()
  while (!ages().includes('s4: now')) {
    await macrotask()
    run.recorder.settle()
  }
  // It went first.
  expect(ages()).toEqual(['s1: before', 's2: before', 's3: before', 's4: now', 's5: now'])
  run.recorder.settle()
  expect(run.turnsTold().map(({ id, status }) => `${id} ${status}`)).toContain('t9 live')
  run.take(post({ streamId: 'on', at: 3_000, request: goesOn }).slice(8))
  run.recorder.settle()
  expect(run.turnsTold().map(({ id, status }) => `${id} ${status}`)).toContain('t9 completed')
  await resumed
  const result = derived()
  expect(ages()).toEqual(['s1: now', 's2: now', 's3: now', 's4: now', 's5: now'])
  expect(await fromNothing(run)).toEqual(result)
  expect(run.reports).toEqual([])
})

test('what came while its session was still to be derived again outlives a kill right then', async () => {
  const before = stage.run()
  recordALot(before)
  makeOld()
  before.end()
  const killed = stage.run()
  const request = requestOf({ sessionId: 's2', turnId: 't9', input: [userSays('late words')] })
  killed.take(post({ streamId: 'late', at: 3_000, launchId: 'l3', request }))
  killed.recorder.flush()
  killed.end()

  const run = stage.run()
  await run.methods.resume()
  expect(stage.reader().turnIds({ id: 's2' }.id)).toEqual(['t4', 't9'])
  expect(stage.reader().search({ query: '"late words"', limit: 9 }).hits).toHaveLength(1)
  const result = derived()
  expect(await fromNothing(run)).toEqual(result)
})

test('what its user decides of a session meanwhile holds: names, stars, tags, notes and deletions', async () => {
  const before = stage.run()
  recordALot(before)
  makeOld()
  before.end()
  const run = stage.run([], { undoMs: 10_000 })
  const { handlers } = run.methods
  const resumed = run.methods.resume()
  const done = Promise.all([
    handlers['session/rename']({ id: 's3', title: 'Named' }),
    handlers['session/star']({ id: 's2', isStarred: true }),
    handlers['session/delete']({ id: 's1' }),
  ])
  await done
  expect(ages().filter((line) => /s[23]/.test(line))).toEqual(['s2: now', 's3: now'])
  await resumed
  expect(ages()).toEqual(['s2: now', 's3: now', 's4: now'])
  const reader = stage.reader()
  expect(reader.readSession({ id: 's3' }).session.title).toBe('Named')
  expect(reader.readSession({ id: 's2' }).session.isStarred).toBe(true)
  expect(derived().usageSlot).not.toEqual([])
  await handlers['session/undelete']({ id: 's1' })
  expect(ages()).toEqual(['s1: now', 's2: now', 's3: now', 's4: now'])
  expect(run.reports).toEqual([])
})

test('what is deleted while everything is derived again, or after it, leaves no word behind', async () => {
  const run = stage.run()
  for (const [n, id] of ['s1', 's2', 's3'].entries()) {
    const request = requestOf({ sessionId: id, turnId: `t${n}`, input: [userSays(`unforgettable${n}`)] })
    run.take(post({ streamId: `a${n}`, at: 1_000 + n, request }))
    run.recorder.settle()
  }
  const filesWith = (text: string) =>
    readdirSync(stage.dataDir).filter((name) => readFileSync(join(stage.dataDir, name)).includes(text))
  // As if another text had been found in each before, so that the one in the index is taken out.
  change("UPDATE document SET digest = ''")
  const rederived = rederive(run)
  await run.methods.handlers['session/delete']({ id: 's2' })
  expect(filesWith('unforgettable1')).toEqual([])
  await rederived
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(filesWith('unforgettable0')).toEqual([])
  expect(filesWith('unforgettable2')).not.toEqual([])
  const found = (word: string) => stage.reader().search({ query: word, limit: 9 }).total
  expect([0, 1, 2].map((n) => found(`unforgettable${n}`))).toEqual([0, 0, 1])
})

test('retention waits until everything is derived again', async () => {
  const before = stage.run()
  recordALot(before)
  makeOld()
  before.end()
  const run = stage.run()
  stage.clock.now = 10 * 86_400_000
  const kept = { retention: { maxAgeDays: 1, maxBytes: null } }
  expect(await run.methods.handlers['retention/set'](kept)).toEqual({ deleted: 0 })
  await run.methods.resume()
  // What runs is never taken.
  expect(ages()).toEqual(['s1: now'])
})

test('a thread that dies in the middle is followed by one that ends it', async () => {
  const before = stage.run()
  recordALot(before)
  before.end()
  const second = stage.run()
  const asRecorded = derived()
  second.end()
  makeOld()
  const reports: unknown[] = []
  const recorder: Recorder = await startRecorder({
    dataDir: stage.dataDir,
    workerUrl: new URL('./mortalRecorderWorker.ts', import.meta.url),
    report: (error) => reports.push(error),
  })
  const shares: (number | undefined)[] = []
  const ended = new Promise<void>((resolve) => {
    recorder.onNotification((notification) => {
      if (notification.method !== 'recording/updated') return
      const { params } = notification
      shares.push(params.rederived)
      // The first time that it has come anywhere, and no more.
      if (params.rederived !== undefined && params.rederived > 0 && reports.length === 0) recorder.tap(deadly)
      if (params.rederived === undefined) resolve()
    })
  })
  recorder.tap(deadly)
  await ended
  await recorder.close()
  expect(new Set(reports.map(String))).toEqual(new Set(['Error: The thread was told to die.']))
  expect(derived()).toEqual(asRecorded)
})

test('the write-ahead log stays small, also while somebody reads', async () => {
  const run = stage.run()
  for (let n = 0; n < 44; n++) {
    const request = requestOf({ sessionId: `s${n}`, turnId: `t${n}`, input: [userSays(noise(n))] })
    run.take(post({ streamId: `a${n}`, at: 1_000 + n, request, events: answerOf(`r${n}`, 'Well.') }))
    run.recorder.settle()
  }
  run.archive.emptyLog()
  // Nothing comes any more, so that no time is left to it.
  stage.clock.now += 60_000
  const other = new DatabaseSync(archivePath(stage.dataDir), { readOnly: true })
  let largest = 0
  let written = 0
  for (let times = 0; times < 2; times++) {
    // Whoever reads what was before is in the way.
    other.exec('BEGIN')
    other.prepare('SELECT count(*) FROM session').get()
    let held = 0
    let isOver = false
    const rederived = Promise.resolve(rederive(run)).finally(() => {
      isOver = true
    })
    for (let before = logBytes(); !isOver; before = logBytes()) {
      await macrotask()
      written += Math.max(0, logBytes() - before)
      largest = Math.max(largest, logBytes())
      if (other.isTransaction && logBytes() > 16 * mebibyte && ++held > 50) other.exec('COMMIT')
    }
    await rederived
    expect(held).toBe(51)
  }
  other.close()
  expect(largest).toBeGreaterThan(16 * mebibyte)
  expect(largest).toBeLessThan(20 * mebibyte)
  // Far more was written than the log held at any moment.
  expect(written).toBeGreaterThan(30 * mebibyte)
  expect(run.reports).toEqual([])
  // It writes what a disk has to take, and leaves time to those who record.
}, 120_000)

const mebibyte = 1024 * 1024
const logBytes = () => statSync(`${archivePath(stage.dataDir)}-wal`, { throwIfNoEntry: false })?.size ?? 0

/** A long text that packs badly, and is one word. */
function noise(n: number): string {
  return Array.from({ length: 4_500 }, (_, at) => hash('sha512', `${n} ${at}`)).join('')
}

const deadly: TapEvent = {
  type: 'called',
  launchId: 'l1',
  isPrivate: false,
  at: 1,
  upstream: 'auth',
  method: 'POST',
  path: '/die',
  httpStatus: 200,
  errorCode: null,
  durationMs: 1,
}

test('in which folder a session goes on is in what is recorded', async () => {
  const run = stage.run()
  const work = (turnId: string, at: number, folder: string) => {
    const input = [userSays(`<environment_context>\n  <cwd>${folder}</cwd>\n</environment_context>`), userSays('hello')]
    run.take(post({ streamId: turnId, at, request: requestOf({ turnId, input }) }))
    run.recorder.flush()
  }
  const session = () => stage.reader().readSession({ id: 's1' }).session
  work('t1', 1_000, '/srv/api')
  expect(session()).not.toHaveProperty('goesOnIn')
  work('t2', 2_000, '/srv/moved')
  expect(session()).toMatchObject({ cwd: '/srv/api', goesOnIn: '/srv/moved' })
  const told = derived()
  expect(await fromNothing(run)).toEqual(told)
})
