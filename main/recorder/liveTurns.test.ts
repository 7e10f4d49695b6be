import { expect, test } from 'vitest'
import { sampleStoredTurn } from '../archive/sampleStoredTurn.ts'
import { createTurnFold } from '../capture/foldTurn.ts'
import { createLiveTurns, type LiveTurn } from './liveTurns.ts'

/** Of so many bytes of JSON, in one item. */
function liveTurn(id: string, length: number): LiveTurn {
  const { turn } = sampleStoredTurn(id, 's')
  const item = { id, exchangeId: id, at: 1, type: 'assistantMessage' as const, text: '' }
  const stored = {
    turn: { ...turn, items: [item] },
    bodyLength: 0,
    lengths: { items: [length], exchanges: [] },
    sessionId: 's',
    documents: new Map(),
  }
  return { fold: createTurnFold(), stored, findable: [item] }
}

test('what was put is there once, until it is dropped', () => {
  const turns = createLiveTurns(100_000)
  const turn = liveTurn('a', 10)
  turns.put('a', turn)
  turns.put('a', turn)
  expect(turns.bytes()).toBe(10 + 1024)
  expect(turns.take('a')).toBe(turn)
  expect([turns.take('a'), turns.bytes()]).toEqual([null, 0])
  turns.put('a', turn)
  turns.drop('a')
  turns.put('b', turn)
  turns.clear()
  expect([turns.take('a'), turns.take('b'), turns.bytes()]).toEqual([null, null, 0])
})

test('when there is too much, what did not change for the longest time goes, and what is too much alone is not kept', () => {
  const turns = createLiveTurns(10_000)
  turns.put('a', liveTurn('a', 3_000))
  turns.put('b', liveTurn('b', 3_000))
  turns.put('a', turns.take('a') as LiveTurn)
  turns.put('c', liveTurn('c', 3_000))
  expect(turns.take('b')).toBeNull()
  expect(turns.bytes()).toBe(2 * (3_000 + 1024))
  turns.put('huge', liveTurn('huge', 20_000))
  expect(['a', 'c', 'huge'].map((id) => turns.take(id))).toEqual([null, null, null])
})
