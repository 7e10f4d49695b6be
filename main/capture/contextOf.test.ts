import { describe, expect, test } from 'vitest'
import { contextOf } from './contextOf.ts'
import { readFileNames } from './readFileNames.ts'
import { assistantSays, marked, userSays } from './sampleTurn.ts'

const tools = [
  {
    type: 'namespace',
    name: 'functions',
    tools: [
      { type: 'custom', name: 'exec' },
      { type: 'function', name: 'wait' },
    ],
  },
  { type: 'namespace', name: 'linear', tools: [{ type: 'function', name: 'list_issues' }] },
  { type: 'web_search' },
]
const says = (role: string, text: string) => ({ type: 'message', role, content: [{ type: 'input_text', text }] })
const calls = (callId: string, cmd: string) => ({
  type: 'function_call',
  call_id: callId,
  name: 'exec_command',
  arguments: JSON.stringify({ cmd }),
})
const answers = (callId: string, output: unknown) => ({ type: 'function_call_output', call_id: callId, output })
const image = { type: 'input_image', image_url: `data:image/png;base64,${'A'.repeat(40_000)}` }

const conversation = {
  model: 'gpt-6.1-sol',
  input: [
    { type: 'additional_tools', role: 'developer', tools },
    says('developer', 'You are Codex.\nBe kind.'),
    { ...says('user', '<environment_context>…'), ...marked('t1', 'environments.environment_context') },
    { ...userSays('Look at this'), content: [{ type: 'input_text', text: 'Look at this' }, image] },
    {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: '**Looking**\n\naround' }],
      encrypted_content: 'gAAAA',
    },
    calls('c1', "cat src/a.ts && sed -n '1,80p' src/b.ts"),
    answers('c1', 'const a = 1'),
    calls('c2', 'npm test'),
    answers('c2', [{ type: 'input_text', text: 'ok' }, image]),
    assistantSays('All is well.'),
    { type: 'compaction', encrypted_content: 'gAAAA' },
  ],
}

const brief = (request: unknown) =>
  contextOf(request, null).map(({ kind, role, label, itemIndex, field, count }) => [
    field ?? itemIndex,
    role ?? kind,
    label,
    count,
  ])

describe('what filled the window', () => {
  test('is told by kind, each part with its place', () => {
    expect(brief(conversation)).toEqual([
      [0, 'tools', 'exec, wait, linear.list_issues, web_search', 4],
      [1, 'instructions', 'You are Codex.', 1],
      [2, 'instructions', 'Environment context', 1],
      [3, 'user', 'Look at this', 1],
      [3, 'images', 'Image, png', 1],
      [4, 'reasoning', 'Looking', 1],
      [5, 'toolCall', "cat src/a.ts && sed -n '1,80p' src/b.ts", 1],
      [6, 'files', 'src/a.ts, src/b.ts', 1],
      [7, 'toolCall', 'npm test', 1],
      [8, 'output', 'npm test', 1],
      [8, 'images', 'Image, png', 1],
      [9, 'assistant', 'All is well.', 1],
      [10, 'compaction', 'Summary of what was said before', 1],
    ])
  })

  test('fields beside the input come first, as the model reads them first', () => {
    const request = {
      tools: [{ type: 'function', name: 'shell' }],
      instructions: 'Be brief.',
      text: { format: { type: 'json_schema', name: 'title' } },
      input: 'Name it',
    }
    expect(brief(request)).toEqual([
      ['tools', 'tools', 'shell', 1],
      ['instructions', 'instructions', 'Be brief.', 1],
      ['text', 'instructions', 'Shape of the answer', 1],
      ['input', 'user', 'Name it', 1],
    ])
  })

  test('sizes are those of the JSON', () => {
    const { input } = conversation
    const bytes = contextOf(conversation, null).reduce((sum, part) => sum + part.bytes, 0)
    expect(bytes).toBe(input.reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0))
  })

  test('a picture weighs what the model sees of it, not what its bytes take', () => {
    const [text, picture] = contextOf({ input: [conversation.input[3]] }, null)
    expect(text?.tokens).toBeLessThan(50)
    expect(picture?.tokens).toBe(1_000)
    expect(picture?.bytes).toBeGreaterThan(40_000)
  })

  test('where the model told how much it read, the parts are as much together', () => {
    const tokens = contextOf(conversation, 61_400).map((part) => part.tokens)
    expect(Math.abs(tokens.reduce((sum, count) => sum + count, 0) - 61_400)).toBeLessThan(tokens.length)
    expect(contextOf(conversation, 0)).toEqual(contextOf(conversation, null))
  })

  test.each([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['a list', [1]],
    ['no input', {}],
    ['an input of another kind', { input: 7, tools: 'none', instructions: {}, text: [] }],
  ])('of %s is nothing', (_name, request) => {
    expect(contextOf(request, 100)).toEqual([])
  })

  test('items of no known shape are counted all the same', () => {
    const input = [
      null,
      7,
      'text',
      [],
      {},
      { type: 9 },
      { type: 'new_thing', content: 4 },
      { type: 'message' },
      says('x', 'y'),
    ]
    expect(contextOf({ input }, null).map(({ kind, role, itemIndex }) => [itemIndex, kind, role])).toEqual(
      input.map((_, index) => [index, 'history', 'other']),
    )
  })

  test('tools of odd shapes are counted, and equal names told apart', () => {
    const odd = [null, 7, {}, { name: 'a' }, { name: 'a' }, { name: 'b', tools: [{}, { function: { name: 'c' } }] }]
    expect(brief({ tools: odd })).toEqual([['tools', 'tools', 'unnamed, a, a 2, b.unnamed, b.c', 5]])
  })
})

describe('a call only read files', () => {
  test.each([
    [['cat a.ts'], ['a.ts']],
    [['cat -n a.ts b.ts'], ['a.ts', 'b.ts']],
    [['cd src && head -n 20 a.ts'], ['a.ts']],
    [["sed -n '1,20p' a.ts; tail -c +5 b.ts"], ['a.ts', 'b.ts']],
    [['cat "a b"'], ['"a', 'b"']],
    [['nl -ba a.ts | head'], ['a.ts']],
    [['cat a.ts', 'cat a.ts'], ['a.ts']],
  ])('%j', (commands, names) => {
    expect(readFileNames(commands)).toEqual(names)
  })

  test.each([
    [[]],
    [['']],
    [['ls']],
    [['cat a.ts; npm test']],
    [['cat a.ts > b.ts']],
    [['cat $(ls)']],
    [['sed -i s/a/b/ a.ts']],
    [['cat']],
    [[`cat ${'a'.repeat(5_000)}`]],
  ])('not %j', (commands) => {
    expect(readFileNames(commands)).toBe(null)
  })
})
