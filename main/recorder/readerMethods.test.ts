import { afterEach, beforeEach, expect, test } from 'vitest'
import { methods as contract, type Result } from '../../contract/api.ts'
import { builtInPrices } from '../../contract/domain/price.ts'
import { png } from '../capture/samplePictures.ts'
import {
  answerOf,
  completed,
  created,
  createFrame,
  type PlayedRequest,
  post,
  requestOf,
  serverFrame,
  socket,
  toolAnswers,
  toolCall,
  userSays,
} from './playedTraffic.ts'
import { openPriceBook } from './priceBook.ts'
import { createReaderMethods } from './readerMethods.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const methods = () => createReaderMethods(stage.reader(), openPriceBook(stage.dataDir))
const call = { type: 'function_call', id: 'fc-c1', call_id: 'c1', name: 'look', arguments: '{"at":"a"}' }

/** A prewarm and two requests that stand on it and on each other, over one WebSocket. */
function recordChain(): void {
  const run = stage.run()
  const requests = [
    { ...requestOf({ kind: 'prewarm', input: [] }), generate: false },
    requestOf({ previousResponseId: 'r0', input: [userSays('look')] }),
    requestOf({ previousResponseId: 'r1', input: [toolAnswers('c1', 'roses')] }),
  ] as const
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', requests[0], 2_000),
    ...[created('r0'), completed('r0')].map((event) => serverFrame('w', event, 2_001)),
    createFrame('w', requests[1], 2_010),
    ...[created('r1'), ...toolCall('c1'), completed('r1')].map((event) => serverFrame('w', event, 2_011)),
    createFrame('w', requests[2], 2_020),
    ...answerOf('r2', 'There are roses.').map((event) => serverFrame('w', event, 2_021)),
  ])
  run.recorder.flush()
}

test('an exchange is read as it was said', async () => {
  const run = stage.run()
  const events = answerOf('r1', 'Hi there.')
  run.take(post({ streamId: 'a', events }))
  run.recorder.flush()
  const reader = stage.reader()
  expect(await createReaderMethods(reader, openPriceBook(stage.dataDir))['exchange/read']({ id: 'a-1' })).toEqual({
    exchange: reader.readTurn({ id: 't1' }).turn.exchanges[0],
    request: requestOf(),
    sentItems: 1,
    response: (completed('r1') as { response: object }).response,
    events,
  })
})

test('an input that was sent in increments is put together again, and what was sent of it is told', async () => {
  recordChain()
  expect(await methods()['exchange/read']({ id: 'w-3' })).toMatchObject({
    exchange: { id: 'w-3', previousResponseId: 'r1', responseId: 'r2' },
    request: {
      type: 'response.create',
      previous_response_id: 'r1',
      input: [userSays('look'), call, toolAnswers('c1', 'roses')],
    },
    sentItems: 1,
  })
  expect(await methods()['exchange/read']({ id: 'w-2' })).toMatchObject({
    request: { previous_response_id: 'r0', input: [userSays('look')] },
    sentItems: 1,
  })
})

test('without the one before it, an exchange is read as it was sent', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a', request: requestOf({ previousResponseId: 'gone', input: [userSays('more')] }) }))
  run.recorder.flush()
  expect(await methods()['exchange/read']({ id: 'a-1' })).toMatchObject({
    request: { previous_response_id: 'gone', input: [userSays('more')] },
    sentItems: 1,
  })
})

test('responses that name each other in a circle are read all the same', async () => {
  const run = stage.run()
  const circle = (id: string, before: string) => ({
    request: requestOf({ turnId: id, previousResponseId: before, input: [userSays(id)] }),
    events: answerOf(id, 'Hm.'),
  })
  run.take([...post({ streamId: 'a', ...circle('r1', 'r2') }), ...post({ streamId: 'b', ...circle('r2', 'r1') })])
  run.recorder.flush()
  expect(await methods()['exchange/read']({ id: 'b-1' })).toMatchObject({ request: { input: [userSays('r2')] } })
})

test('an exchange is read while it streams', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }).slice(0, 6))
  run.recorder.flush()
  expect(await methods()['exchange/read']({ id: 'a-1' })).toMatchObject({
    exchange: { status: 'live' },
    events: [{ type: 'response.created' }, { type: 'response.output_item.added' }],
  })
})

test('what is not there is said to be not there', () => {
  stage.run()
  expect(() => methods()['exchange/read']({ id: 'none-1' })).toThrow(
    expect.objectContaining({
      code: 'notFound',
      message: 'There is no exchange none-1. It was deleted, or is not in this data folder.',
    }),
  )
})

test('a request is compared with the one before it in the same thread', async () => {
  recordChain()
  const context = contract['exchange/context'].result.parse(await methods()['exchange/context']({ id: 'w-3' }))
  expect(context).toMatchObject({
    parts: [
      { kind: 'history', role: 'user', label: 'look', itemIndex: 0 },
      { kind: 'history', role: 'toolCall', label: 'look', itemIndex: 1 },
      { kind: 'output', label: 'look', itemIndex: 2 },
    ],
    previousExchangeId: 'w-2',
    diff: {
      prefixItems: 1,
      changes: [
        { type: 'kept', itemIndex: 0, count: 1 },
        { type: 'added', itemIndex: 1 },
        { type: 'added', itemIndex: 2 },
      ],
    },
    cacheMiss: null,
  })
  expect(await methods()['exchange/context']({ id: 'w-2' })).toMatchObject({ previousExchangeId: null, diff: null })
})

test('the first request of a turn is compared with the last of the turn before, in its own thread', async () => {
  const run = stage.run()
  const played = (streamId: string, at: number, more: PlayedRequest) =>
    post({ streamId, at, request: requestOf(more), events: answerOf(streamId, 'Hm.') })
  run.take([
    ...played('a', 1_000, { turnId: 't1', input: [userSays('one')] }),
    ...played('b', 2_000, { turnId: 't2', threadId: 's2', parentThreadId: 's1', input: [userSays('other')] }),
    ...played('c', 3_000, { turnId: 't3', input: [userSays('one'), userSays('two')] }),
  ])
  run.recorder.flush()
  expect(await methods()['exchange/context']({ id: 'c-1' })).toMatchObject({ previousExchangeId: 'a-1' })
  expect(await methods()['exchange/context']({ id: 'b-1' })).toMatchObject({ previousExchangeId: null })
})

test('what only warms a connection up is compared with nothing', async () => {
  recordChain()
  expect(await methods()['exchange/context']({ id: 'w-1' })).toEqual({
    parts: [],
    previousExchangeId: null,
    diff: null,
    cacheMiss: null,
  })
})

test('a body is read value by value, with the input put together', async () => {
  recordChain()
  const { 'exchange/body': body } = methods()
  const read = (which: 'request' | 'response' | 'events', path: (string | number)[], offset = 0, limit = 200) =>
    body({ id: 'w-3', which, path, offset, limit })
  expect(await read('request', ['input'])).toMatchObject({ node: { type: 'array', size: 3, nextOffset: null } })
  expect(await read('request', ['input'], 1, 1)).toMatchObject({
    node: { children: [{ key: 1, preview: 'function_call · look' }], nextOffset: 2 },
  })
  expect(await read('response', ['id'])).toMatchObject({ node: { type: 'string', text: 'r2' } })
  expect(await read('events', [0, 'type'])).toMatchObject({ node: { text: 'response.created' } })
  expect(() => read('request', ['input', 99])).toThrow('There is nothing at input.99.')
})

test('a text comes in pieces that are the whole together', async () => {
  recordChain()
  const { 'exchange/text': text, 'exchange/read': readWhole } = methods()
  const { request } = (await readWhole({ id: 'w-3' })) as { request: unknown }
  const pieces: string[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const piece = contract['exchange/text'].result.parse(
      await text({ id: 'w-3', which: 'request', path: [], offset, limit: 100 }),
    )
    pieces.push(piece.text)
    offset = piece.nextOffset
  }
  expect(JSON.parse(pieces.join(''))).toEqual(request)
  expect(pieces.length).toBeGreaterThan(3)
})

test('an exchange that streams is read anew each time', async () => {
  const run = stage.run()
  const entries = post({ streamId: 'a' })
  run.take(entries.slice(0, 5))
  run.recorder.flush()
  const { 'exchange/body': body } = methods()
  const count = () => body({ id: 'a-1', which: 'events', path: [], offset: 0, limit: 200 })
  expect(await count()).toMatchObject({ node: { size: 1 } })
  run.take(entries.slice(5))
  run.recorder.flush()
  expect(await count()).toMatchObject({ node: { size: 6 } })
})

test('the headers that were recorded are told', async () => {
  const run = stage.run()
  run.take(post({ streamId: 'a' }))
  run.recorder.flush()
  expect(await methods()['exchange/headers']({ id: 'a-1' })).toEqual({
    request: [['originator', 'codex_exec']],
    response: [['content-type', 'text/event-stream']],
  })
})

test('prices are told', async () => {
  stage.run()
  expect(await methods()['price/list']({})).toEqual({ table: builtInPrices, problem: null })
})

/** A turn with a picture of the user's, and one that a tool gave, sent in increments over one WebSocket. */
function recordPictures(): { mine: string; seen: string } {
  const [mine, seen] = [png(30, 20), png(64, 40)]
  const imageOf = (base64: string) => ({ type: 'input_image', image_url: `data:image/png;base64,${base64}` })
  const viewing = {
    type: 'function_call',
    id: 'fc-c1',
    call_id: 'c1',
    name: 'view_image',
    arguments: '{"path":"a.png"}',
  }
  const said = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'look' }, imageOf(mine)] }
  const given = { type: 'function_call_output', call_id: 'c1', output: [imageOf(seen), imageOf('PHN2Zy8+')] }
  const run = stage.run()
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', requestOf({ input: [said] }), 2_010),
    ...[created('r1'), { type: 'response.output_item.done', output_index: 0, item: viewing }, completed('r1')].map(
      (event) => serverFrame('w', event, 2_011),
    ),
    createFrame('w', requestOf({ previousResponseId: 'r1', input: [given] }), 2_020),
    ...answerOf('r2', 'Seen.').map((event) => serverFrame('w', event, 2_021)),
  ])
  run.recorder.flush()
  return { mine, seen }
}

test('pictures are told of with the conversation, and each is fetched by itself', async () => {
  const { mine, seen } = recordPictures()
  const { turns } = (await methods()['session/read']({ id: 's1', isWhole: false })) as Result<'session/read'>
  const [said, viewed] = turns[0]?.items ?? []
  expect(contract['session/read'].result.shape.turns.parse(turns)).toEqual(turns)
  expect(said).toMatchObject({ images: [], pictures: [{ width: 30, height: 20 }] })
  expect(viewed).toMatchObject({ pictures: [{ width: 64, height: 40, problem: null }, { problem: 'broken' }] })
  expect(JSON.stringify(turns)).not.toMatch(new RegExp(`${mine.slice(40, 80)}|${seen.slice(40, 80)}`))
  const fetch = (id = '', index = 0) => methods()['item/picture']({ turnId: 't1', id, index })
  expect(fetch(said?.id)).toEqual({ mediaType: 'image/png', base64: mine })
  expect(fetch(viewed?.id)).toEqual({ mediaType: 'image/png', base64: seen })
  expect(() => fetch(viewed?.id, 1)).toThrow('This is no picture that can be shown.')
  expect(() => fetch(viewed?.id, 2)).toThrow('There is no picture 2 of')
  expect(() => fetch('nothing')).toThrow('There is no picture 0 of nothing.')
})

test('whoever asks for the whole gets the user’s pictures with it', async () => {
  const { mine } = recordPictures()
  const { turns } = (await methods()['session/read']({ id: 's1', isWhole: true })) as Result<'session/read'>
  expect(turns[0]?.items[0]).toMatchObject({ images: [`data:image/png;base64,${mine}`] })
})

test('a page holds the pictures themselves, and other files their number', async () => {
  const { mine, seen } = recordPictures()
  const write = async (format: 'html' | 'markdown' | 'jsonl') => {
    const piece = await methods()['session/export']({ ids: ['s1'], format, emails: [], isMasked: true })
    return (piece as Result<'session/export'>).text
  }
  const page = await write('html')
  for (const base64 of [mine, seen]) expect(page).toContain(`src="data:image/png;base64,${base64}"`)
  expect(page.match(/<img /g)).toHaveLength(2)
  expect(page).toContain('kept elsewhere or cannot be shown')
  expect(await write('markdown')).toMatch(/\*1 image\(s\)\*[\s\S]*\*2 image\(s\)\*/)
  expect(await write('jsonl')).toContain('"width":64')
})
