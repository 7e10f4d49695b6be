import { expect, test } from 'vitest'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { cutLongOutputs, findLeftOut } from './longOutput.ts'

function call(id: string, output: string | null): ToolCall {
  return {
    id,
    exchangeId: 'x',
    at: 0,
    type: 'toolCall',
    callId: id,
    name: 'exec_command',
    input: '{}',
    output,
    status: 'completed',
    durationMs: null,
    exitCode: 0,
    commands: ['cat'],
    patch: null,
  }
}
const turnOf = (...items: Item[]): Turn => ({
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
})
const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at}`)
const long = lines.join('\n')

test('a turn without a long output is the same turn', () => {
  const turn = turnOf(call('a', 'short'), call('b', null))
  expect(cutLongOutputs(turn)).toBe(turn)
})

test('of a long output whole lines from both ends are left, and how long it is', () => {
  const [item] = cutLongOutputs(turnOf(call('a', long))).items as [ToolCall]
  const { output, outputCut } = item
  expect(long.startsWith(output ?? '?')).toBe(true)
  expect(output?.endsWith('\n')).toBe(true)
  expect(long.endsWith(outputCut?.end ?? '?')).toBe(true)
  expect(outputCut?.end.startsWith('line ')).toBe(true)
  expect(outputCut).toMatchObject({ length: long.length, lineCount: 20_000 })
  expect((output?.length ?? 0) + (outputCut?.end.length ?? 0)).toBeLessThan(70_000)
})

test('an output of one endless line is cut all the same', () => {
  const [item] = cutLongOutputs(turnOf(call('a', 'x'.repeat(200_000)))).items as [ToolCall]
  expect([item.output?.length, item.outputCut?.end.length, item.outputCut?.lineCount]).toEqual([48_000, 16_000, 1])
})

test('what is left out is found, in any case, and what is sent along is not', () => {
  const turn = turnOf(call('a', long), call('b', 'line 10000'))
  expect(findLeftOut([turn], 'LINE 10000', 10)).toEqual([
    { turnId: 't', itemId: 'a', offset: long.indexOf('line 10000') },
  ])
  expect(findLeftOut([turn], 'line 0\n', 10)).toEqual([])
  expect(findLeftOut([turn], 'line 19999', 10)).toEqual([])
  expect(findLeftOut([turn], 'line', 3)).toHaveLength(3)
})

test('a text on the edge between what is sent and what is not is found once', () => {
  const [item] = cutLongOutputs(turnOf(call('a', long))).items as [ToolCall]
  const edge = (item.output?.length ?? 0) - 3
  expect(findLeftOut([turnOf(call('a', long))], long.slice(edge, edge + 13), 10)).toEqual([
    { turnId: 't', itemId: 'a', offset: edge },
  ])
})
