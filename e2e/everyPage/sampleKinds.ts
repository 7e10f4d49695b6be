import { png } from '../../main/capture/samplePictures.ts'
import { type Item, type Step, says } from './sampleConversations.ts'

/** A conversation with one of each kind that a session can have, which the usual ones have not. */

export const kinds = {
  sessionId: '0197a000-0000-7000-8000-000000000010',
  title: 'show the clock in the head of the page',
}

const cwd = '/home/ada/signin'
const turnId = `${kinds.sessionId}-1`
const agentId = '0197a000-0000-7000-8000-000000000011'
const usual = { input: 21_000, cached: 18_000, output: 240, reasoning: 64 }

const calls = (id: string, name: string, input: object): Item => ({
  type: 'function_call',
  call_id: id,
  name,
  arguments: JSON.stringify(input),
})
const gives = (id: string, output: unknown): Item => ({ type: 'function_call_output', call_id: id, output })
const plan = (id: string, ...steps: [status: string, step: string][]) =>
  calls(id, 'update_plan', { plan: steps.map(([status, step]) => ({ status, step })) })

const patch = [
  '*** Begin Patch',
  '*** Update File: src/head.js',
  '@@',
  ' export function head(title) {',
  '-  return [title].join()',
  '+  return [title, clock()].join()',
  ' }',
  '*** Add File: src/clock.js',
  '+export const clock = () => new Date().toLocaleTimeString()',
  '*** End Patch',
].join('\n')

const context = [
  says('user', `<environment_context>\n  <cwd>${cwd}</cwd>\n  <shell>bash</shell>\n</environment_context>`),
  says('user', kinds.title),
]
const first: Item[] = [
  plan('plan-1', ['in_progress', 'Look how clocks are done'], ['pending', 'Show one'], ['pending', 'Run the tests']),
  {
    type: 'web_search_call',
    id: 'web-1',
    status: 'completed',
    action: {
      type: 'search',
      query: 'toLocaleTimeString seconds',
      queries: ['toLocaleTimeString seconds', 'time element'],
    },
  },
  calls('mcp-1', 'mcp__docs__search_pages', { query: 'time element', limit: 2 }),
]
const firstGiven = [
  gives('plan-1', 'Plan updated'),
  gives('mcp-1', JSON.stringify([{ title: 'The time element', url: 'https://example.com/time', score: 0.93 }])),
]
const second: Item[] = [
  calls('view-1', 'view_image', { path: 'docs/head.png' }),
  { type: 'custom_tool_call', call_id: 'patch-1', name: 'apply_patch', input: patch },
  plan('plan-2', ['completed', 'Look how clocks are done'], ['in_progress', 'Show one'], ['pending', 'Run all tests']),
]
const secondGiven = [
  gives('view-1', [{ type: 'input_image', image_url: `data:image/png;base64,${png(480, 120)}` }]),
  {
    type: 'custom_tool_call_output',
    call_id: 'patch-1',
    output: 'Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.',
  },
  gives('plan-2', 'Plan updated'),
]
const third: Item[] = [
  calls('agent-1', 'spawn_agent', { task_name: 'count_clocks', message: 'Count the clocks of the page.' }),
  calls('run-1', 'exec_command', { cmd: 'node --test --watch' }),
]
const thirdGiven = [
  gives('agent-1', JSON.stringify({ task_name: 'count_clocks', agent_id: agentId })),
  gives('run-1', 'Wall time: 1.0 seconds\nProcess running with session ID 7\nOutput:\nwatching'),
]
const typed = calls('typed-1', 'write_stdin', { session_id: 7, chars: 'a\n' })
const typedGiven = gives(
  'typed-1',
  'Wall time: 0.4 seconds\nProcess exited with code 0\nOutput:\n✔ the head has a clock',
)
const summary: Item = { type: 'compaction', encrypted_content: 'gAAAA' }

const step = (atS: number, input: Item[], output: Item[], more: Partial<Step> = {}): Step => ({
  sessionId: kinds.sessionId,
  turnId,
  atS,
  input,
  output,
  tokens: usual,
  ...more,
})
const overloaded: Item = {
  type: 'error',
  status: 503,
  error: {
    type: 'server_error',
    code: 'server_is_overloaded',
    message: 'Our servers are overloaded. Try again later.',
  },
}
const afterFirst = [...context, ...first, ...firstGiven]
const afterSecond = [...afterFirst, ...second, ...secondGiven]
const afterThird = [...afterSecond, ...third, ...thirdGiven, typed, typedGiven]

export const kindSteps: Step[] = [
  step(0, context, first),
  step(8, afterFirst, [], { error: overloaded }),
  step(14, afterFirst, second),
  step(22, afterSecond, third),
  step(
    25,
    [
      {
        type: 'agent_message',
        content: [{ text: 'Message Type: NEW_TASK\nTask name: count_clocks\nPayload:\nCount the clocks of the page.' }],
      },
    ],
    [says('assistant', 'There is one clock.')],
    {
      threadId: agentId,
      turnId: `${agentId}-1`,
      metadata: { parent_thread_id: kinds.sessionId, subagent_kind: 'thread_spawn', thread_source: 'subagent' },
    },
  ),
  step(30, [...afterSecond, ...third, ...thirdGiven], [typed], {
    tokens: { input: 182_000, cached: 149_500, output: 40, reasoning: 0 },
  }),
  step(36, [...afterThird, { type: 'compaction_trigger' }], [summary], { metadata: { request_kind: 'compaction' } }),
  step(
    44,
    [says('user', kinds.title), summary],
    [says('assistant', 'The head of the page shows **a clock**. All tests pass.')],
    {
      tokens: { input: 14_000, cached: 2_000, output: 60, reasoning: 0 },
    },
  ),
]
