import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Notification } from '../../contract/api.ts'
import { archivePath } from '../archive/database.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { recordALot } from './playedSessions.ts'
import {
  answerOf,
  completed,
  created,
  createFrame,
  message,
  post,
  requestOf,
  serverFrame,
  socket,
  userSays,
} from './playedTraffic.ts'
import { createRecorder } from './recorder.ts'
import { createRecorderMethods } from './recorderMethods.ts'
import { createStage, type Run, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

/** All that people can see, but for the numbers of changes. */
function look(searches: string[] = []): unknown {
  const reader = stage.reader()
  const list = reader.listSessions({ limit: 1000 })
  const shown = {
    list,
    sessions: list.sessions.map(({ id }) => reader.readSession({ id })),
    found: searches.map((query) => reader.search({ query, limit: 500 })),
    recording: reader.recording(),
  }
  return JSON.parse(JSON.stringify(shown, (name, value) => (name === 'seq' ? undefined : value)))
}

const listed = () =>
  stage
    .reader()
    .listSessions({ limit: 100 })
    .sessions.map(({ id, title }) => `${id}: ${title}`)

function record(run: Run, ...events: TapEvent[]): void {
  run.take(events)
  run.recorder.flush()
}

test('a session keeps the name that its user gave it, until that is taken back', async () => {
  const run = stage.run()
  record(run, ...post({ streamId: 'a' }))
  run.told('session/updated')
  const { session } = (await run.methods.handlers['session/rename']({ id: 's1', title: '  My words ' })) as {
    session: { title: string; seq: number }
  }
  expect(session).toMatchObject({ id: 's1', title: 'My words' })
  expect(run.told('session/updated')).toEqual([{ session, seq: session.seq }])
  expect(stage.reader().readSession({ id: 's1' }).session).toEqual(session)
  // Whoever reads afterwards is not older than what was told.
  expect(stage.reader().listSessions({ limit: 1 }).seq).toBeGreaterThan(session.seq)

  record(run, ...post({ streamId: 'b', at: 2_000, request: requestOf({ turnId: 't2' }) }))
  await run.methods.handlers['archive/rederive']({})
  expect(listed()).toEqual(['s1: My words'])
  await run.methods.handlers['session/rename']({ id: 's1', title: null })
  expect(listed()).toEqual(['s1: hello'])
  await run.methods.handlers['session/rename']({ id: 's1', title: ' ' })
  expect(listed()).toEqual(['s1: hello'])
})

test('what is not there can be neither renamed nor deleted', async () => {
  const run = stage.run()
  const missing = {
    code: 'notFound',
    message: 'There is no session s1. It was deleted, or is not in this data folder.',
  }
  await expect(run.methods.handlers['session/rename']({ id: 's1', title: 'x' })).rejects.toMatchObject(missing)
  await expect(run.methods.handlers['session/delete']({ id: 's1' })).rejects.toMatchObject(missing)
  record(run, ...post({ streamId: 'a' }))
  expect(listed()).toEqual(['s1: hello'])
})

test('a change that comes before the flush finds what was recorded', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  await run.methods.handlers['session/rename']({ id: 's1', title: 'x' })
  expect(listed()).toEqual(['s1: x'])
})

test('a session can be deleted while it streams: the rest of the exchange is dropped, and others go on', async () => {
  const run = stage.run()
  const mine = post({ streamId: 'a' })
  const other = post({ streamId: 'b', request: requestOf({ sessionId: 's2', turnId: 't2' }) })
  record(run, ...mine.slice(0, 6), ...other.slice(0, 6))
  run.take([...mine.slice(6, 7), ...other.slice(6, 7)])
  run.notifications.length = 0
  const deleting = run.methods.handlers['session/delete']({ id: 's1' })
  run.take([...mine.slice(7, 8), ...other.slice(7, 8)])
  run.recorder.flush()
  expect(await deleting).toEqual({ undoUntil: 5_000, undo: null, seq: expect.any(Number) })
  const updates = run.told('session/updated')
  const [deletion] = run.told('session/deleted')
  expect(deletion).toEqual({ id: 's1', seq: expect.any(Number) })
  expect(updates.every(({ seq }) => seq < (deletion?.seq ?? 0))).toBe(true)
  expect(run.told('recording/updated').at(-1)).toMatchObject({ recorded: 1, total: 1, missed: {} })
  expect(stage.reader().listSessions({ limit: 1 }).seq).toBeGreaterThan(deletion?.seq ?? 0)

  record(run, ...mine.slice(8), ...other.slice(8))
  expect(listed()).toEqual(['s2: hello'])
  expect(run.archive.raw.has('a-1')).toBe(false)
  expect(stage.reader().readTurn({ id: 't2' }).turn).toMatchObject({
    status: 'completed',
    items: [{}, { text: 'Hi there.' }],
  })
  expect(run.told('session/updated').map(({ session }) => session.id)).toEqual(['s2'])
  expect(stage.reader().recording()).toMatchObject({ recorded: 1, total: 1, missed: {} })
  expect(run.reports).toEqual([])
})

test('losing the rest of what was deleted is no loss', async () => {
  const run = stage.run()
  record(run, ...post({ streamId: 'a' }).slice(0, 6))
  await run.methods.handlers['session/delete']({ id: 's1' })
  run.take([{ type: 'dropped', streamId: 'a', reason: 'overflow' }])
  run.recorder.flush()
  expect(run.recorder.recording()).toMatchObject({ recorded: 0, total: 0, missed: {} })
})

test('what has just begun and was not looked at yet is deleted with the rest', async () => {
  const run = stage.run()
  record(run, ...post({ streamId: 'a' }))
  // Each look at the clock takes a hundredth of a second: folding seems to be slow, and has to wait.
  let { now } = stage.clock
  Object.defineProperty(stage.clock, 'now', { get: () => (now += 10) })
  record(run, ...post({ streamId: 'b', at: 2_000, request: requestOf({ turnId: 't2' }) }).slice(0, 6))
  const late = post({ streamId: 'c', at: 3_000, request: requestOf({ turnId: 't3' }) }).slice(0, 6)
  record(run, ...late)
  expect(run.archive.raw.has('c-1')).toBe(true)
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(['a-1', 'b-1', 'c-1'].map(run.archive.raw.has)).toEqual([false, false, false])
  now += 10_000
  record(run, ...post({ streamId: 'd', at: 4_000, request: requestOf({ sessionId: 's2', turnId: 't4' }) }))
  expect(listed()).toEqual(['s2: hello'])
})

test('codex may go on in a session that was deleted: it then begins anew', async () => {
  const run = stage.run()
  record(
    run,
    ...socket({ streamId: 'w' }),
    createFrame('w', requestOf(), 2_000),
    ...answerOf('r1', 'Hi.').map((event) => serverFrame('w', event, 2_001)),
  )
  await run.methods.handlers['session/delete']({ id: 's1' })
  record(
    run,
    createFrame('w', requestOf({ turnId: 't2', previousResponseId: 'r1', input: [userSays('more')] }), 3_000),
    ...answerOf('r2', 'Well.').map((event) => serverFrame('w', event, 3_001)),
  )
  expect(stage.reader().listSessions({ limit: 10 }).sessions).toMatchObject([{ id: 's1', title: 'more', turnCount: 1 }])
})

const filesWith = (text: string) =>
  readdirSync(stage.dataDir).filter((name) => readFileSync(join(stage.dataDir, name)).includes(text))
const words = (name: string) => Array.from({ length: 300 }, (_, n) => `${name}${(n + 1) * 7919}zq`).join(' ')

test('after a deletion not a byte of the text is left in the files', async () => {
  const run = stage.run()
  const secret = post({
    streamId: 'a',
    request: requestOf({ input: [userSays(`secretprompt ${words('secret')}`)] }),
    events: [created('r'), ...message('m', `secretanswer ${words('secretly')}`), completed('r')],
  })
  const title = post({
    streamId: 'title',
    at: 2_000,
    request: requestOf({
      sessionId: 'title',
      turnId: 'title',
      source: 'thread_title',
      input: [userSays(`Name: secretprompt ${words('secret')}`)],
    }),
    events: answerOf('rt', '{"title":"secrettitle"}'),
  })
  const kept = post({
    streamId: 'k',
    at: 3_000,
    request: requestOf({ sessionId: 's2', turnId: 't2', input: [userSays(`keptprompt ${words('kept')}`)] }),
  })
  for (const event of [...secret, ...title, ...kept]) record(run, event)
  expect(stage.reader().readSession({ id: 's1' }).session.title).toBe('secrettitle')
  await run.methods.handlers['session/rename']({ id: 's1', title: 'secretname' })
  expect(filesWith('secret')).not.toEqual([])

  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(filesWith('secret')).toEqual([])
  expect(filesWith('keptprompt')).not.toEqual([])
  const reader = stage.reader()
  expect(reader.search({ query: 'secretprompt', limit: 5 }).total).toBe(0)
  expect(reader.search({ query: 'keptprompt', limit: 5 }).total).toBe(1)
  expect(run.recorder.recording()).toMatchObject({ recorded: 1, total: 1, missed: {} })
  expect(['a-1', 'title-1', 'k-1'].map(run.archive.raw.has)).toEqual([false, false, true])
})

test('what a killed run had deleted is out of the write-ahead log after the next start', async () => {
  const { archive, ...former } = stage.run()
  const request = requestOf({ input: [userSays(`secretprompt ${words('secret')}`)] })
  record({ archive, ...former }, ...post({ streamId: 'a', request }))
  while (archive.transaction(() => archive.deletion.deleteSome('s1')) === 'more');
  while (archive.transaction(archive.deletion.scrubSome) === 'more');
  // The connection stays open: SQLite would tidy up when it is closed.
  expect(filesWith('secret')).toEqual(['archive.db-wal'])
  await stage.run().methods.resume()
  expect(filesWith('secret')).toEqual([])
})

const searches = ['roses', 'water', 'garden', 'hi', 'look']

test('everything that was derived can be derived again, and is the same', async () => {
  const run = stage.run()
  recordALot(run)
  await run.methods.handlers['session/rename']({ id: 's3', title: 'Named' })
  const before = look(searches)
  expect(before).toMatchObject({
    list: { total: 4 },
    found: [{ total: 3 }, { total: 3 }, { total: 1 }, { total: 2 }, { total: 5 }],
  })
  expect(listed().toSorted()).toEqual(['s1: Garden', 's2: water them in t4', 's3: Named', 's4: hello'])
  const result = await run.methods.handlers['archive/rederive']({})
  expect(look(searches)).toEqual(before)
  expect(result).toEqual({ exchanges: 11, turns: 7, sessions: 4 })
  expect(run.archive.ledger.read('rederiving')).toBe(0)
  expect(run.reports).toEqual([])
})

test('recording goes on while everything is derived again, and what is asked meanwhile waits', async () => {
  const run = stage.run()
  recordALot(run)
  const rederived = run.methods.handlers['archive/rederive']({})
  const again = run.methods.handlers['archive/rederive']({})
  const renamed = run.methods.handlers['session/rename']({ id: 's2', title: 'Later' })
  const deleted = run.methods.handlers['session/delete']({ id: 's3' })
  for (let n = 0; n < 5; n++) {
    const request = requestOf({ sessionId: 's5', turnId: `n${n}`, input: [userSays(`new ${n}`)] })
    record(run, ...post({ streamId: `n${n}`, at: 3_000 + n * 10, request }))
    await new Promise(setImmediate)
  }
  await Promise.all([rederived, again, renamed, deleted])
  const after = look(searches)
  expect(listed().toSorted()).toEqual(['s1: Garden', 's2: Later', 's4: hello', 's5: new 0'])
  await run.methods.handlers['archive/rederive']({})
  expect(look(searches)).toEqual(after)
})

test('one exchange that cannot be derived does not cost the others', async () => {
  const run = stage.run()
  record(run, ...post({ streamId: 'a' }))
  record(run, ...post({ streamId: 'b', at: 2_000, request: requestOf({ sessionId: 's2', turnId: 't2' }) }))
  const damage = new DatabaseSync(archivePath(stage.dataDir))
  damage.exec(`UPDATE rawBlock SET marks = 'damaged' WHERE exchangeKey = (SELECT key FROM exchange WHERE id = 'b-1')`)
  damage.close()
  expect(await run.methods.handlers['archive/rederive']({})).toEqual({ exchanges: 1, turns: 1, sessions: 1 })
  expect(listed()).toEqual(['s1: hello'])
  expect(run.reports.map(String)).toEqual([expect.stringContaining('JSON')])
  await run.methods.handlers['session/rename']({ id: 's1', title: 'Still here' })
  expect(listed()).toEqual(['s1: Still here'])
})

test('while the archive cannot be written to, a change is refused in words and nothing is lost', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  const other = new DatabaseSync(archivePath(stage.dataDir))
  other.exec('BEGIN IMMEDIATE')
  const refusal = { code: 'unavailable', message: expect.stringContaining('cannot be written to') }
  await expect(run.methods.handlers['session/rename']({ id: 's1', title: 'x' })).rejects.toMatchObject(refusal)
  await expect(run.methods.handlers['archive/rederive']({})).rejects.toMatchObject(refusal)
  other.close()
  await run.methods.handlers['session/rename']({ id: 's1', title: 'x' })
  expect(listed()).toEqual(['s1: x'])
})

test('when the prices are other ones, sessions cost what they cost now', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  run.recorder.flush()
  let prices = { asOf: '', source: '', models: { 'gpt-6.1-sol': { input: 1_000, cached: 0, output: 0 } } }
  let fingerprint = 7
  let changed = () => {}
  const unwatch = vi.fn()
  const told: Notification[] = []
  const recorder = createRecorder({
    archive: run.archive,
    now: () => 9_000,
    notify() {},
    taken() {},
    report() {},
    prices: () => prices,
  })
  const { archive } = run
  const methods = createRecorderMethods({
    archive,
    recorder,
    now: () => 9_000,
    undoMs: 0,
    notify: (more) => told.push(...more),
    report() {},
    prices: {
      fingerprint: () => fingerprint,
      watch(listener) {
        changed = listener
        return unwatch
      },
    },
  })
  await methods.resume()
  expect(stage.reader().readSession({ id: 's1' }).session.apiEquivalentUsd).toBeCloseTo(0.01)
  expect(archive.ledger.read('prices')).toBe(7)
  expect(told.splice(0).map(({ method }) => method)).toEqual(['price/updated'])

  changed()
  prices = { ...prices, models: { 'gpt-6.1-sol': { input: 2_000, cached: 0, output: 0 } } }
  fingerprint = 8
  changed()
  await vi.waitFor(() => expect(told.map(({ method }) => method)).toEqual(['price/updated']))
  expect(stage.reader().readSession({ id: 's1' }).session.apiEquivalentUsd).toBeCloseTo(0.02)
  expect(stage.reader().listSessions({ limit: 1 }).seq).toBeLessThanOrEqual(told[0]?.params.seq ?? 0)
  methods.close()
  expect(unwatch).toHaveBeenCalledOnce()
})
