import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ReplyError } from '../../contract/reply.ts'
import { archivePath } from '../archive/database.ts'
import { post } from './playedTraffic.ts'
import { type Reader, readRecording, startReader } from './reader.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage
let readers: Reader[]

beforeEach(() => {
  stage = createStage()
  readers = []
})
afterEach(async () => {
  for (const reader of readers) await reader.close()
  stage.close()
})

async function start(workerUrl?: URL): Promise<Reader> {
  const reader = await startReader({ dataDir: stage.dataDir, ...(workerUrl && { workerUrl }) })
  readers.push(reader)
  return reader
}

function recordOne(): void {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  run.recorder.flush()
}

test('a thread of its own answers what is asked of the archive', async () => {
  recordOne()
  const reader = await start()
  expect(await reader.call('session/list', {})).toMatchObject({ sessions: [{ id: 's1' }], total: 1, nextCursor: null })
  expect(await reader.call('turn/read', { id: 't1' })).toMatchObject({ turn: { status: 'completed' } })
  expect(await reader.call('search/query', { query: 'hello' })).toMatchObject({ total: 1 })
  await expect(reader.call('exchange/read', { id: 'none' })).rejects.toMatchObject({ code: 'notFound' })
})

test('when the thread dies the calls under way fail, and the next is answered by another', async () => {
  recordOne()
  const reader = await start(new URL('./mortalReaderWorker.ts', import.meta.url))
  await expect(reader.call('exchange/read', { id: 'die' })).rejects.toMatchObject({ code: 'unavailable' })
  const answers = [reader.call('session/read', { id: 's1' }), reader.call('turn/read', { id: 't1' })]
  expect(await Promise.all(answers)).toMatchObject([{ session: { id: 's1' } }, { turn: { id: 't1' } }])
})

test('a call after the end is answered with a refusal', async () => {
  recordOne()
  const reader = await start()
  await reader.close()
  await expect(reader.call('session/list', {})).rejects.toMatchObject({ code: 'unavailable' })
  await reader.close()
})

test('without an archive there is nothing to read, in words', async () => {
  await expect(start()).rejects.toThrow('There is no archive yet')
  expect(readRecording(stage.dataDir)).toEqual({ isPaused: false, recorded: 0, total: 0, missed: {}, seq: 0 })
  recordOne()
  expect(readRecording(stage.dataDir)).toEqual({
    isPaused: false,
    recorded: 1,
    total: 1,
    missed: {},
    seq: expect.any(Number),
  })
})

test('what nobody foresaw is an error of the program, not an answer to the user', async () => {
  recordOne()
  const reader = await start()
  const damage = new DatabaseSync(archivePath(stage.dataDir))
  damage.exec("UPDATE session SET body = 'damaged'")
  damage.close()
  const failure = await reader.call('session/list', {}).catch((error: Error) => error)
  expect(failure).toEqual(expect.objectContaining({ message: expect.stringContaining('JSON') }))
  expect(failure).not.toBeInstanceOf(ReplyError)
})
