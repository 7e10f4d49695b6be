import { expect, test } from 'vitest'
import { unreadTurn } from '../client/unreadTurns.ts'
import { exchangeOf, turnOf } from './sampleTurns.ts'
import { findGone } from './target.ts'

const read = turnOf('t1', [exchangeOf('e1')])
const unread = unreadTurn({ ...turnOf('t2', []), ...{ startedAt: 2 } })
const to = (turnId: string | null, rest: { itemId?: string; exchangeId?: string } = {}) => ({
  turnId,
  itemId: null,
  exchangeId: null,
  ...rest,
})

test('an item, a request and a turn that are not there are told of', () => {
  expect(findGone([read], [], to(null, { itemId: 'nope' }))).toBe('item')
  expect(findGone([read], [], to('nope', { exchangeId: 'x' }))).toBe('request')
  expect(findGone([read], [], to('nope'))).toBe('turn')
})

test('what is there, and an address of a session alone, is not', () => {
  expect([to(null), to('t1'), to('t1', { exchangeId: 'e1' })].map((target) => findGone([read], [], target))).toEqual([
    null,
    null,
    null,
  ])
})

test('nothing is called gone that may lie in a part still to be read', () => {
  const turns = [read, unread]
  expect(findGone(turns, [], to(null, { itemId: 'nope' }))).toBe(null)
  expect(findGone(turns, [], to('t1', { exchangeId: 'x' }))).toBe(null)
  expect(findGone(turns, [], to('t2'))).toBe(null)
})
