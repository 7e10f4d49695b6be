import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Notification } from '../../contract/api.ts'
import { openArchive } from '../archive/archive.ts'
import { openArchiveReader } from '../archive/archiveReader.ts'
import { archivePath } from '../archive/database.ts'
import { ruinPages } from '../archive/ruinPages.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { type Recorder, type RecorderOptions, startRecorder } from './client.ts'
import { answerOf, clientFrame, createFrame, post, requestOf, serverFrame, socket } from './playedTraffic.ts'
import { launchOf } from './stage.ts'

let dataDir: string
let recorders: Recorder[]
let reports: unknown[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-client-'))
  recorders = []
  reports = []
})
afterEach(async () => {
  for (const recorder of recorders) await recorder.close()
  rmSync(dataDir, { recursive: true })
})

async function start(options: Partial<RecorderOptions> = {}): Promise<Recorder> {
  const recorder = await startRecorder({ dataDir, report: (error) => reports.push(error), ...options })
  recorders.push(recorder)
  return recorder
}

const mortal = { workerUrl: new URL('./mortalRecorderWorker.ts', import.meta.url) }
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

function tapAll(recorder: Recorder, events: TapEvent[]): void {
  for (const event of events) recorder.tap(event)
}

/** The first notification that is meant; ask before doing what leads to it. */
function hear(recorder: Recorder, isMeant: (notification: Notification) => boolean): Promise<Notification> {
  return new Promise((resolve) => {
    const stop = recorder.onNotification((notification) => {
      if (!isMeant(notification)) return
      stop()
      resolve(notification)
    })
  })
}

const turnEnds = (turnId: string) => (notification: Notification) =>
  notification.method === 'turn/updated' &&
  notification.params.change.head.id === turnId &&
  notification.params.change.head.status !== 'live'

const turnShows = (turnId: string) => (notification: Notification) =>
  notification.method === 'turn/updated' && notification.params.change.head.id === turnId

const counts = (expected: object) => (notification: Notification) => {
  if (notification.method !== 'recording/updated') return false
  const { seq: _seq, isPaused: _isPaused, ...rest } = notification.params
  return JSON.stringify(rest) === JSON.stringify(expected)
}

function look<T>(read: (reader: ReturnType<typeof openArchiveReader>) => T): T {
  const reader = openArchiveReader(dataDir)
  try {
    return read(reader)
  } finally {
    reader.close()
  }
}
const storedTurns = (sessionId: string) =>
  look((reader) => reader.readSession({ id: sessionId }).turns.map(({ id, status }) => `${id} ${status}`))

test('what the tap tells is recorded by a thread of its own, and told while it streams', async () => {
  const recorder = await start()
  const events = post({ streamId: 'a' })
  const shown = hear(recorder, turnShows('t1'))
  tapAll(recorder, events.slice(0, 7))
  expect(await shown).toMatchObject({
    params: {
      change: {
        head: { status: 'live' },
        items: { changed: [{ value: { text: 'hello' } }, { value: { text: 'Hi ' } }] },
      },
    },
  })
  const ended = hear(recorder, turnEnds('t1'))
  tapAll(recorder, events.slice(7))
  expect(await ended).toMatchObject({ params: { change: { head: { status: 'completed' } } } })
  expect(recorder.recording()).toEqual({ isPaused: false, recorded: 1, total: 1, missed: {}, seq: expect.any(Number) })
  expect(reports).toEqual([])
})

test('what came can be read once it is said to be stored; nobody waits for what cannot be', async () => {
  const recorder = await start(mortal)
  tapAll(recorder, post({ streamId: 'a' }))
  await recorder.stored()
  expect(storedTurns('s1')).toEqual(['t1 completed'])
  recorder.tap(deadly)
  await recorder.stored()
  // Nobody is there to ask yet.
  await recorder.stored()
})

test('closing stores all that came; what is told after it is passed over', async () => {
  const recorder = await start()
  tapAll(recorder, post({ streamId: 'a' }))
  tapAll(recorder, post({ streamId: 'b', request: requestOf({ turnId: 't2' }) }).slice(0, 7))
  recorder.countLoss('unknownPath')
  recorder.launchStarted(launchOf('l1'))
  const closing = recorder.close()
  tapAll(recorder, post({ streamId: 'c', request: requestOf({ turnId: 't3' }) }))
  await closing
  await recorder.close()
  tapAll(recorder, post({ streamId: 'd', request: requestOf({ turnId: 't4' }) }))
  await expect(recorder.call('session/rename', { id: 's1', title: 'x' })).rejects.toMatchObject({ code: 'unavailable' })
  expect(storedTurns('s1')).toEqual(['t1 completed', 't2 cut'])
  expect(look((reader) => reader.recording())).toMatchObject({ recorded: 2, total: 3, missed: { unknownPath: 1 } })
})

test('launches outlive the process', async () => {
  const first = await start()
  first.launchStarted(launchOf('l1'))
  first.launchStarted(launchOf('l2'))
  first.launchEnded('l1', 2_000)
  await first.close()
  expect((await start()).liveLaunches()).toEqual([launchOf('l2')])
})

test('a call is answered, and its failure keeps its code', async () => {
  const recorder = await start()
  tapAll(recorder, post({ streamId: 'a' }))
  expect(await recorder.call('session/rename', { id: 's1', title: 'Mine' })).toMatchObject({
    session: { title: 'Mine' },
  })
  await expect(recorder.call('session/delete', { id: 'none' })).rejects.toMatchObject({
    code: 'notFound',
    message: 'There is no session none. It was deleted, or is not in this data folder.',
  })
})

test('a listener that throws costs the others nothing', async () => {
  const recorder = await start()
  const stop = recorder.onNotification(() => {
    throw new Error('mine')
  })
  const ended = hear(recorder, turnEnds('t1'))
  tapAll(recorder, post({ streamId: 'a' }))
  await ended
  expect(reports.map(String)).toContain('Error: mine')
  stop()
  reports.length = 0
  const next = hear(recorder, turnEnds('t2'))
  tapAll(recorder, post({ streamId: 'b', request: requestOf({ turnId: 't2' }) }))
  await next
  expect(reports).toEqual([])
})

test('when the thread dies another one goes on: what it held is counted, and the tap notices nothing', async () => {
  const recorder = await start(mortal)
  const open = post({ streamId: 'open', request: requestOf({ turnId: 't2' }) })
  const over = [...socket({ streamId: 'w' }), createFrame('w', requestOf({ turnId: 't3' }), 2_000)]
  const shown = Promise.all([
    hear(recorder, turnEnds('t1')),
    hear(recorder, turnShows('t2')),
    hear(recorder, turnShows('t3')),
  ])
  tapAll(recorder, [...post({ streamId: 'whole' }), ...open.slice(0, 7), ...over])
  await shown

  const counted = hear(recorder, counts({ recorded: 1, total: 4, missed: { recorderCrash: 3 } }))
  const lost = post({ streamId: 'lost', request: requestOf({ turnId: 't4' }) })
  const waiting = recorder.call('session/rename', { id: 's1', title: 'x' })
  const refusal = expect(waiting).resolves.toMatchObject({ session: { title: 'x' } })
  tapAll(recorder, [...lost, deadly])
  recorder.launchStarted(launchOf('l1'))
  tapAll(recorder, open.slice(7))
  await counted
  await refusal
  expect(reports.map(String)).toEqual(['Error: The thread was told to die.'])

  const continued = hear(recorder, counts({ recorded: 1, total: 5, missed: { recorderCrash: 4 } }))
  tapAll(
    recorder,
    answerOf('r3', 'Late.').map((event) => serverFrame('w', event)),
  )
  tapAll(recorder, [createFrame('w', requestOf({ turnId: 't5' })), clientFrame('w', { type: 'other' })])
  await continued
  const goesOn = hear(recorder, turnEnds('t6'))
  tapAll(recorder, post({ streamId: 'after', at: 3_000, request: requestOf({ turnId: 't6' }) }))
  await goesOn
  await recorder.close()
  expect(storedTurns('s1')).toEqual(['t1 completed', 't2 cut', 't3 cut', 't6 completed'])
  expect(look((reader) => reader.recording())).toMatchObject({ recorded: 2, total: 6, missed: { recorderCrash: 4 } })
  expect((await start()).liveLaunches()).toEqual([launchOf('l1')])
})

test('a call that dies with the thread is answered all the same', async () => {
  const recorder = await start(mortal)
  recorder.tap(deadly)
  const unavailable = { code: 'unavailable', message: expect.any(String) }
  await expect(recorder.call('session/rename', { id: 's1', title: 'x' })).rejects.toMatchObject(unavailable)
  // Nobody is there to ask yet.
  await expect(recorder.call('session/rename', { id: 's1', title: 'x' })).rejects.toMatchObject(unavailable)
})

test('closing right after the thread died still stores what waits', async () => {
  const recorder = await start(mortal)
  recorder.tap(deadly)
  await expect(recorder.call('archive/rederive', {})).rejects.toMatchObject({ code: 'unavailable' })
  tapAll(recorder, post({ streamId: 'a' }))
  recorder.countLoss('unknownPath')
  await recorder.close()
  expect(storedTurns('s1')).toEqual(['t1 completed'])
  expect(look((reader) => reader.recording())).toMatchObject({ recorded: 1, total: 2, missed: { unknownPath: 1 } })
})

test('what the thread cannot take in time is dropped and counted, stream by stream', async () => {
  const recorder = await start({ maxQueuedBytes: 20_000 })
  const long = { request: requestOf({ turnId: 't2', input: [{ type: 'text', text: 'x'.repeat(30_000) }] }) }
  const counted = hear(recorder, counts({ recorded: 1, total: 2, missed: { overflow: 1 } }))
  tapAll(recorder, [...post({ streamId: 'a' }), ...post({ streamId: 'b', ...long })])
  await counted
  const goesOn = hear(recorder, turnEnds('t3'))
  tapAll(recorder, post({ streamId: 'c', request: requestOf({ turnId: 't3' }) }))
  await goesOn
  expect(recorder.recording()).toMatchObject({ recorded: 2, total: 3, missed: { overflow: 1 } })
})

test("a newer Tapedeck's archive is refused in words, and left as it is", async () => {
  openArchive(dataDir).close()
  const newer = new DatabaseSync(archivePath(dataDir))
  newer.exec('PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)')
  newer.close()
  const before = readFileSync(archivePath(dataDir))
  await expect(startRecorder({ dataDir })).rejects.toThrow('made by a newer Tapedeck')
  expect(readFileSync(archivePath(dataDir))).toEqual(before)
})

test('with a damaged archive nothing is recorded, all is counted, and the file stays as it is', async () => {
  openArchive(dataDir).close()
  ruinPages(archivePath(dataDir), 2)
  const before = readFileSync(archivePath(dataDir))
  const recorder = await start()
  expect(recorder.recording()).toMatchObject({ recorded: 0, total: 0, damage: expect.stringContaining('is damaged') })
  const counted = hear(recorder, ({ method, params }) => method === 'recording/updated' && params.total === 1)
  tapAll(recorder, post({ streamId: 's1' }))
  expect((await counted).params).toMatchObject({ recorded: 0, total: 1, missed: { storage: 1 } })
  await expect(recorder.call('session/star', { id: 'a', isStarred: true })).rejects.toMatchObject({
    code: 'unavailable',
    message: recorder.recording().damage,
  })
  expect(readFileSync(archivePath(dataDir)).equals(before)).toBe(true)
})

test('where the disk refuses, nothing is recorded, all is counted, and what is there can be read', async () => {
  openArchive(dataDir).close()
  // As on a full or a read-only disk, SQLite cannot write its index of the log.
  mkdirSync(`${archivePath(dataDir)}-shm`)
  const recorder = await start()
  const { unwritable, damage } = recorder.recording()
  expect(unwritable).toMatch(/^Nothing can be written into .*: .*\. Codex goes on .* counted as missed\./)
  expect(damage).toBeUndefined()
  const counted = hear(recorder, ({ method, params }) => method === 'recording/updated' && params.total === 1)
  tapAll(recorder, post({ streamId: 's1' }))
  expect((await counted).params).toMatchObject({ recorded: 0, total: 1, missed: { storage: 1 } })
  const reader = openArchiveReader(dataDir)
  expect(reader.recording()).toMatchObject({ total: 0 })
  reader.close()
})

test('whoever could not lock the folder writes nothing into it', async () => {
  const recorder = await start({ isUnlocked: true })
  expect(recorder.recording().unwritable).toContain(dataDir)
  const counted = hear(recorder, ({ method, params }) => method === 'recording/updated' && params.total === 1)
  tapAll(recorder, post({ streamId: 's1' }))
  await counted
  expect(readdirSync(dataDir)).toEqual([])
})
