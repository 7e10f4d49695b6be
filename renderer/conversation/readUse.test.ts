import { expect, test } from 'vitest'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { readUse } from './readUse.ts'
import { usesOf } from './usesOf.ts'

const call: ToolCall = {
  id: 'i',
  exchangeId: 'x',
  at: 1,
  type: 'toolCall',
  callId: 'c',
  name: 'exec',
  input: '',
  output: null,
  status: 'completed',
  durationMs: null,
  exitCode: null,
  commands: [],
  patch: null,
}

test('a plan is its steps, with what is done, what is being done and what is open', () => {
  const input = JSON.stringify({
    explanation: 'Two clocks.',
    plan: [
      { step: 'Look', status: 'completed' },
      { step: 'Mend', status: 'in_progress' },
      { step: 'Test', status: 'pending' },
      { step: 7 },
    ],
  })
  expect(readUse('update_plan', input)).toEqual({
    kind: 'plan',
    explanation: 'Two clocks.',
    steps: [
      { text: 'Look', status: 'done' },
      { text: 'Mend', status: 'doing' },
      { text: 'Test', status: 'open' },
    ],
  })
})

test.each([
  [
    'web_search',
    { type: 'search', query: 'a', queries: ['a', 'b'] },
    { searches: ['a', 'b'], pages: [], patterns: [] },
  ],
  [
    'web_search',
    { type: 'open_page', url: 'https://x.org/' },
    { searches: [], pages: ['https://x.org/'], patterns: [] },
  ],
  [
    'web_search',
    { type: 'find_in_page', url: 'https://x.org/', pattern: 'p' },
    { searches: [], pages: ['https://x.org/'], patterns: ['p'] },
  ],
  [
    'web__run',
    { search_query: [{ q: 'c' }], open: [{ ref_id: 'turn0search1' }], find: [{ pattern: 'd' }] },
    { searches: ['c'], pages: ['turn0search1'], patterns: ['d'] },
  ],
])('%s with %j', (name, input, expected) => {
  expect(readUse(name, JSON.stringify(input))).toEqual({ kind: 'web', ...expected })
})

test('an MCP tool is named with its server, in both spellings', () => {
  expect(readUse('mcp__docs__search_pages', '{}')).toEqual({
    kind: 'mcp',
    server: 'docs',
    tool: 'search_pages',
    input: '{}',
  })
  expect(readUse('mcp__docs.search', 'x')).toEqual({ kind: 'mcp', server: 'docs', tool: 'search', input: 'x' })
})

test('what is typed into a terminal that runs on, or only waited for', () => {
  expect(readUse('write_stdin', '{"session_id":3,"chars":"y\\n"}')).toEqual({
    kind: 'terminal',
    session: '3',
    typed: 'y\n',
  })
  expect(readUse('write_stdin', '{"session_id":3}')).toEqual({ kind: 'terminal', session: '3', typed: '' })
})

test('a program that runs on is waited for by its number', () => {
  expect(readUse('wait', '{"cell_id":"3","yield_time_ms":5000}')).toEqual({ kind: 'program', cell: '3' })
  expect(readUse('functions.wait', '{"cell_id":3}')).toEqual({ kind: 'program', cell: '3' })
  expect(readUse('wait', '{"timeout_ms":3}')).toBeNull()
})

test('a sub-agent is started with a task, and waited for by its name or with all others', () => {
  expect(readUse('collaboration.spawn_agent', '{"task_name":"count","message":"Count the files."}')).toEqual({
    kind: 'spawn',
    task: 'count',
    message: 'Count the files.',
  })
  // What only the model can read is no task for people.
  expect(readUse('spawn_agent', '{"task_name":"count","message":"gAAAAB"}')).toEqual({
    kind: 'spawn',
    task: 'count',
    message: null,
  })
  expect(readUse('collaboration.wait_agent', '{"timeout_ms":10000}')).toEqual({ kind: 'agents', names: [] })
  expect(readUse('wait_agent', '{"targets":["/root/count","/root/look"]}')).toEqual({
    kind: 'agents',
    names: ['count', 'look'],
  })
})

test('what is not understood is left to be shown as it came', () => {
  for (const [name, input] of [
    ['update_plan', 'no json'],
    ['update_plan', '{"plan":[]}'],
    ['web_search', '{}'],
    ['view_image', '{"path":1}'],
    ['run', '{"query":"x"}'],
    ['other', '{"plan":[{"step":"x"}]}'],
  ] as const) {
    expect(readUse(name, input)).toBeNull()
  }
})

test('pictures that a program looked at, and those that were drawn', () => {
  const uses = ['a.png', 'b.png'].map((path) => ({ name: 'view_image', input: JSON.stringify({ path }) }))
  expect(usesOf({ ...call, uses: [...uses, { name: 'image_gen__imagegen', input: '{"prompt":"an owl"}' }] })).toEqual([
    { kind: 'image', paths: ['a.png', 'b.png'] },
    { kind: 'drawing', prompt: 'an owl' },
  ])
  expect(readUse('image_gen.imagegen', '{"prompt":"an owl"}')).toEqual({ kind: 'drawing', prompt: 'an owl' })
  expect(readUse('image_generation', '{"revised_prompt":"an owl at night","size":"auto"}')).toEqual({
    kind: 'drawing',
    prompt: 'an owl at night',
  })
})
