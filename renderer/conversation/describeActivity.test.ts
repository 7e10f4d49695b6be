import { expect, test } from 'vitest'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { describeActivity, firstLine, goesOn } from './describeActivity.ts'

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
  expect(['ls', 'ls\nls', 'x'.repeat(1_001)].map(goesOn)).toEqual([false, true, true])
})
