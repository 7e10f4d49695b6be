import { expect, test } from 'vitest'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import type { SearchText } from './searchTexts.ts'
import { searchTexts } from './searchTexts.ts'

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

const as = (kind: SearchText['kind'], text: string): SearchText => ({ kind, text })

test.each<[Item, SearchText[]]>([
  [{ ...base, type: 'userMessage', text: 'owl', images: ['data:'] }, [as('prompt', 'owl')]],
  [{ ...base, type: 'reasoning', text: 'owl', encrypted: true }, [as('thought', 'owl')]],
  [{ ...base, type: 'assistantMessage', text: 'owl' }, [as('answer', 'owl')]],
  [{ ...base, type: 'compaction', text: '' }, []],
  [call, [as('command', 'exec\nthe source')]],
  [{ ...call, commands: ['ls', 'pwd'], output: 'owl' }, [as('command', 'ls\npwd'), as('output', 'owl')]],
  [{ ...call, patch: '*** Begin Patch', output: '' }, [as('file', '*** Begin Patch')]],
  [{ ...base, type: 'error', code: null, message: 'owl' }, [as('other', 'owl')]],
  [{ ...base, type: 'error', code: 'cut', message: 'owl' }, [as('other', 'cut\nowl')]],
  [{ ...base, type: 'unknown', label: 'x', raw: { a: 'owl' } }, [as('other', '{"a":"owl"}')]],
  [{ ...base, type: 'unknown', label: 'x', raw: undefined }, []],
])('an item is found by its words: %j', (item, texts) => {
  expect(searchTexts(item)).toEqual(texts)
})
