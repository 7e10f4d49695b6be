import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { archivePath } from '../archive/database.ts'
import { readDerivedRows } from '../archive/derivedRows.ts'
import { hurryBytes } from './intake.ts'
import { completed, created, post, requestOf, toolCall, userSays } from './playedTraffic.ts'
import { flushMs } from './recorder.ts'
import { createStage, launchOf, type Run, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  stage = createStage()
})
afterEach(() => {
  stage.close()
  vi.useRealTimers()
})

/** More than one piece of the backlog takes. */
const many = 50
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `e${from + n}`)
const exchange = (id: string, sessionId = 's1', at = 1_000) =>
  post({
    streamId: id,
    at,
    request: requestOf({ sessionId, turnId: `turn-${id}`, input: [userSays(`please ${id}`)] }),
  })
const flood = (count = many) => ids(0, count).flatMap((id, n) => exchange(id, 's1', 1_000 + 10 * n))

const waiting = (run: Run) => run.archive.underived.next(1_000).map(({ id }) => id)
const shownTurns = (sessionId = 's1') =>
  stage
    .reader()
    .readSession({ id: sessionId })
    .turns.map(({ id, status }) => `${id} ${status}`)
const sessionIds = () =>
  stage
    .reader()
    .listSessions({ limit: 100 })
    .sessions.map(({ id }) => id)

/** Until nothing is left to be done by timers. */
function untilQuiet(): void {
  for (let left = 1_000; left > 0 && vi.getTimerCount() > 0; left--) vi.advanceTimersByTime(1)
}

/** Nothing more is done, not even by its timers. */
function kill(run: Run): void {
  run.end()
  vi.clearAllTimers()
}

function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed++) vi.advanceTimersByTime(1)
}

/** All derived rows, but for the numbers that only order changes. */
function derivedRows(): string {
  return JSON.stringify(readDerivedRows(stage.dataDir)).replaceAll(/"seq":\d+/g, '"seq":0')
}

test('what comes in a flood is stored, counted and given back first, and derived afterwards in pieces', () => {
  const run = stage.run()
  run.takeInFlood(flood())
  expect(run.taken).toEqual([1])
  expect(run.told('recording/updated')).toEqual([
    { isPaused: false, recorded: many, total: many, missed: {}, underived: many, seq: expect.any(Number) },
  ])
  expect(run.turnsTold()).toEqual([])
  expect(sessionIds()).toEqual([])
  expect(stage.reader().recording()).toMatchObject({ recorded: many, underived: many })
  expect(run.archive.raw.read('e7-1')?.at(-1)).toMatchObject({ type: 'finished', outcome: 'ended' })

  untilQuiet()
  const left = run.told('recording/updated').map(({ underived }) => underived)
  expect(left.length).toBeGreaterThan(2)
  expect(left).toEqual(left.toSorted((a = 0, b = 0) => b - a))
  expect(left.at(-1)).toBeUndefined()
  expect(run.turnsTold().map(({ id }) => id)).toEqual(ids(0, many).map((id) => `turn-${id}`))
  expect(shownTurns()).toHaveLength(many)
  expect(run.recorder.recording()).toEqual({
    isPaused: false,
    recorded: many,
    total: many,
    missed: {},
    seq: expect.any(Number),
  })
  expect(run.reports).toEqual([])
})

test('a lot at once is a flood, whatever is said of the queue', () => {
  const run = stage.run()
  const large = requestOf({ input: [userSays('x'.repeat(hurryBytes))] })
  run.take(post({ streamId: 'large', request: large }))
  expect(run.taken).toEqual([1])
  expect(waiting(run)).toEqual(['large-1'])
  untilQuiet()
  expect(shownTurns()).toEqual(['t1 completed'])
})

test('without a flood what is stored is derived in the same breath, and leaves no mark', () => {
  const run = stage.run()
  run.take(flood())
  run.recorder.flush()
  expect(shownTurns()).toHaveLength(many)
  expect(waiting(run)).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('what a kill leaves stored and not derived is derived by the next run, as if nothing had happened', () => {
  const calm = stage.run()
  calm.take(flood())
  calm.recorder.flush()
  calm.end()
  const expected = derivedRows()
  stage.close()

  stage = createStage()
  const killed = stage.run()
  killed.takeInFlood(flood())
  kill(killed)
  const next = stage.run()
  expect(next.recorder.recording()).toMatchObject({ recorded: many, total: many, underived: many })
  vi.advanceTimersByTime(1)
  expect(waiting(next).length).toBeLessThan(many)
  expect(waiting(next).length).toBeGreaterThan(0)
  kill(next)
  const last = stage.run()
  untilQuiet()
  expect(waiting(last)).toEqual([])
  expect(derivedRows()).toBe(expected)
  expect(last.recorder.recording()).toMatchObject({ recorded: many, total: many, missed: {} })
})

test('closing stores and does not wait for the backlog', () => {
  const run = stage.run()
  run.takeInFlood(flood())
  run.take(exchange('open', 's2').slice(0, 7))
  run.recorder.close()
  expect(vi.getTimerCount()).toBe(0)
  expect(waiting(run)).toHaveLength(many)
  expect(shownTurns('s2')).toEqual(['turn-open cut'])
  run.end()
  stage.run()
  untilQuiet()
  expect(shownTurns()).toHaveLength(many)
})

test('what is new is shown before the backlog is done', () => {
  const run = stage.run()
  run.takeInFlood(flood())
  run.take(exchange('new', 's2').slice(0, 7))
  run.recorder.flush()
  expect(shownTurns('s2')).toEqual(['turn-new live'])
  expect(waiting(run)).toHaveLength(many)
  run.take(exchange('new', 's2').slice(7))
  run.recorder.flush()
  expect(shownTurns('s2')).toEqual(['turn-new completed'])
  expect(waiting(run)).toHaveLength(many)
})

test('while the queue is full nothing is derived, so that it is freed at the pace of the raw record', () => {
  const run = stage.run()
  run.takeInFlood(flood())
  run.recorder.take(2, exchange('more', 's2'), hurryBytes)
  vi.advanceTimersByTime(1)
  expect(run.taken).toEqual([1, 2])
  expect(waiting(run)).toHaveLength(many + 1)
  untilQuiet()
  expect(sessionIds().toSorted()).toEqual(['s1', 's2'])
})

const waitingTool = (streamId: string, turnId: string, at: number) =>
  post({
    streamId,
    at,
    request: requestOf({ turnId }),
    events: [created(`r-${streamId}`), ...toolCall(`call-${streamId}`), completed(`r-${streamId}`)],
  })

test('a turn that is derived after the next one of its thread is over as well', () => {
  const run = stage.run()
  run.takeInFlood(waitingTool('a', 't1', 1_000))
  run.take(waitingTool('b', 't2', 2_000))
  run.recorder.flush()
  expect(shownTurns()).toEqual(['t2 live'])
  untilQuiet()
  expect(shownTurns()).toEqual(['t1 aborted', 't2 live'])
})

test('a launch that ends in a flood ends its turns all the same', () => {
  const run = stage.run()
  run.take([{ type: 'launchStarted', launch: launchOf('l1') }, ...waitingTool('a', 't1', 1_000)])
  run.recorder.flush()
  expect(shownTurns()).toEqual(['t1 live'])
  const elsewhere = post({ streamId: 'b', launchId: 'l2', request: requestOf({ sessionId: 's2', turnId: 't2' }) })
  run.takeInFlood([...elsewhere, { type: 'launchEnded', id: 'l1', at: 3_000 }])
  expect(shownTurns()).toEqual(['t1 live'])
  untilQuiet()
  expect(shownTurns()).toEqual(['t1 aborted'])
})

test('what begins in a flood and goes on after it is shown while it streams', () => {
  const run = stage.run()
  const events = exchange('a')
  run.takeInFlood(events.slice(0, 7))
  expect(waiting(run)).toEqual([])
  vi.advanceTimersByTime(flushMs)
  expect(run.turnsTold()).toMatchObject([{ status: 'live', items: [{ text: 'please a' }, { text: 'Hi ' }] }])
  run.take(events.slice(7))
  run.recorder.flush()
  expect(run.turnsTold()).toMatchObject([{ status: 'completed', items: [{ text: 'please a' }, { text: 'Hi there.' }] }])
})

test('what was shown while it streamed and ended in a flood is shown to its end', () => {
  const run = stage.run()
  const events = exchange('a')
  run.take(events.slice(0, 7))
  run.recorder.flush()
  run.takeInFlood(events.slice(7))
  expect(shownTurns()).toEqual(['turn-a live'])
  kill(run)
  stage.run()
  untilQuiet()
  expect(stage.reader().readSession({ id: 's1' }).turns).toMatchObject([
    { status: 'completed', items: [{ text: 'please a' }, { text: 'Hi there.' }] },
  ])
})

test('a flood that is cut by a kill is shown as cut', () => {
  const killed = stage.run()
  killed.takeInFlood(ids(0, 5).flatMap((id) => exchange(id).slice(0, 7)))
  kill(killed)
  const run = stage.run()
  untilQuiet()
  expect(shownTurns()).toEqual(ids(0, 5).map((id) => `turn-${id} cut`))
  expect(run.recorder.recording()).toMatchObject({ recorded: 5, total: 5 })
})

test.each([
  ['for good', 0],
  ['with an undo', 10_000],
])('a session that is deleted (%s) takes along what of it still waits', async (_how, undoMs) => {
  const run = stage.run([], { undoMs })
  run.take(exchange('shown'))
  run.recorder.flush()
  run.takeInFlood(flood())
  run.takeInFlood(exchange('other', 's2'))
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(sessionIds()).not.toContain('s1')
  kill(run)
  stage.clock.now += undoMs
  const next = stage.run([], { undoMs })
  await next.methods.resume()
  untilQuiet()
  expect(sessionIds()).toEqual(['s2'])
  for (const id of ['shown', ...ids(0, many)]) expect(next.archive.raw.has(`${id}-1`)).toBe(false)
  expect(next.recorder.recording()).toMatchObject({ recorded: 1, total: 1, missed: {} })
})

test('a deletion that is undone leaves all of it there', async () => {
  const run = stage.run([], { undoMs: 10_000 })
  run.take(exchange('shown'))
  run.recorder.flush()
  run.takeInFlood(flood())
  await run.methods.handlers['session/delete']({ id: 's1' })
  pass(100)
  await run.methods.handlers['session/undelete']({ id: 's1' })
  expect(shownTurns()).toHaveLength(many + 1)
})

test('retention waits for what is still to be derived, which can make a session younger', async () => {
  const day = 86_400_000
  stage.clock.now = 100 * day
  const run = stage.run()
  run.take(exchange('old', 's1', 1_000))
  run.recorder.flush()
  run.takeInFlood(exchange('young', 's1', 100 * day))
  const { deleted } = await run.methods.handlers['retention/set']({ retention: { maxAgeDays: 30, maxBytes: null } })
  expect(deleted).toBe(0)
  expect(shownTurns()).toEqual(['turn-old completed', 'turn-young completed'])
})

test('deriving everything again takes what waits along', async () => {
  const run = stage.run()
  run.takeInFlood(flood())
  vi.useRealTimers()
  await run.methods.handlers['archive/rederive']({})
  expect(waiting(run)).toEqual([])
  expect(shownTurns()).toHaveLength(many)
  expect(run.recorder.recording()).toMatchObject({ recorded: many, total: many })
})

test('what belongs to a session that is still to be derived again is folded after that', async () => {
  const former = stage.run()
  former.take(exchange('before'))
  former.recorder.flush()
  former.takeInFlood(exchange('waits'))
  former.archive.transaction(() => former.archive.ledger.write('rederiving', 1))
  kill(former)
  const run = stage.run()
  pass(5)
  expect(waiting(run)).toEqual([])
  expect(shownTurns()).toEqual(['turn-before completed'])
  vi.useRealTimers()
  await run.methods.resume()
  run.recorder.settle()
  expect(shownTurns().toSorted()).toEqual(['turn-before completed', 'turn-waits completed'])
})

test('what cannot be derived holds up nothing, and is asked for no more', () => {
  const run = stage.run()
  run.takeInFlood(flood(3))
  const database = new DatabaseSync(archivePath(stage.dataDir))
  database.exec("UPDATE rawBlock SET marks = 'not to be read' WHERE exchangeKey = 2")
  database.close()
  untilQuiet()
  expect(run.reports.map(String)).toEqual([expect.stringContaining('JSON')])
  expect(waiting(run)).toEqual([])
  expect(shownTurns()).toEqual(['turn-e0 completed', 'turn-e2 completed'])
})

test('while the database is locked the backlog waits, and is not forgotten', () => {
  const run = stage.run()
  run.takeInFlood(flood())
  const other = new DatabaseSync(archivePath(stage.dataDir))
  other.exec('BEGIN IMMEDIATE')
  vi.advanceTimersByTime(1)
  expect(run.reports.map(String)).toEqual([expect.stringMatching(/locked/)])
  expect(waiting(run)).toHaveLength(many)
  vi.advanceTimersByTime(100)
  expect(run.reports).toHaveLength(1)
  other.close()
  untilQuiet()
  expect(shownTurns()).toHaveLength(many)
})
