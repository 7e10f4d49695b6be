import { expect, test } from 'vitest'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { comparePlans, describePlanChanges, nameStepChange, type PlanChanges, relatePlans } from './planChanges.ts'
import type { PlanStep } from './readUse.ts'
import { turnOf } from './sampleTurns.ts'

/** `x` done, `>` being done, `-` open. */
function plan(...lines: string[]): PlanStep[] {
  const statuses = { x: 'done', '>': 'doing', '-': 'open' } as const
  return lines.map((line) => ({ text: line.slice(2), status: statuses[line.charAt(0) as 'x' | '>' | '-'] }))
}

function sketch({ steps, removed, isAnother }: PlanChanges) {
  return {
    steps: steps.map((change) => (change === null ? '' : nameStepChange(change).join(' '))),
    removed: removed.map(({ text }) => text),
    ...(isAnother && { isAnother }),
  }
}

test.each<[string, PlanStep[], PlanStep[], ReturnType<typeof sketch>, string | null]>([
  ['nothing', plan('x a', '- b'), plan('x a', '- b'), { steps: ['', ''], removed: [] }, null],
  [
    'what is done and begun',
    plan('> look', '- mend'),
    plan('x look', '> mend'),
    { steps: ['newly done', 'begun'], removed: [] },
    '1 newly done',
  ],
  [
    'a step in the middle, and one less',
    plan('x look', '- mend', '- tidy'),
    plan('x look', '- test first', '- mend'),
    { steps: ['', 'new', ''], removed: ['tidy'] },
    '1 new, 1 removed',
  ],
  [
    'words',
    plan('x look', '- pass the clock in'),
    plan('x look', '> Pass the clock in as an argument'),
    { steps: ['', 'begun reworded'], removed: [] },
    '1 reworded',
  ],
  ['case and space only', plan('- Pass  it'), plan('- pass it'), { steps: [''], removed: [] }, null],
  ['the order only', plan('- a', '- b'), plan('- b', '- a'), { steps: ['', ''], removed: [] }, null],
  [
    'a step that was done',
    plan('x look', '- mend'),
    plan('- look', '- mend'),
    { steps: ['open again', ''], removed: [] },
    '1 open again',
  ],
  [
    'a step that comes done',
    plan('- a'),
    plan('- a', 'x b'),
    { steps: ['', 'new newly done'], removed: [] },
    '1 newly done, 1 new',
  ],
  [
    'one of two steps that read alike',
    plan('- run the tests', '- run the tests'),
    plan('x run the tests', '- run the tests'),
    { steps: ['newly done', ''], removed: [] },
    '1 newly done',
  ],
  [
    'the wording of two steps, each of which keeps what is more alike',
    plan('- write tests for login', '- write docs for login', '- end'),
    plan('- write docs for login page', '- write tests for login page', '- end'),
    { steps: ['reworded', 'reworded', ''], removed: [] },
    '2 reworded',
  ],
  [
    'all of it',
    plan('x look', '- mend'),
    plan('- deploy', '- celebrate'),
    { steps: ['', ''], removed: [], isAnother: true },
    'a new plan',
  ],
])('a plan that changed %s', (_name, before, after, expected, said) => {
  const changes = comparePlans(before, after)
  expect(sketch(changes)).toEqual(expected)
  expect(describePlanChanges(changes)).toBe(said)
})

test('a step that was reworded knows how it read', () => {
  expect(comparePlans(plan('- pass the clock'), plan('- pass the clock in')).steps).toEqual([
    { isNew: false, was: 'pass the clock', became: null },
  ])
})

test('thousands of steps are compared in no time, by their words alone', () => {
  const many = (word: string) =>
    Array.from({ length: 3_000 }, (_, at): PlanStep => ({ text: `${word} ${at}`, status: 'open' }))
  const changes = comparePlans([...plan('- same'), ...many('a step')], [...plan('- same'), ...many('another step')])
  expect([changes.steps.filter((change) => change?.isNew).length, changes.removed.length]).toEqual([3_000, 3_000])
})

const call = (id: string, steps: PlanStep[], change: Partial<ToolCall> = {}): ToolCall => ({
  id,
  exchangeId: 'x',
  at: 0,
  type: 'toolCall',
  callId: id,
  name: 'update_plan',
  input: inputOf(steps),
  output: 'Plan updated',
  status: 'completed',
  durationMs: 1,
  exitCode: null,
  commands: [],
  patch: null,
  ...change,
})
function inputOf(steps: PlanStep[]): string {
  const words = { done: 'completed', doing: 'in_progress', open: 'pending' }
  return JSON.stringify({ plan: steps.map(({ text, status }) => ({ step: text, status: words[status] })) })
}

test('each plan is compared with the one before it, over the borders of turns and whichever way it was called', () => {
  const turns = [
    turnOf('t', [], [call('a', plan('> look', '- mend'))]),
    turnOf(
      'u',
      [],
      [
        call('failed', plan('x look', 'x mend'), { status: 'failed' }),
        call('b', [], {
          name: 'exec',
          input: 'a program',
          uses: [
            { name: 'web_search', input: '{"query":"x"}' },
            { name: 'update_plan', input: inputOf(plan('x look', '> mend')) },
            { name: 'update_plan', input: inputOf(plan('x look', 'x mend')) },
          ],
        }),
      ],
    ),
  ]
  const relations = relatePlans(turns)
  expect([...relations].map(([id, changes]) => [id, changes.map((each) => each && sketch(each).steps)])).toEqual([
    ['failed', [['newly done', 'newly done']]],
    ['b', [null, ['newly done', 'begun'], ['', 'newly done']]],
  ])
})
