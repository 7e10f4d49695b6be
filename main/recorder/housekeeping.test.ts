import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Session } from '../../contract/domain/session.ts'
import { archivePath } from '../archive/database.ts'
import { answerOf, post, requestOf, userSays } from './playedTraffic.ts'
import { createStage, type Run, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => {
  vi.useRealTimers()
  stage.close()
})

const dayMs = 86_400_000

/** A session of one turn, over long ago. */
function record(run: Run, id: string, at = 1_000, text = `prompt of ${id}`): void {
  const request = requestOf({ sessionId: id, turnId: `turn-${id}`, input: [userSays(text)] })
  run.take(post({ streamId: `stream-${id}`, at, request, events: answerOf(`r-${id}`, `answer to ${id}`) }))
  run.recorder.settle()
}

const listed = () =>
  stage
    .reader()
    .listSessions({ limit: 100 })
    .sessions.map(({ id }) => id)
    .sort()
const find = (query: string) => stage.reader().search({ query, limit: 10 }).hits.length
const session = (id: string): Session => stage.reader().readSession({ id }).session
const filesWith = (text: string) =>
  readdirSync(stage.dataDir).filter((name) => readFileSync(join(stage.dataDir, name)).includes(text))

test('a star, tags and a note are the user’s own: told, found by, and there after everything is derived again', async () => {
  const run = stage.run()
  record(run, 's1')
  record(run, 's2')
  const { handlers } = run.methods
  await handlers['session/star']({ id: 's1', isStarred: true })
  await handlers['session/tag']({ id: 's1', tags: ['work', 'later', 'work'] })
  run.told('session/updated')
  const marked = (await handlers['session/note']({ id: 's1', note: ' ask Ada ' })) as { session: Session }
  expect(run.told('session/updated')).toEqual([{ session: marked.session, seq: marked.session.seq }])
  const marks = { isStarred: true, tags: ['later', 'work'], note: 'ask Ada' }
  expect(session('s1')).toMatchObject(marks)
  expect(session('s2')).toMatchObject({ isStarred: false, tags: [], note: '' })

  await handlers['archive/rederive']({})
  expect(session('s1')).toMatchObject(marks)
  const listedFor = (query: string) =>
    stage
      .reader()
      .listSessions({ limit: 9, query })
      .sessions.map(({ id }) => id)
  expect(['is:starred', 'tag:work', 'ada'].map(listedFor)).toEqual([['s1'], ['s1'], ['s1']])

  await handlers['session/star']({ id: 's1', isStarred: false })
  await handlers['session/tag']({ id: 's1', tags: [] })
  await handlers['session/note']({ id: 's1', note: '' })
  expect(session('s1')).toMatchObject({ isStarred: false, tags: [], note: '' })
})

test('what is not there can be neither starred nor brought back', async () => {
  const { handlers } = stage.run().methods
  await expect(handlers['session/star']({ id: 's1', isStarred: true })).rejects.toMatchObject({ code: 'notFound' })
  await expect(handlers['session/undelete']({ id: 's1' })).rejects.toMatchObject({ code: 'notFound' })
})

test('a deletion can be taken back for a while, with all that was there', async () => {
  const run = stage.run([], { undoMs: 10_000 })
  record(run, 's1')
  record(run, 's2')
  await run.methods.handlers['session/star']({ id: 's1', isStarred: true })
  const before = stage.reader().readSession({ id: 's1' })
  const { seq: _seq, ...known } = before.session

  const undo = { id: 's1', title: 'prompt of s1', batch: 's1', undoUntil: 15_000 }
  const deletion = await run.methods.handlers['session/delete']({ id: 's1' })
  expect(deletion).toEqual({ undoUntil: 15_000, undo, seq: expect.any(Number) })
  expect(run.told('session/deleted')).toEqual([{ id: 's1', undo, seq: deletion.seq }])
  expect([listed(), find('"prompt of s1"'), stage.reader().listSessions({ limit: 1 }).total]).toEqual([['s2'], 0, 1])
  expect(() => session('s1')).toThrow('There is no session s1.')
  // What goes on in it meanwhile does not bring it back, and neither does deriving everything again.
  run.take(post({ streamId: 'b', at: 2_000, request: requestOf({ sessionId: 's1', turnId: 'later' }) }))
  run.recorder.settle()
  await run.methods.handlers['archive/rederive']({})
  expect(listed()).toEqual(['s2'])

  await run.methods.handlers['session/undelete']({ id: 's1' })
  expect(listed()).toEqual(['s1', 's2'])
  expect(session('s1')).toMatchObject({
    ...known,
    updatedAt: expect.any(Number),
    turnCount: 2,
    exchangeCount: 2,
    usage: expect.any(Object),
    durationMs: expect.any(Number),
    apiEquivalentUsd: expect.any(Number),
  })
  expect(find('"prompt of s1"')).toBe(1)
})

test('what was deleted is not counted among what is found, from the first moment on', async () => {
  const run = stage.run([], { undoMs: 10_000 })
  record(run, 's1')
  record(run, 's2')
  const counts = (query: string, isGrouped: boolean) => {
    const { hits, total } = stage.reader().search({ query, limit: 50, isGrouped })
    return [hits.length, total]
  }
  const queries = ['prompt', 'prompt status:completed', 'status:completed', '-nothing']
  const all = () => queries.flatMap((query) => [counts(query, false), counts(query, true)])
  const both = all()
  await run.methods.handlers['session/delete']({ id: 's2' })
  const half = both.map((numbers) => numbers.map((n) => n / 2))
  expect(all()).toEqual(half)
  expect(half[0]?.[0]).toBeGreaterThan(0)
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(all()).toEqual(half.map(() => [0, 0]))
  await run.methods.handlers['session/undelete']({ id: 's1' })
  await run.methods.handlers['session/undelete']({ id: 's2' })
  expect(all()).toEqual(both)
})

test('what can still be brought back is listed with its title, together with what was deleted in one go, also after a restart', async () => {
  const former = stage.run([], { undoMs: 10_000 })
  for (const id of ['s1', 's2', 's3']) record(former, id)
  await former.methods.handlers['session/rename']({ id: 's3', title: 'unforgettable' })
  await former.methods.handlers['session/delete']({ id: 's1' })
  stage.clock.now += 1_000
  await former.methods.handlers['session/delete']({ id: 's2', batch: 's2' })
  await former.methods.handlers['session/delete']({ id: 's3', batch: 's2' })
  former.end()

  const run = stage.run([], { undoMs: 10_000 })
  await run.methods.resume()
  const [first, second, third] = [
    { id: 's1', title: 'prompt of s1', batch: 's1', undoUntil: 15_000 },
    { id: 's2', title: 'prompt of s2', batch: 's2', undoUntil: 16_000 },
    { id: 's3', title: 'unforgettable', batch: 's2', undoUntil: 16_000 },
  ]
  const deleted = (now: number) => stage.reader().deleted(now).sessions
  expect(deleted(14_999)).toEqual([first, second, third])
  expect(deleted(15_000)).toEqual([second, third])
  await run.methods.handlers['session/undelete']({ id: 's2' })
  expect(deleted(15_000)).toEqual([third])
  run.end()

  stage.clock.now += 10_000
  await stage.run([], { undoMs: 10_000 }).methods.resume()
  expect(deleted(0)).toEqual([])
  expect(filesWith('unforgettable')).toEqual([])
})

test('when the time to undo is over it is gone for good', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const run = stage.run([], { undoMs: 10_000 })
  record(run, 's1', 1_000, 'unforgettable')
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(filesWith('unforgettable')).not.toEqual([])
  vi.advanceTimersByTime(10_000)
  // Queued behind the deletion itself.
  await expect(run.methods.handlers['session/undelete']({ id: 's1' })).rejects.toMatchObject({
    message: 'It is deleted for good: there was no undo in time.',
  })
  expect(filesWith('unforgettable')).toEqual([])
  expect(run.recorder.recording()).toMatchObject({ recorded: 0, total: 0 })
})

test('what was brought back and deleted again can be brought back for as long as before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const run = stage.run([], { undoMs: 10_000 })
  record(run, 's1')
  const wait = (ms: number) => {
    stage.clock.now += ms
    vi.advanceTimersByTime(ms)
  }
  const { handlers } = run.methods
  await handlers['session/delete']({ id: 's1' })
  wait(1_000)
  await handlers['session/undelete']({ id: 's1' })
  wait(1_000)
  await handlers['session/delete']({ id: 's1' })
  // The time of the first deletion is over by now.
  wait(9_000)
  await handlers['session/undelete']({ id: 's1' })
  expect(listed()).toEqual(['s1'])
  await handlers['session/delete']({ id: 's1' })
  wait(10_000)
  await expect(handlers['session/undelete']({ id: 's1' })).rejects.toMatchObject({ code: 'notFound' })
})

test('a run that ends in between leaves the rest to the next one', async () => {
  const former = stage.run([], { undoMs: 10_000 })
  record(former, 's1', 1_000, 'unforgettable')
  record(former, 's2')
  await former.methods.handlers['session/delete']({ id: 's1' })
  former.end()

  stage.clock.now += 4_000
  const soon = stage.run([], { undoMs: 10_000 })
  await soon.methods.resume()
  await soon.methods.handlers['session/undelete']({ id: 's1' })
  expect(listed()).toEqual(['s1', 's2'])
  await soon.methods.handlers['session/delete']({ id: 's1' })
  soon.end()

  stage.clock.now += 10_001
  const late = stage.run([], { undoMs: 10_000 })
  await late.methods.resume()
  expect(listed()).toEqual(['s2'])
  expect(filesWith('unforgettable')).toEqual([])
})

test('what is older than the user keeps goes, but for what is starred', async () => {
  const run = stage.run()
  stage.clock.now = 100 * dayMs
  for (const day of [10, 50, 95, 99]) record(run, `day${day}`, day * dayMs)
  await run.methods.handlers['session/star']({ id: 'day10', isStarred: true })
  const set = (retention: { maxAgeDays: number | null; maxBytes: number | null }) =>
    run.methods.handlers['retention/set']({ retention })

  expect(await set({ maxAgeDays: null, maxBytes: null })).toEqual({ deleted: 0 })
  expect(await set({ maxAgeDays: 7, maxBytes: null })).toEqual({ deleted: 1 })
  expect(listed()).toEqual(['day10', 'day95', 'day99'])
  expect(stage.reader().retention()).toEqual({ retention: { maxAgeDays: 7, maxBytes: null } })
  run.end()

  stage.clock.now += 3 * dayMs
  await stage.run().methods.resume()
  expect(listed()).toEqual(['day10', 'day99'])
})

test('once a day what has become too old goes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const run = stage.run()
  stage.clock.now = 100 * dayMs
  record(run, 's1', 99.5 * dayMs)
  await run.methods.resume()
  await run.methods.handlers['retention/set']({ retention: { maxAgeDays: 1, maxBytes: null } })
  expect(listed()).toEqual(['s1'])
  stage.clock.now += dayMs
  vi.advanceTimersByTime(dayMs)
  await run.methods.handlers['archive/rederive']({})
  expect(listed()).toEqual([])
})

test('of what is too large the oldest goes first', async () => {
  const run = stage.run()
  const noise = (n: number) =>
    Array.from({ length: 90_000 }, (_, at) => ((at * 7919 * (n + 1)) % 65_521).toString(36)).join('')
  for (let n = 0; n < 8; n++) record(run, `s${n}`, 1_000 + n, noise(n))
  const { usedBytes } = stage.reader().size()
  expect(usedBytes).toBeGreaterThan(2_000_000)
  await run.methods.handlers['session/star']({ id: 's0', isStarred: true })
  const { deleted } = (await run.methods.handlers['retention/set']({
    retention: { maxAgeDays: null, maxBytes: Math.round(usedBytes * 0.6) },
  })) as { deleted: number }
  expect(deleted).toBeGreaterThan(0)
  expect(listed()).toEqual(['s0', ...Array.from({ length: 7 - deleted }, (_, n) => `s${n + deleted + 1}`)])
  expect(stage.reader().size().usedBytes).toBeLessThanOrEqual(usedBytes * 0.6)
})

test('sizes are known by project, and shrink with what is deleted', async () => {
  const run = stage.run()
  record(run, 's1')
  record(run, 's2')
  const size = () => stage.reader().size()
  const [before] = size().projects
  expect(before).toMatchObject({ cwd: null, name: 'No folder', sessionCount: 2 })
  expect(before?.bytes).toBeGreaterThan(200)
  expect(size().bytes).toBeGreaterThanOrEqual(size().usedBytes)
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(size().projects).toMatchObject([{ sessionCount: 1 }])
  expect(size().projects[0]?.bytes).toBeLessThan(before?.bytes ?? 0)
})

test('an archive of before runs of documents is filtered the same at once, and its runs are gathered after the start', async () => {
  const run = stage.run()
  for (const id of ['s1', 's2']) record(run, id)
  run.end()
  const database = new DatabaseSync(archivePath(stage.dataDir))
  const countOfRuns = () => database.prepare('SELECT count(*) AS n FROM documentRun').get()?.n
  const wanted = countOfRuns()
  database.exec("DELETE FROM documentRun; INSERT INTO counter VALUES ('runsTo', 0)")
  const filtered = () =>
    stage
      .reader()
      .listSessions({ limit: 9, query: '"answer to s1"' })
      .sessions.map(({ id }) => id)

  const later = stage.run()
  expect([countOfRuns(), filtered()]).toEqual([0, ['s1']])
  await later.methods.resume()
  expect([countOfRuns(), filtered()]).toEqual([wanted, ['s1']])
  expect(wanted).toBeGreaterThan(0)
  database.close()
})
