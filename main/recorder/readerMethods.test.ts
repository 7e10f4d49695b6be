import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  answerOf,
  completed,
  created,
  createFrame,
  post,
  requestOf,
  serverFrame,
  socket,
  toolAnswers,
  toolCall,
  userSays,
} from './playedTraffic.ts'
import { createReaderMethods } from './readerMethods.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const methods = () => createReaderMethods(stage.reader())
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
  expect(await createReaderMethods(reader)['exchange/read']({ id: 'a-1' })).toEqual({
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
    expect.objectContaining({ code: 'notFound', message: 'There is no exchange none-1.' }),
  )
})
