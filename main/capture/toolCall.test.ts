import { describe, expect, test } from 'vitest'
import { withoutHead } from './outputHead.ts'
import type { ResponseItem } from './reduced.ts'
import { type Deed, isToolCall, isToolOutput, type Outcome, readDeed, readOutput } from './toolCall.ts'

const patch = '*** Begin Patch\n*** Add File: b.txt\n+new\n*** End Patch'
const call = (name: string, args: unknown, more = {}): ResponseItem => ({
  type: 'function_call',
  name,
  arguments: typeof args === 'string' ? args : JSON.stringify(args),
  ...more,
})
const custom = (name: string, input: string): ResponseItem => ({ type: 'custom_tool_call', name, input })
const nothing: Deed = { name: '', input: '', commands: [], patch: null }

describe('what a call does', () => {
  test.each<[string, ResponseItem, Partial<Deed>]>([
    ['a command', call('exec_command', { cmd: 'ls -la' }), { name: 'exec_command', commands: ['ls -la'] }],
    [
      'a command in words',
      call('shell', { command: ['git', 'log', "it's"] }),
      { name: 'shell', commands: [`git log 'it'\\''s'`] },
    ],
    [
      'a command inside of a shell',
      call('shell', { command: ['/bin/bash', '-lc', 'ls | wc'] }),
      { name: 'shell', commands: ['ls | wc'] },
    ],
    ['a command without words', call('shell', { command: [] }), { name: 'shell' }],
    ['an unknown tool', call('look', { cmd: 'ls' }), { name: 'look' }],
    ['a tool of a namespace', call('spawn', {}, { namespace: 'agents' }), { name: 'agents.spawn' }],
    [
      'a tool of the namespace that is none',
      call('exec_command', { cmd: 'ls' }, { namespace: 'functions' }),
      { name: 'exec_command', commands: ['ls'] },
    ],
    ['arguments that are still coming', call('exec_command', '{"cmd":"l'), { name: 'exec_command' }],
    ['no name and no arguments', { type: 'function_call', name: 5, arguments: {} }, { name: 'unnamed', input: '' }],
    ['a patch', custom('apply_patch', patch), { name: 'apply_patch', patch }],
    ['a patch by a function', call('apply_patch', { input: patch }), { name: 'apply_patch', patch }],
    [
      'a patch by a command',
      call('shell', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`] }),
      { name: 'shell', patch },
    ],
    [
      'a command that talks of patches',
      call('shell', { command: `cat <<'EOF'\n${patch}\nEOF` }),
      { name: 'shell', commands: [`cat <<'EOF'\n${patch}\nEOF`] },
    ],
    [
      'a program with commands and patches',
      custom(
        'exec',
        `await tools.exec_command({cmd: 'ls'}); await tools.apply_patch(${JSON.stringify(patch)})
         await tools.shell({command: ['sh', '-c', 'pwd']}); await tools.apply_patch('second'); await tools.other('x')`,
      ),
      {
        name: 'exec',
        commands: ['ls', 'pwd'],
        patch: `${patch}\nsecond`,
        uses: [{ name: 'other', input: 'x' }],
      },
    ],
    ['a program that is still coming', custom('exec', "await tools.exec_command({cmd: 'l"), { name: 'exec' }],
    ['another custom tool', custom('sql', 'select 1'), { name: 'sql' }],
    [
      'a local shell',
      { type: 'local_shell_call', action: { type: 'exec', command: ['ls', '-la'] } },
      { name: 'local_shell', input: '{"type":"exec","command":["ls","-la"]}', commands: ['ls -la'] },
    ],
    ['a local shell without anything', { type: 'local_shell_call' }, { name: 'local_shell' }],
    [
      'a web search',
      { type: 'web_search_call', id: 'ws', status: 'completed', action: { type: 'search', query: 'owl' } },
      { name: 'web_search', input: '{"type":"search","query":"owl"}' },
    ],
    [
      'a tool search',
      { type: 'tool_search_call', call_id: 'c', arguments: { query: 'x' }, execution: 'client' },
      { name: 'tool_search', input: '{"query":"x"}' },
    ],
    [
      'an MCP call of a named server',
      { type: 'mcp_call', id: 'm', server_label: 'docs', name: 'find', arguments: '{"a":1}' },
      { name: 'mcp__docs__find', input: '{"a":1}' },
    ],
    [
      'an MCP call',
      { type: 'mcp_call', id: 'm', name: 'find', arguments: '{"a":1}', output: 'lots' },
      { name: 'find', input: '{"a":1}' },
    ],
    ['a picture', { type: 'image_generation_call', id: 'i', result: 'AAAA' }, { name: 'image_generation', input: '' }],
    [
      'a file search',
      { type: 'file_search_call', queries: ['a'], results: [1] },
      { name: 'file_search', input: '{"queries":["a"]}' },
    ],
  ])('%s', (_name, item, deed) => {
    const input = item.arguments ?? item.input
    expect(readDeed(item)).toEqual({ ...nothing, ...(typeof input === 'string' ? { input } : {}), ...deed })
  })
})

describe('what came of it', () => {
  const output = (value: unknown, more = {}): ResponseItem => ({ type: 'function_call_output', output: value, ...more })
  const ok = { status: 'completed' as const, exitCode: null }

  test.each<[string, ResponseItem, Outcome]>([
    ['a text', output('done'), { output: 'done', ...ok }],
    [
      'texts',
      output([{ type: 'input_text', text: 'a' }, { type: 'input_image' }, { text: 'b' }]),
      { output: 'ab', ...ok },
    ],
    ['nothing', output(undefined), { output: '', ...ok }],
    ['an object with content', output({ content: 'a', success: true }), { output: 'a', ...ok }],
    ['any object', output({ a: 1 }), { output: '{"a":1}', ...ok }],
    ['tools that were found', { type: 'tool_search_output', tools: [{ name: 'x' }] }, { output: '', ...ok }],
    [
      'an exit code of old versions',
      output('{"output":"no\\n","metadata":{"exit_code":2}}'),
      { output: 'no\n', status: 'failed', exitCode: 2 },
    ],
    ['JSON that only looks so', output('{"output":"no","other":1}'), { output: '{"output":"no","other":1}', ...ok }],
    [
      'a head with an exit code',
      output(
        'Chunk ID: 8fb102\nWall time: 0.0 seconds\nProcess exited with code 3\nOriginal token count: 2\nOutput:\nhello\n',
      ),
      {
        output:
          'Chunk ID: 8fb102\nWall time: 0.0 seconds\nProcess exited with code 3\nOriginal token count: 2\nOutput:\nhello\n',
        status: 'failed',
        exitCode: 3,
      },
    ],
    [
      'a head in other words',
      output('Exit code: 0\nWall time: 1 seconds\nOutput:\nExit code: 7\n'),
      { output: 'Exit code: 0\nWall time: 1 seconds\nOutput:\nExit code: 7\n', status: 'completed', exitCode: 0 },
    ],
    ['words that only look like a head', output('I saw:\nExit code: 7\n'), { output: 'I saw:\nExit code: 7\n', ...ok }],
    [
      'a script that runs',
      output('Script running with cell ID 2\nWall time 0.0 seconds\nOutput:\n'),
      {
        output: 'Script running with cell ID 2\nWall time 0.0 seconds\nOutput:\n',
        status: 'running',
        exitCode: null,
        leftRunning: { kind: 'program', id: '2' },
      },
    ],
    [
      'a script that failed',
      output([{ text: 'Script failed\nWall time 0.0 seconds\nOutput:\n' }, { text: 'Error' }]),
      {
        output: 'Script failed\nWall time 0.0 seconds\nOutput:\nError',
        status: 'failed',
        exitCode: null,
      },
    ],
    ['what says that it failed', output('x', { success: false }), { output: 'x', status: 'failed', exitCode: null }],
  ])('%s', (_name, item, outcome) => {
    expect(readOutput(item)).toEqual(outcome)
  })
})

test.each([
  [
    'Chunk ID: 8fb102\nWall time: 0.0 seconds\nProcess exited with code 3\nOriginal token count: 2\nOutput:\nhello\n',
    'hello\n',
  ],
  ['Exit code: 1\nWall time: 0.1 seconds\nTotal output lines: 500\nOutput:\nhello', 'hello'],
  [
    'Warning: truncated output (original token count: 12)\nExit code: 1\nWall time: 0.1 seconds\nOutput:\nhello',
    'hello',
  ],
  ['Script completed\nWall time 0.1 seconds\nOutput:\nhello', 'hello'],
  ['Script running with cell ID 2\nWall time 0.1 seconds\nOutput:\n', ''],
  ['Script terminated\nWall time 0.1 seconds\nOutput:\nx', 'x'],
  ['hello\nOutput:\nx', 'hello\nOutput:\nx'],
  ['Wall time: 3.4 seconds\naborted by user', 'Wall time: 3.4 seconds\naborted by user'],
])('the head before an output is left out: %j', (text, rest) => {
  expect(withoutHead(text)).toBe(rest)
})

test('calls and outputs are told by their types', () => {
  const types = ['function_call', 'web_search_call', 'function_call_output', 'tool_search_output', 'message']
  expect(types.map((type) => [isToolCall({ type }), isToolOutput({ type })])).toEqual([
    [true, false],
    [true, false],
    [false, true],
    [false, true],
    [false, false],
  ])
})
