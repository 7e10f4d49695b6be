import { expect, test } from 'vitest'
import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import { callOf, turnOf, usageOf } from './sampleTurns.ts'
import { summarizeLane } from './summarizeLane.ts'

const call = (name: string, input: object | string, change: Partial<ToolCall> = {}) =>
  callOf(name, { name, input: typeof input === 'string' ? input : JSON.stringify(input), exitCode: null, ...change })
const lane = (turns: Turn[], subagent: string | null = 'collab_spawn') => ({
  thread: { id: 'child', parentThreadId: 'root', subagent, model: null },
  turns: turns.map((turn, at) => ({ turn, number: at + 1, rows: [] })),
})
const asked = (prompt: string, change: Partial<Turn> = {}) => turnOf('c', [], [], { prompt, ...change })
const nameOf = (parent: ToolCall[], prompt: string, subagent?: string | null) => {
  const { name, task } = summarizeLane(lane([asked(prompt)], subagent), turnOf('p', [], parent))
  return [name, task]
}

test('all that it did, in one line', () => {
  const turns = [
    asked('/root/count', { items: [call('a', ''), call('b', '')], usage: usageOf(1_000), startedAt: 10, endedAt: 30 }),
    asked('', { items: [call('c', '')], usage: usageOf(500), startedAt: 50, endedAt: 55, status: 'failed' }),
  ]
  const parent = turnOf(
    'p',
    [],
    [
      call('collaboration.spawn_agent', { task_name: 'other', message: 'Count  the\nfiles.' }),
      call('collaboration.spawn_agent', { task_name: 'count', message: 'Count  the\nfiles.' }),
    ],
  )
  expect(summarizeLane(lane(turns), parent)).toEqual({
    name: 'count',
    task: 'Count the files.',
    status: 'failed',
    stepCount: 3,
    tokens: 1_500,
    durationMs: 25,
    liveSince: null,
  })
})

test('one that runs says since when, whatever ended before', () => {
  const turns = [
    asked('x', { startedAt: 10, endedAt: 30 }),
    asked('', { status: 'live', startedAt: 40, endedAt: null }),
  ]
  expect(summarizeLane(lane(turns), turnOf('p', []))).toMatchObject({ status: 'live', liveSince: 40, durationMs: 20 })
})

test('it is called by its task, else by its kind', () => {
  const spawn = (input: object | string, change: Partial<ToolCall> = {}) => [call('spawn_agent', input, change)]
  expect([
    nameOf([], '/root/count_files'),
    nameOf(spawn({ task_name: 'count_files', message: 'gAAAAencrypted' }), '/root/count_files'),
    nameOf(spawn({ message: 'Look around.' }, { output: '{"agent_id":"child"}' }), 'Look around.'),
    nameOf(spawn('no json'), 'Review the change.', 'review'),
    nameOf([], '', null),
    nameOf(
      [
        call('exec', 'p', {
          uses: [{ name: 'collaboration__spawn_agent', input: '{"task_name":"a","message":"Do it."}' }],
        }),
      ],
      '/root/a',
    ),
  ]).toEqual([
    ['count_files', null],
    ['count_files', null],
    ['agent', 'Look around.'],
    ['review', 'Review the change.'],
    ['agent', null],
    ['a', 'Do it.'],
  ])
})
