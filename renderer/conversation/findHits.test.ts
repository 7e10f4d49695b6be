import { expect, test } from 'vitest'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { readMarkdown } from '../ui/readMarkdown.ts'
import { findHits, type Hit } from './findHits.ts'
import { layOutAllRows } from './layOutRows.ts'
import { hasUnreadTexts, readTexts } from './markdownTexts.ts'
import { callOf, turnOf } from './sampleTurns.ts'

const base = { exchangeId: 'x', at: 0 }
const say = (id: string, text: string): Item => ({ ...base, id, type: 'assistantMessage', text })
const call = (id: string, change: Partial<ToolCall>) => callOf(id, { commands: ['true'], ...change })
const patch = '*** Begin Patch\n*** Update File: roses.txt\n@@\n-red\n+a rose\n*** End Patch'

function rowsOf(items: Item[]) {
  return layOutAllRows([
    { turn: turnOf('t', [], items), number: 1, rows: items.map((item) => ({ kind: 'item', item })) },
  ])
}
function find(items: Item[], query: string, leftOut: [string, number[]][] = []): Hit[] {
  const rows = rowsOf(items)
  readTexts(rows, query, readMarkdown, () => false)
  return findHits(rows, query, new Map(leftOut))
}
const short = (hits: Hit[]) =>
  hits.map(({ key, nth, offset, isAtEnd }) => `${key} ${offset ?? nth}${isAtEnd ? ' end' : ''}`)

test('each place counts, in order and whatever its case', () => {
  expect(short(find([say('a', 'Rose, rose'), say('b', 'tulip'), say('c', 'a ROSE')], 'rose'))).toEqual([
    'a 0',
    'a 1',
    'c 0',
  ])
})

test('what is looked for is text and no pattern, and nothing is found by nothing', () => {
  expect(short(find([say('a', 'a.b axb (c')], 'a.b'))).toEqual(['a 0'])
  expect(short(find([say('a', 'a.b axb (c')], '('))).toEqual(['a 0'])
  expect(find([say('a', 'text')], '  ')).toEqual([])
})

test('a hit tells which folds hide it', () => {
  const folds = (items: Item[], query: string) => find(items, query).map((hit) => hit.folds)
  expect(folds([call('a', { commands: ['pick rose'] })], 'rose')).toEqual([['card']])
  expect(folds([call('a', { output: 'one rose' })], 'rose')).toEqual([['card', 'output']])
  expect(folds([call('a', { commands: [], patch })], 'rose')).toEqual([[], ['card']])
  expect(folds([{ ...base, id: 'a', type: 'reasoning', text: 'First.\nA rose.', encrypted: false }], 'rose')).toEqual([
    ['row'],
  ])
})

test('a hit in a long diff tells the piece that it is in, and counts in there', () => {
  const lines = Array.from({ length: 1_200 }, (_, at) => `+line ${at}${at % 600 === 0 ? ' rose' : ''}`)
  const far = `*** Update File: a.txt\n${lines.join('\n')}\n-x\n${' same\n'.repeat(9)} rose\n${' same\n'.repeat(9)}-y`
  expect(
    find([call('a', { commands: [], patch: far })], 'rose').map(({ folds, piece, nth }) => [folds, piece, nth]),
  ).toEqual([
    [['card'], 'diff 0 0.0', 0],
    [['card', 'diff 0 2'], 'diff 0 2.0', 0],
    [['card', 'diff 0 3', 'diff 0 3.1'], 'diff 0 3.1', 0],
  ])
})

test('colours of a terminal do not part words', () => {
  expect(short(find([call('a', { output: 'a \u001b[31mro\u001b[0mse' })], 'rose'))).toEqual(['a 0'])
})

test('what did not come along stands between both ends of its output', () => {
  const outputCut = { length: 1_000, lineCount: 50, end: 'last rose, rose' }
  const long = call('a', { output: 'first rose', outputCut })
  expect(short(find([long, say('b', 'rose')], 'rose', [['a', [300, 600]]]))).toEqual([
    'a 0',
    'a 300',
    'a 600',
    'a 0 end',
    'a 1 end',
    'b 0',
  ])
})

test('prose is found as it reads, not as it is written', () => {
  const text =
    'A **bold** word of\n`code`, [the docs](https://a.example/x) &amp; more.\n\n| when | what |\n| - | - |\n| now | _then_ |'
  const count = (query: string) => find([say('a', text)], query).length
  expect(['bold word', 'word of code', 'the docs & more', 'then'].map(count)).toEqual([1, 1, 1, 1])
  expect(['**bold', 'a.example', '&amp;', '| what', 'now then', 'nowthen'].map(count)).toEqual([0, 0, 0, 0, 0, 0])
})

test('a word is found that marks and links cut through, and code keeps its lines', () => {
  expect(find([say('a', 'un**believ**able, [re](https://a.example)read')], 'unbelievable, reread')).toHaveLength(1)
  const code = [say('a', '```js\nconst a = 1\nlet   b\n```')]
  expect(['1 let', 'let b', '** const'].map((query) => find(code, query).length)).toEqual([0, 1, 0])
})

test('only what may say it has to be read first', () => {
  const rows = rowsOf([say('a', 'one **tulip**'), say('b', 'one rose')])
  expect([hasUnreadTexts(rows, 'tulip'), hasUnreadTexts(rows, 'daisy')]).toEqual([true, false])
  expect(findHits(rows, 'one', new Map())).toEqual([])
  readTexts(rows, 'tulip', readMarkdown, () => false)
  expect([hasUnreadTexts(rows, 'tulip'), hasUnreadTexts(rows, 'one')]).toEqual([false, true])
  let reads = 0
  expect(readTexts(rows, 'one', readMarkdown, () => reads++ > 0)).toBe(true)
  expect(short(findHits(rows, 'one', new Map()))).toEqual(['a 0', 'b 0'])
})

test('what a card shows of a call is found, each in the place that shows it', () => {
  const parts = (item: Item, query: string) => find([item], query).map(({ piece, folds, nth }) => [piece, folds, nth])
  const several = call('a', { commands: ['pick rose', 'cut rose\nrose'], output: 'rose' })
  expect(parts(several, 'rose')).toEqual([
    ['command 0', ['card'], 0],
    ['command 1', ['card'], 0],
    ['command 1', ['card'], 1],
    ['output', ['card', 'output'], 0],
  ])
  const asked = call('a', { name: 'mcp__garden__rose', input: '{"q":"rose"}', commands: [], output: '{"rose":[1]}' })
  expect(parts({ ...asked, parts: [{ start: 0, end: 12 }] }, 'rose')).toEqual([
    ['tool', [], 0],
    ['use 0', ['card'], 0],
    ['part 0', ['card', 'text 0'], 0],
  ])
  const typed = call('a', {
    name: 'write_stdin',
    input: '{"session_id":7,"chars":"rose\\n"}',
    commands: [],
    output: '',
  })
  expect(parts(typed, 'rose')).toEqual([['typed', [], 0]])
  const moved = call('a', { commands: [], patch: '*** Update File: rose.txt\n*** Move to: tulip.txt\n-a\n+b' })
  expect(parts(moved, 'tulip')).toEqual([['diff 0 file', [], 0]])
  const failed: Item = { ...base, id: 'a', type: 'error', code: 'server_error', message: 'a rose' }
  expect(parts(failed, 'rose')).toEqual([['error', [], 0]])
})

test('an invisible character is found as the page shows it', () => {
  expect(find([call('a', { commands: ['a\u202eb'] })], '\\u202e')).toHaveLength(1)
})
