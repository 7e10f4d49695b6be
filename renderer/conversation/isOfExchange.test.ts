import { expect, test } from 'vitest'
import type { Session } from '../../contract/domain/session.ts'
import type { Item } from '../../contract/domain/turn.ts'
import { isOfExchange } from './isOfExchange.ts'
import { layOutConversation } from './layOutConversation.ts'
import { layOutAllRows, layOutRows } from './layOutRows.ts'
import { callOf, exchangeOf, turnOf } from './sampleTurns.ts'

const saidIn = (id: string, exchangeId: string): Item => ({ id, exchangeId, at: 5, type: 'assistantMessage', text: id })
const ran = (id: string, exchangeId: string) => callOf(id, { exchangeId, commands: [id], at: 5 })

const agent = { id: 'agent', parentThreadId: 'root', subagent: 'review', model: null }
const root = { id: 'root', parentThreadId: null, subagent: null, model: null }
const session = { id: 'root', threads: [root, agent] } as unknown as Session
const layouts = layOutConversation(session, [
  turnOf(
    't1',
    [exchangeOf('e1'), exchangeOf('e2')],
    [saidIn('a', 'e1'), ran('b', 'e1'), ran('c', 'e2'), ran('d', 'e2')],
  ),
  turnOf('t2', [exchangeOf('inner')], [saidIn('f', 'inner')], { threadId: 'agent', startedAt: 6 }),
  turnOf('t3', [exchangeOf('broken', { status: 'failed' })], [], { startedAt: 7, status: 'failed' }),
])
const folded = layOutRows(layouts, () => false)
const open = layOutAllRows(layouts)
const keysOf = (rows: typeof open, exchangeId: string) =>
  rows.filter((row) => isOfExchange(row, exchangeId)).map(({ key }) => key)

test('a row is of the request that its item came from', () => {
  expect(keysOf(open, 'e1')).toEqual(['a', 'b'])
  expect(keysOf(open, 'e2')).toEqual(['c', 'd'])
  expect(keysOf(open, 'inner')).toEqual(['f'])
  expect(keysOf(open, 'nothing')).toEqual([])
})

test('a fold that is closed stands for what is in it', () => {
  expect(keysOf(folded, 'e1')).toEqual(['a', 'run b'])
  expect(keysOf(folded, 'e2')).toEqual(['run b'])
  expect(keysOf(folded, 'inner')).toEqual(['lane agent t2'])
})

test('what a turn failed at is of the request that failed', () => {
  expect(keysOf(folded, 'broken')).toEqual(['t3 failure'])
})
