import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TapEvent } from '../proxy/tap.ts'
import type { Note } from './messages.ts'
import { createTapQueue } from './tapQueue.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function opened(streamId: string, protocol: 'http' | 'websocket' = 'http'): TapEvent {
  return {
    type: 'opened',
    streamId,
    at: 1,
    launchId: 'launch',
    isPrivate: false,
    upstream: 'chatgpt',
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    protocol,
    method: 'POST',
    path: '/v1/responses',
    headers: [],
  }
}
const asked = (streamId: string, text: string): TapEvent => ({
  type: 'requestChunk',
  streamId,
  at: 2,
  bytes: bytesOf(text),
})
const answered = (streamId: string, text: string): TapEvent => ({
  type: 'responseChunk',
  streamId,
  at: 3,
  bytes: bytesOf(text),
})
const closed = (streamId: string): TapEvent => ({ type: 'closed', streamId, at: 4, outcome: 'ended' })
const called: TapEvent = {
  type: 'called',
  launchId: 'launch',
  isPrivate: false,
  at: 5,
  upstream: 'auth',
  method: 'POST',
  path: '/oauth/token',
  httpStatus: 200,
  errorCode: null,
  durationMs: 1,
}

/** What came out of a queue, each entry as its type, its stream and what it says. */
function openQueue(maxBytes = 100_000) {
  const said: string[] = []
  const buffers: ArrayBuffer[] = []
  const queue = createTapQueue({
    maxBytes,
    post(batch, entries, buffer) {
      buffers.push(buffer)
      said.push(`batch ${batch}: ${entries.map(describe).join(', ')}`)
    },
  })
  return { queue, said, buffers }
}

function describe(entry: TapEvent | Note): string {
  const stream = 'streamId' in entry ? ` ${entry.streamId}` : ''
  const text = 'bytes' in entry ? ` ${new TextDecoder().decode(entry.bytes)}` : ''
  const reason = 'reason' in entry ? ` (${entry.reason})` : ''
  return `${entry.type}${stream}${text}${reason}`
}

test('events of one turn of the event loop leave together, in order, in one buffer of their own', async () => {
  const { queue, said, buffers } = openQueue()
  queue.release()
  const events = [opened('a'), asked('a', 'hello '), opened('b'), answered('a', 'world'), called, closed('a')]
  for (const event of events) queue.push(event)
  expect(said).toEqual([])
  await nextTurn()
  expect(said).toEqual(['batch 1: opened a, requestChunk a hello , opened b, responseChunk a world, called, closed a'])
  expect(buffers.map((buffer) => new TextDecoder().decode(buffer))).toEqual(['hello world'])
  // Whoever takes the batch gets copies: the proxy's own bytes stay where they are.
  expect(events[1]).toEqual(asked('a', 'hello '))

  queue.push(closed('b'))
  await nextTurn()
  await nextTurn()
  expect(said.slice(1)).toEqual(['batch 2: closed b'])
})

test('nothing leaves before somebody is there to take it', async () => {
  const { queue, said } = openQueue()
  queue.push(opened('a'))
  queue.send()
  await nextTurn()
  expect(said).toEqual([])
  queue.release()
  expect(said).toEqual(['batch 1: opened a'])
})

test('what was sent counts until it was taken; a stream that does not fit is dropped whole, and once', () => {
  const { queue, said } = openQueue(3_000)
  queue.release()
  queue.push(opened('a'))
  queue.push(answered('a', 'x'.repeat(1_500)))
  queue.send()
  queue.push(opened('b'))
  queue.push(answered('a', 'y'.repeat(1_000)))
  queue.push(answered('a', 'small'))
  queue.push(closed('a'))
  queue.push(asked('b', 'fits'))
  queue.send()
  expect(said).toEqual([
    `batch 1: opened a, responseChunk a ${'x'.repeat(1_500)}`,
    'batch 2: opened b, dropped a (overflow), requestChunk b fits',
  ])

  queue.push(opened('c'))
  queue.push(answered('c', 'z'.repeat(1_500)))
  queue.taken(1)
  queue.push(answered('b', 'z'.repeat(1_500)))
  queue.send()
  expect(said.slice(2)).toEqual([`batch 3: opened c, dropped c (overflow), responseChunk b ${'z'.repeat(1_500)}`])
})

test('a stream of which not even the end fits is dropped as well', () => {
  const { queue, said } = openQueue(600)
  queue.release()
  queue.push(opened('a'))
  queue.push(answered('a', 'x'))
  queue.push(closed('a'))
  queue.send()
  expect(said).toEqual(['batch 1: opened a, responseChunk a x, dropped a (overflow)'])
  queue.taken(1)
  // The name is free again, as if nothing had been.
  queue.push(opened('a'))
  queue.send()
  expect(said.slice(1)).toEqual(['batch 2: opened a'])
})

test('a flood of events without bytes is bounded too', () => {
  const { queue, said } = openQueue(10_000)
  queue.release()
  for (let n = 0; n < 1_000; n++) queue.push(opened(`s${n}`))
  queue.send()
  const dropped = said.join().match(/dropped s\d+/g) ?? []
  expect(dropped.length).toBeGreaterThan(900)
  expect(new Set(dropped).size).toBe(dropped.length)
})

test('a crash loses the streams that were under way, and their rest is not sent', () => {
  const { queue, said } = openQueue()
  queue.release()
  for (const stream of ['stored', 'open', 'ended']) queue.push(opened(stream))
  queue.push(closed('stored'))
  queue.send()
  queue.taken(1)
  queue.push(closed('ended'))
  queue.send()
  queue.push(answered('open', 'more'))
  queue.push(opened('later'))
  said.length = 0

  expect(queue.workerDied()).toEqual([
    { streamId: 'open', protocol: 'http' },
    { streamId: 'ended', protocol: 'http' },
  ])
  queue.push(answered('open', 'rest'))
  queue.push(answered('later', 'kept'))
  queue.push(closed('open'))
  queue.push(closed('later'))
  expect(said).toEqual([])
  queue.release()
  expect(said).toEqual(['batch 3: opened later, responseChunk later kept, closed later'])
})

test('a socket that a crash took apart is told of once, when something more is asked over it', () => {
  const { queue, said } = openQueue()
  queue.release()
  queue.push(opened('socket', 'websocket'))
  queue.push(opened('idle', 'websocket'))
  queue.send()
  queue.workerDied()
  queue.release()
  said.length = 0
  queue.push(answered('socket', 'the rest of an answer'))
  queue.send()
  expect(said).toEqual([])
  queue.push(asked('socket', 'one more'))
  queue.push(asked('socket', 'and another'))
  queue.push(closed('socket'))
  queue.push(closed('idle'))
  queue.send()
  expect(said).toEqual(['batch 2: lost (recorderCrash)'])
  expect(queue.workerDied()).toEqual([])
})

test('what a crash took makes room', () => {
  const { queue, said } = openQueue(2_000)
  queue.release()
  queue.push(opened('a'))
  queue.push(answered('a', 'x'.repeat(1_400)))
  queue.send()
  queue.workerDied()
  queue.release()
  said.length = 0
  queue.push(opened('b'))
  queue.push(answered('b', 'y'))
  queue.push(answered('b', 'z'.repeat(900)))
  queue.send()
  expect(said).toEqual([`batch 2: opened b, responseChunk b y, responseChunk b ${'z'.repeat(900)}`])
})

test('notes keep their place, are never dropped, and outlive the worker', () => {
  const { queue, said } = openQueue(600)
  queue.push(opened('a'))
  queue.tell({ type: 'lost', reason: 'unknownPath' })
  queue.push(answered('a', 'x'))
  queue.push(answered('a', 'too much'))
  queue.release()
  queue.taken(1)
  queue.tell({ type: 'launchEnded', id: 'l1', at: 1 })
  queue.push(opened('b'))
  queue.push(answered('b', 'x'.repeat(500)))
  queue.send()
  queue.tell({ type: 'lost', reason: 'unknownPath' })
  expect(said).toEqual([
    'batch 1: opened a, lost (unknownPath), responseChunk a x, dropped a (overflow)',
    'batch 2: launchEnded, opened b, dropped b (overflow)',
  ])
  said.length = 0
  expect(queue.workerDied()).toEqual([{ streamId: 'b', protocol: 'http' }])
  queue.release()
  expect(said).toEqual(['batch 3: launchEnded, lost (unknownPath)'])
})
