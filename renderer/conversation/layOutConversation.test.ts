import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { layOutConversation, type TurnLayout } from './layOutConversation.ts'

const sampleCall: Omit<Extract<Item, { type: 'toolCall' }>, 'id' | 'at' | 'name' | 'input'> = {
  exchangeId: 'x',
  type: 'toolCall',
  callId: 'c',
  commands: [],
  patch: null,
  output: null,
  status: 'completed',
  durationMs: 10,
  exitCode: null,
}
function answer(id: string, at: number): Item {
  return { id, exchangeId: 'x', at, type: 'assistantMessage', text: id }
}
function turn(id: string, threadId: string, startedAt: number, items: Item[] = []): Turn {
  return {
    id,
    threadId,
    sessionId: 'root',
    prompt: '',
    status: 'completed',
    startedAt,
    endedAt: startedAt + 50,
    model: null,
    usage: noUsage,
    items,
    exchanges: [],
    seq: 1,
  }
}
const session: Session = sampleSession('root', {
  title: '',
  startedAt: 0,
  updatedAt: 0,
  turnCount: 0,
  exchangeCount: 0,
  threads: [
    { id: 'root', parentThreadId: null, subagent: null, model: null },
    { id: 'review', parentThreadId: 'root', subagent: 'review', model: null },
    { id: 'deep', parentThreadId: 'review', subagent: 'collab_spawn', model: null },
  ],
})

/** `1:[a review{1:[b]}]` */
function sketch(layouts: TurnLayout[]): string {
  return layouts
    .map(({ number, rows }) => {
      const parts = rows.map((row) =>
        row.kind === 'item' ? row.item.id : `${row.lane.thread.id}{${sketch(row.lane.turns)}}`,
      )
      return `${number}:[${parts.join(' ')}]`
    })
    .join(' ')
}

test('turns are ordered by their beginning, whatever order they came in', () => {
  expect(
    sketch(layOutConversation(session, [turn('b', 'root', 200, [answer('b1', 210)]), turn('a', 'root', 100)])),
  ).toBe('1:[] 2:[b1]')
})

test('a sub-agent lies behind the call that started it, whenever it began, and its prompt is what it was asked', () => {
  const call = (id: string, at: number, name: string, input: object): Item => ({
    ...sampleCall,
    id,
    at,
    name,
    input: JSON.stringify(input),
  })
  const spawn = call('spawn', 110, 'collaboration.spawn_agent', { task_name: 'look', message: 'Look at the icon.' })
  const wait = call('wait', 120, 'collaboration.wait_agent', { timeout_ms: 10_000 })
  const prompt: Item = {
    id: 'p',
    exchangeId: 'x',
    at: 130,
    type: 'userMessage',
    text: '/root/look',
    images: [],
  }
  const child = { ...turn('b', 'review', 130, [prompt]), prompt: '/root/look' }
  const layouts = layOutConversation(session, [turn('a', 'root', 100, [spawn, wait]), child])
  expect(sketch(layouts)).toBe('1:[spawn review{1:[p]} wait]')
  const lane = layouts[0]?.rows[1]
  const row = lane?.kind === 'lane' ? lane.lane.turns[0]?.rows[0] : null
  expect(row).toMatchObject({ kind: 'item', item: { id: 'p', text: 'Look at the icon.' } })
})

test('a sub-agent lies in the turn that started it, between the items around its beginning, and its own inside of it', () => {
  const turns = [
    turn('a', 'root', 100, [answer('a1', 110), answer('a2', 190)]),
    turn('r1', 'review', 120, [answer('r1a', 130)]),
    turn('d', 'deep', 125, [answer('d1', 126)]),
    turn('r2', 'review', 150, [answer('r2a', 160)]),
    turn('b', 'root', 200, [answer('b1', 210)]),
  ]
  expect(sketch(layOutConversation(session, turns))).toBe('1:[a1 review{1:[deep{1:[d1]} r1a] 2:[r2a]} a2] 2:[b1]')
})

test('a thread that the session does not name, or that names itself, is not lost', () => {
  const odd = {
    ...session,
    threads: [
      { id: 'root', parentThreadId: null, subagent: null, model: null },
      { id: 'loop', parentThreadId: 'loop', subagent: 'x', model: null },
    ],
  }
  const turns = [
    turn('a', 'root', 100),
    turn('s', 'stranger', 110, [answer('s1', 111)]),
    turn('l', 'loop', 120, [answer('l1', 121)]),
  ]
  expect(sketch(layOutConversation(odd, turns))).toBe('1:[stranger{1:[s1]} loop{1:[l1]}]')
})

test('when the root has no turn yet, sub-agents are shown by themselves', () => {
  expect(sketch(layOutConversation(session, [turn('r', 'review', 120, [answer('r1', 130)])]))).toBe('1:[r1]')
})
