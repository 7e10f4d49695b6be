import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archivePath } from '../archive/database.ts'
import { completed, created, message, post } from './playedTraffic.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const sizeOf = (value: unknown) => JSON.stringify(value).length
const count = 5_000

/** An answer of so many messages, the last of which grows by one piece an event. */
function longAnswer(pieces: string[]): object[] {
  const messages = Array.from({ length: count }, (_, at) =>
    message(`m${at}`, ...(at < count - 1 ? ['word '.repeat(20)] : pieces)),
  )
  return messages.flatMap((events, at) => events.map((event) => ({ ...event, output_index: at })))
}

test('of a turn of 5,000 items that goes on only what changed is told', () => {
  const run = stage.run()
  const pieces = Array.from({ length: 20 }, (_, at) => `piece ${at} `)
  const events = post({ streamId: 'a', events: [created('r'), ...longAnswer(pieces), completed('r')] })
  const rest = events.splice(-pieces.length - 3)
  run.take(events)
  run.recorder.settle()
  const [whole] = run.turnsTold()
  expect(whole?.items).toHaveLength(count + 1)
  for (const event of rest) {
    run.take([event])
    run.recorder.settle()
    const told = run.notifications.filter(({ method }) => method === 'turn/updated')
    for (const notification of told) expect(sizeOf(notification)).toBeLessThan(2_500)
    const [turn] = run.turnsTold()
    if (turn) expect(stage.reader().readTurn({ id: turn.id }).turn).toEqual(turn)
  }
  expect(sizeOf(whole)).toBeGreaterThan(500_000)
  const { turn } = stage.reader().readTurn({ id: 't1' })
  expect(turn.items.at(-1)).toMatchObject({ text: pieces.join('') })
  expect(turn.status).toBe('completed')
})

test('what was derived again without a word is told whole the next time', () => {
  const run = stage.run()
  const events = post({ streamId: 'a' })
  run.take(events.slice(0, 6))
  run.recorder.settle()
  run.take(events.slice(6, 7))
  run.recorder.settle()
  const sinceOf = () => run.told('turn/updated').map(({ change }) => change.since !== null)
  expect(sinceOf()).toEqual([false, true])
  run.recorder.write(() => run.recorder.derivation.refoldTurn('t1'))
  run.take(events.slice(7, 8))
  run.recorder.settle()
  expect(sinceOf()).toEqual([false])
})

test('of a long turn that goes on only what changed is written', () => {
  const run = stage.run()
  const pieces = ['one ', 'two ', 'three ']
  const events = post({ streamId: 'a', events: [created('r'), ...longAnswer(pieces), completed('r')] })
  const rest = events.splice(-4)
  run.take(events)
  run.recorder.settle()
  const database = new DatabaseSync(archivePath(stage.dataDir))
  // What is not written again stays so.
  database.exec("UPDATE turnPart SET body = '[]'")
  database.close()
  run.take(rest.slice(0, 1))
  run.recorder.settle()
  const kept = () => stage.reader().readTurn({ id: 't1' }).turn.items
  expect(kept().length).toBeLessThanOrEqual(16)
  expect(kept().at(-1)).toMatchObject({ type: 'assistantMessage', text: pieces.join('') })
  run.take(rest.slice(1))
  run.recorder.settle()
  expect(kept()).toHaveLength(count + 1)
})
