import { expect, test } from 'vitest'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { searchText } from './searchText.ts'

const base = { id: 'i', exchangeId: 'x', at: 1 }
const call: ToolCall = {
  ...base,
  type: 'toolCall',
  callId: 'c',
  name: 'exec',
  input: 'the source',
  output: null,
  status: 'running',
  durationMs: null,
  exitCode: null,
  commands: [],
  patch: null,
}

test.each<[Item, string]>([
  [{ ...base, type: 'userMessage', text: 'owl', images: ['data:'] }, 'owl'],
  [{ ...base, type: 'reasoning', text: 'owl', encrypted: true }, 'owl'],
  [{ ...base, type: 'assistantMessage', text: 'owl' }, 'owl'],
  [{ ...base, type: 'compaction', text: '' }, ''],
  [call, 'exec\nthe source'],
  [{ ...call, commands: ['ls', 'pwd'], output: 'owl' }, 'exec\nls\npwd\nowl'],
  [{ ...call, patch: '*** Begin Patch', output: '' }, 'exec\n*** Begin Patch'],
  [{ ...base, type: 'error', code: null, message: 'owl' }, 'owl'],
  [{ ...base, type: 'error', code: 'cut', message: 'owl' }, 'cut\nowl'],
  [{ ...base, type: 'unknown', label: 'x', raw: { a: 'owl' } }, '{"a":"owl"}'],
  [{ ...base, type: 'unknown', label: 'x', raw: undefined }, ''],
])('an item is found by its words: %j', (item, text) => {
  expect(searchText(item)).toBe(text)
})
