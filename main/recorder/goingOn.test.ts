import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDerivedRows } from '../archive/derivedRows.ts'
import { createRandom } from '../capture/random.ts'
import type { TapEvent } from '../proxy/tap.ts'
import type { Note } from './messages.ts'
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
  toolAnswers,
  toolCall,
  userSays,
} from './playedTraffic.ts'
import { createStage, type Run, type Stage } from './stage.ts'

let stage: Stage
beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

type Entry = TapEvent | Note

function entriesOf(record: typeof recordALot): Entry[] {
  const entries: Entry[] = []
  record({ take: (more) => entries.push(...more), recorder: { flush() {} } })
  return entries
}

const rounds = 40

/** A turn on a socket that calls tools again and again; some answer late, some twice, and one answer breaks off. */
function longTurn(): Entry[] {
  const events: Entry[] = [...socket({ streamId: 'long', at: 3_000 })]
  for (let n = 0; n < rounds; n += 1) {
    const at = 3_010 + n * 10
    const answers: object[] = n === 0 ? [userSays('go on')] : [toolAnswers(`long-${n - 1}`, `found ${n - 1}`)]
    if (n % 7 === 3) answers.push(toolAnswers(`long-${n - 3}`, `more of ${n - 3}`))
    if (n % 9 === 4) answers.push(userSays(`and quickly ${n}`))
    const previous = n === 0 ? {} : { previousResponseId: `long-r${n - 1}` }
    events.push(createFrame('long', requestOf({ sessionId: 'long', turnId: 'long', input: answers, ...previous }), at))
    const said = [created(`long-r${n}`), ...message(`long-m${n}`, 'I look ', `for ${n}.`), ...toolCall(`long-${n}`)]
    events.push(...[...said, completed(`long-r${n}`)].map((event) => serverFrame('long', event, at + 2)))
  }
  return events
}

/** The same turn by requests of their own, which say all again that was said before, and the third of which breaks off. */
function postedTurn(): Entry[] {
  const input: object[] = [userSays('by post')]
  return Array.from({ length: 20 }, (_, n): Entry[] => {
    const request = requestOf({ sessionId: 'posted', turnId: 'posted', input: structuredClone(input) })
    const text = {
      type: 'message',
      id: `posted-m${n}`,
      role: 'assistant',
      content: [{ type: 'output_text', text: `Step ${n}.` }],
    }
    const streamId = `posted-${n}`
    const at = 4_000 + n * 10
    if (n === 2) {
      const events = [
        created('broken'),
        ...message('broken-m', 'Half ', 'of it'),
        ...message('open-m', 'Not whole').slice(0, 2),
      ]
      return post({ streamId, at, request, events, outcome: 'upstreamAborted' })
    }
    const call = toolCall(`posted-${n}`)[0] as { item: object }
    input.push(text, call.item, toolAnswers(`posted-${n}`, `result ${n}`))
    return post({
      streamId,
      at,
      request,
      events: [...answerOf(`posted-r${n}`, `Step ${n}.`).slice(0, -1), call, completed(`posted-r${n}`)],
    })
  }).flat()
}

/** Where exchanges were placed before their requests told whose they are, sizes of nothing are left until all is derived again. */
const withoutEmpty = ({ sessionSize = [], ...rows }: ReturnType<typeof readDerivedRows>) => ({
  ...rows,
  sessionSize: sessionSize.filter(({ bytes }) => bytes !== 0),
})

async function expectSame(run: Run): Promise<void> {
  const asRecorded = withoutEmpty(readDerivedRows(stage.dataDir))
  run.removeDerived()
  await run.methods.handlers['archive/rederive']({})
  expect(withoutEmpty(readDerivedRows(stage.dataDir))).toEqual(asRecorded)
}

test.each([1, 2, 3])('what turns that went on are stored as is what the raw record leads to (%i)', async (seed) => {
  const random = createRandom(seed)
  const run = stage.run()
  const entries = [...entriesOf(recordALot), ...longTurn(), ...postedTurn()]
  const looks = new Set([random(entries.length), random(entries.length), random(entries.length)])
  for (let at = 0; at < entries.length; ) {
    const piece = entries.slice(at, at + 1 + random(6))
    run.take(piece)
    run.recorder.settle()
    const isLookedAt = piece.some((_, n) => looks.has(at + n))
    at += piece.length
    if (!isLookedAt) continue
    await expectSame(run)
  }
  await expectSame(run)
  expect(run.reports).toEqual([])
})

test('of a turn that went on nothing is left when it is over, or deleted while it goes on', async () => {
  const run = stage.run()
  const partsOf = () => readDerivedRows(stage.dataDir).turnPart?.map(({ id }) => id)
  run.take(longTurn())
  run.recorder.settle()
  // 40 requests; a prompt, 80 items of them, and four prompts more.
  expect(partsOf()).toEqual(Array.from({ length: 3 + 6 }, () => 'long'))
  await run.methods.handlers['session/delete']({ id: 'long' })
  expect(partsOf()).toEqual([])
  run.take(postedTurn())
  run.recorder.settle()
  expect(partsOf()).toContain('posted')
  const said = answerOf('posted-end', 'Done.')
  run.take(
    post({
      streamId: 'posted-end',
      at: 4_500,
      request: requestOf({ sessionId: 'posted', turnId: 'posted' }),
      events: said,
    }),
  )
  run.recorder.settle()
  expect(stage.reader().readTurn({ id: 'posted' }).turn.status).toBe('completed')
  expect(partsOf()).toEqual([])
})
