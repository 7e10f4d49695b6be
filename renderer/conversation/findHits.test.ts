import { expect, test } from 'vitest'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { findHits, type Hit } from './findHits.ts'
import { layOutAllRows } from './layOutRows.ts'

const base = { exchangeId: 'x', at: 0 }
const say = (id: string, text: string): Item => ({ ...base, id, type: 'assistantMessage', text })
const call = (id: string, change: Partial<ToolCall>): ToolCall => ({
  ...base,
  id,
  type: 'toolCall',
  callId: id,
  name: 'exec_command',
  input: '{}',
  output: '',
  status: 'completed',
  durationMs: 1,
  exitCode: 0,
  commands: ['true'],
  patch: null,
  ...change,
})
const patch = '*** Begin Patch\n*** Update File: roses.txt\n@@\n-red\n+a rose\n*** End Patch'

function find(items: Item[], query: string, leftOut: [string, number[]][] = []): Hit[] {
  const turn: Turn = {
    id: 't',
    threadId: 's',
    sessionId: 's',
    prompt: '',
    status: 'completed',
    startedAt: 0,
    endedAt: 1,
    model: null,
    usage: noUsage,
    items,
    exchanges: [],
    seq: 1,
  }
  const rows = layOutAllRows([{ turn, number: 1, rows: items.map((item) => ({ kind: 'item', item })) }])
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
  expect(folds([call('a', { commands: ['pick rose'] })], 'rose')).toEqual([[]])
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
