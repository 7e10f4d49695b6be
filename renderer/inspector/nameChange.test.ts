import { expect, test } from 'vitest'
import type { ContextChange, ContextDiff } from '../../contract/domain/context.ts'
import { nameChange, toolsBesideItems } from './nameChange.ts'

test('an item is named by what it is', () => {
  const names = (['output', 'files', 'history'] as const).map((kind) => nameChange({ kind, label: 'npm test' }))
  expect(names).toEqual(['Output of npm test', 'Contents of npm test', 'npm test'])
  expect(nameChange({ kind: 'tools', label: 'exec' })).toBe('Tool: exec')
  expect(nameChange({ kind: 'tools', label: 'exec, wait' })).toBe('Tools: exec, wait')
  expect(nameChange({ kind: 'history', label: '' })).toBe('history')
})

const item = (label: string): ContextChange => ({ type: 'added', itemIndex: 3, kind: 'tools', label, tokens: 1 })
const tools = (added: string[], removed: string[] = []): ContextDiff['tools'] => ({
  ...{ added, removed, changed: [], isFieldChanged: false },
})

test('a tool whose item is told of is not told of again', () => {
  expect(toolsBesideItems({ tools: tools(['exec']), changes: [item('exec, wait')] }).added).toEqual([])
  expect(toolsBesideItems({ tools: tools(['exec 2']), changes: [item('exec')] }).added).toEqual([])
})

test('tools that no row names are told of, all of them together', () => {
  expect(toolsBesideItems({ tools: tools(['exec'], ['wait']), changes: [] })).toEqual({
    added: ['exec'],
    removed: ['wait'],
  })
  expect(toolsBesideItems({ tools: tools(['a', 'b']), changes: [item('a, …')] }).added).toEqual(['a', 'b'])
})
