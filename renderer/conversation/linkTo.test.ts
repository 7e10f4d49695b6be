import { expect, test } from 'vitest'
import type { Item } from '../../contract/domain/turn.ts'
import { type ConversationRow, layOutAllRows } from './layOutRows.ts'
import { linkTo } from './linkTo.ts'
import { turnOf } from './sampleTurns.ts'

const items: Item[] = ['x-1.0', 'x-1.1'].map((id) => ({
  id,
  exchangeId: 'x-1',
  at: 0,
  type: 'assistantMessage',
  text: id,
}))
const turn = turnOf('t1', [], items)
const [first, second, end] = layOutAllRows([
  { turn, number: 1, rows: items.map((item) => ({ kind: 'item', item })) },
]) as [ConversationRow, ConversationRow, ConversationRow]
const page = { protocol: 'http:', origin: 'http://127.0.0.1:4000', pathname: '/' }
const window = { protocol: 'file:', origin: 'null', pathname: '/index.html' }

test('in a browser it is the address of the page, of a turn or of an item', () => {
  expect(linkTo('s1', first, page)).toBe('http://127.0.0.1:4000/#/session/s1/turn/t1/item/x-1.0')
  expect(linkTo('s1', second, page)).toBe('http://127.0.0.1:4000/#/session/s1/turn/t1/item/x-1.1')
  expect(linkTo('s1', end, page)).toBe('http://127.0.0.1:4000/#/session/s1/turn/t1')
})

test('in the desktop application it is a deep link', () => {
  expect(linkTo('s1', second, window)).toBe('tapedeck://session/s1/item/x-1.1')
  expect(linkTo('s1', end, window)).toBe('tapedeck://session/s1/item/x-1.0')
})
