import { expect, test } from 'vitest'
import { firstLine } from '../../contract/domain/firstLine.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { describeActivity } from './describeActivity.ts'

const base = { id: 'i', exchangeId: 'x', at: 1 }
function call(status: 'running' | 'completed', commands: string[]): Item {
  return {
    ...base,
    type: 'toolCall',
    callId: 'c',
    name: 'exec',
    input: '',
    output: null,
    status,
    durationMs: null,
    exitCode: null,
    commands,
    patch: null,
  }
}
function turn(items: Item[]): Turn {
  return {
    id: 't',
    threadId: 's',
    sessionId: 's',
    prompt: '',
    status: 'live',
    startedAt: 1,
    endedAt: null,
    model: null,
    usage: noUsage,
    items,
    exchanges: [],
    seq: 1,
  }
}

test('the tool that runs is named, even when the model already says something after it', () => {
  const said: Item = { ...base, type: 'assistantMessage', text: 'Meanwhile' }
  expect(describeActivity(turn([call('running', ['npm test\n# all']), said]))).toEqual({
    text: 'runs',
    code: 'npm test',
  })
  expect(describeActivity(turn([call('running', ['a', 'b', 'c'])]))).toEqual({ text: 'runs', code: 'a and 2 more' })
  expect(describeActivity(turn([call('running', [])]))).toEqual({ text: 'runs', code: 'exec' })
})

test('an edit that is not made yet is told of as a wish, with its files', () => {
  const patch = '*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** Add File: b.ts\n+b\n*** End Patch'
  const edit = { ...call('running', []), patch } as Item
  expect(describeActivity(turn([edit]))).toEqual({ text: 'wants to edit', code: 'a.ts, b.ts' })
})

test('without a running tool the last item tells', () => {
  const items: Item[] = [
    { ...base, type: 'assistantMessage', text: '' },
    { ...base, type: 'reasoning', text: '', encrypted: true },
    call('completed', []),
  ]
  expect(items.map((item) => describeActivity(turn([item])).text)).toEqual([
    'writing the answer',
    'thinking',
    'reading the result',
  ])
  expect(describeActivity(turn([])).text).toBe('waiting for the model')
})

test('of a command that has no end as much is shown as there is room for', () => {
  expect(firstLine('x'.repeat(5_000))).toBe(`${'x'.repeat(1_000)}…`)
})
