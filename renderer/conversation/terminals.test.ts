import { expect, test } from 'vitest'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { callOf, turnOf } from './sampleTurns.ts'
import { describeWentOn, relateTerminals, type TerminalRelations } from './terminals.ts'

const call = (id: string, change: Partial<ToolCall> = {}) => callOf(id, { exitCode: null, ...change })
const terminal = (id: string) => ({ kind: 'terminal' as const, id })
const program = (id: string) => ({ kind: 'program' as const, id })
const starts = (id: string, command: string, session: string) =>
  call(id, { commands: [command], leftRunning: terminal(session) })
const writes = (id: string, session: number, change: Partial<ToolCall> = {}) =>
  call(id, { name: 'write_stdin', input: JSON.stringify({ session_id: session, chars: 'y\n' }), ...change })
const waits = (id: string, cell: string, change: Partial<ToolCall> = {}) =>
  call(id, { name: 'wait', input: JSON.stringify({ cell_id: cell }), ...change })

/** `a → b c: ended 3` for what went on, `b ← npm run dev` for what was spoken to. */
function sketch(relations: Map<string, TerminalRelations>): string[] {
  return [...relations].flatMap(([id, { wentOn, startedBy }]) => [
    ...(wentOn
      ? [
          `${id} → ${wentOn.later.map(({ turnId, itemId }) => `${turnId}/${itemId}`).join(' ')}: ${wentOn.state.is}${
            wentOn.state.is === 'ended' ? ` ${wentOn.state.exitCode}` : ''
          }`,
        ]
      : []),
    ...(startedBy ?? []).flatMap((start) =>
      start ? [`${id} ← ${start.turnId}/${start.itemId} ${start.command}`] : [],
    ),
  ])
}

test('what is typed and read is joined to the command that runs there, over the borders of turns, to its end', () => {
  const turns = [
    turnOf(
      't',
      [],
      [
        starts('a', 'npm run dev\nsecond line', '3'),
        writes('b', 3, { leftRunning: terminal('3') }),
        starts('other', 'top', '4'),
      ],
    ),
    turnOf('u', [], [writes('c', 3, { exitCode: 3, status: 'failed' })]),
  ]
  expect(sketch(relateTerminals(turns))).toEqual([
    'a → t/b u/c: ended 3',
    'b ← t/a npm run dev',
    'other → : running',
    'c ← t/a npm run dev',
  ])
})

test('a number that is used again means the command that took it last', () => {
  const items = [starts('a', 'one', '3'), writes('b', 3, { exitCode: 0 }), starts('c', 'two', '3'), writes('d', 3)]
  expect(sketch(relateTerminals([turnOf('t', [], items)]))).toEqual([
    'a → t/b: ended 0',
    'b ← t/a one',
    'c → t/d: unknown',
    'd ← t/c two',
  ])
})

test('a terminal that nobody is known to have started joins nothing', () => {
  const items = [
    writes('a', 9, { leftRunning: terminal('9') }),
    writes('b', 9),
    call('c', { name: 'wait', input: 'no json' }),
  ]
  expect(sketch(relateTerminals([turnOf('t', [], items)]))).toEqual([])
})

test('a program of the code mode goes on in what waits for it', () => {
  const items = [
    call('a', { name: 'exec', input: 'p', commands: ['sleep 9', 'ls'], status: 'unknown', leftRunning: program('2') }),
    waits('b', '2', { leftRunning: program('2'), status: 'unknown' }),
    waits('c', '2'),
  ]
  expect(sketch(relateTerminals([turnOf('t', [], items)]))).toEqual([
    'a → t/b t/c: ended null',
    'b ← t/a sleep 9 and 1 more',
    'c ← t/a sleep 9 and 1 more',
  ])
})

test('a program that types, and prints what it got, tells how it ended', () => {
  const uses = [{ name: 'write_stdin', input: '{"session_id":7,"chars":""}' }]
  const output = '{"chunk_id":"3b","wall_time_seconds":0.4,"exit_code":2,"output":"hi"}'
  const items = [
    call('a', { name: 'exec', input: 'p', commands: ['dev'], leftRunning: terminal('7') }),
    call('b', { name: 'exec', input: 'q', uses: [{ name: 'web_search', input: '{"query":"x"}' }, ...uses], output }),
  ]
  expect(sketch(relateTerminals([turnOf('t', [], items)]))).toEqual(['a → t/b: ended 2', 'b ← t/a dev'])
})

test('what became of it is said in a sentence', () => {
  const later = [{ turnId: 't', itemId: 'b' }]
  const say = (change: object) => describeWentOn({ running: terminal('3'), later, state: { is: 'running' }, ...change })
  expect([
    say({ state: { is: 'ended', exitCode: 3 } }),
    say({}),
    say({ state: { is: 'unknown' } }),
    say({ later: [] }),
    say({ running: program('2'), state: { is: 'ended', exitCode: null } }),
  ]).toEqual([
    'It went on in terminal 3. There it ended with exit code 3.',
    'It went on in terminal 3. It still ran when it was last heard of.',
    'It went on in terminal 3. How it ended is not known.',
    'It went on in terminal 3. Nothing was heard of it since.',
    'It went on in the background, as program 2. There it ended.',
  ])
})
