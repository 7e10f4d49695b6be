import { expect, test } from 'vitest'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { sampleStoredTurn } from '../archive/sampleStoredTurn.ts'
import { createToldTurns } from './toldTurns.ts'

let seq = 0

/** A version of a turn that goes on, with messages of so many letters. */
function turnOf(id: string, ...lengths: number[]): Turn {
  const items = lengths.map(
    (length, at): Item => ({
      id: `${id}-${at}`,
      exchangeId: id,
      at: 1,
      type: 'assistantMessage',
      text: 'x'.repeat(length),
    }),
  )
  return { ...sampleStoredTurn(id, 's').turn, status: 'live', items, seq: ++seq }
}

const isWhole = (turns: ReturnType<typeof createToldTurns>, turn: Turn) => turns.changeTo(turn).since === null

test('of a turn that was told of only what changed is told, until it is forgotten', () => {
  const turns = createToldTurns(100_000)
  expect(isWhole(turns, turnOf('a', 10, 10))).toBe(true)
  const { since, items } = turns.changeTo(turnOf('a', 10, 10, 10))
  expect([since, items.changed.map(({ at }) => at)]).toEqual([seq - 1, [2]])
  turns.forget('a')
  expect(isWhole(turns, turnOf('a', 10))).toBe(true)
})

test('one that has ended is remembered until another is told of', () => {
  const turns = createToldTurns(100_000)
  turns.changeTo({ ...turnOf('a', 10), status: 'completed' })
  expect(isWhole(turns, { ...turnOf('a', 20), status: 'completed' })).toBe(false)
  turns.changeTo(turnOf('b', 10))
  expect(isWhole(turns, { ...turnOf('a', 30), status: 'completed' })).toBe(true)
})

test('a turn weighs what it is now, however it became that', () => {
  const weightOf = (...versions: number[][]) => {
    const turns = createToldTurns(1_000_000)
    for (const lengths of versions) turns.changeTo({ ...turnOf('a', ...lengths), seq: 1 })
    return turns.bytes()
  }
  expect(weightOf([100, 20_000, 300])).toBeGreaterThan(20_400)
  expect(weightOf([100], [100, 10, 10], [100, 20_000, 300])).toBe(weightOf([100, 20_000, 300]))
  expect(weightOf([100, 20_000, 300], [100])).toBe(weightOf([100]))
})

test('when it is too much, what was not told of for the longest time is told whole again', () => {
  const turns = createToldTurns(10_000)
  turns.changeTo(turnOf('a', 3_000))
  turns.changeTo(turnOf('b', 3_000))
  turns.changeTo(turnOf('a', 3_100))
  turns.changeTo(turnOf('c', 3_000))
  expect(turns.bytes()).toBeLessThanOrEqual(10_000)
  expect(isWhole(turns, turnOf('a', 3_200))).toBe(false)
  expect(isWhole(turns, turnOf('c', 3_100))).toBe(false)
  expect(isWhole(turns, turnOf('b', 3_100))).toBe(true)
})

test('what ended goes before what runs', () => {
  const turns = createToldTurns(10_000)
  turns.changeTo(turnOf('a', 3_000))
  turns.changeTo({ ...turnOf('b', 3_000), status: 'completed' })
  turns.changeTo(turnOf('c', 3_000))
  expect(isWhole(turns, turnOf('a', 3_100))).toBe(false)
})

test('what is too much alone stays while it is told of, and holds nothing once another is', () => {
  const turns = createToldTurns(10_000)
  turns.changeTo(turnOf('small', 100))
  turns.changeTo(turnOf('huge', 20_000))
  expect(isWhole(turns, turnOf('huge', 20_000, 10))).toBe(false)
  expect(isWhole(turns, turnOf('small', 200))).toBe(true)
  expect(turns.bytes()).toBeLessThan(2_000)
  turns.clear()
  expect(turns.bytes()).toBe(0)
})
