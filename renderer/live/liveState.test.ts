import { expect, test } from 'vitest'
import { longCallMs, silentMs } from '../../contract/domain/openCall.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { sampleCall, sampleTurn } from '../inspector/sampleTurn.ts'
import { listLive, readLiveState } from './liveState.ts'
import { countStates, describeCounts } from './openCallState.ts'

const thread = { id: 's1', parentThreadId: null, subagent: null, model: null }
const session = (id: string, more: Partial<Session> = {}): Session =>
  sampleSession(id, { startedAt: 1_000, updatedAt: 2_000, status: 'live', threads: [{ ...thread, id }], ...more })
const said = (text: string): Item => ({ id: 'i', exchangeId: 'x', at: 3_000, type: 'assistantMessage', text })
const live = (items: Item[], more: Partial<Turn> = {}) => sampleTurn({ threadId: 's1', status: 'live', items, ...more })
const running = { ...sampleCall(5_000, null, 'running'), commands: ['npm test\nmore'] }

test('a call runs, and after a while it may be one that waits for its user', () => {
  const turns = [live([said('Testing.'), running])]
  const open = session('s1', { openCall: { what: 'npm test', since: 5_000 } })
  const early = readLiveState(open, turns, 5_000 + longCallMs - 1)
  expect(early).toEqual({ kind: 'works', text: 'Runs', code: 'npm test', since: 5_000 })
  const late = readLiveState(open, turns, 5_000 + longCallMs)
  expect(late).toEqual({ kind: 'mayWait', text: 'May be waiting for you', code: 'npm test', since: 5_000 })
  const silent = readLiveState(open, turns, 5_000 + silentMs + 61_000)
  expect(silent).toMatchObject({ kind: 'silent', text: 'No word from Codex for 5\u00a0min' })
})

test('what may be waiting is not counted as running', () => {
  const since = (since: number) => ({ openCall: { what: 'npm test', since } })
  const now = 10 * silentMs
  const sessions = [
    session('thinks'),
    session('runs', since(now - 1)),
    session('waits', since(now - longCallMs)),
    session('silent', since(now - silentMs)),
    session('over', { status: 'completed', ...since(0) }),
  ]
  const counts = countStates(sessions, now)
  expect(counts).toEqual({ running: 2, mayWait: 1, silent: 1 })
  expect(describeCounts(counts)).toEqual(['2 running', '1 may be waiting for you', '1 without a word from Codex'])
})

test('who waits for a sub-agent does not wait for the user, however long that takes', () => {
  const turns = [live([running]), live([], { id: 't2', threadId: 'agent' })]
  expect(readLiveState(session('s1'), turns, 1e9)).toMatchObject({ kind: 'works', text: 'A sub-agent works' })
})

test('between calls it thinks or writes, and a turn that ended waits for the next prompt', () => {
  expect(readLiveState(session('s1'), [live([said('So')])], 1e9)).toEqual({
    kind: 'works',
    text: 'Writing the answer',
    code: null,
    since: 3_000,
  })
  expect(readLiveState(session('s1', { status: 'completed' }), [sampleTurn()], 1e9)).toEqual({
    kind: 'waits',
    text: 'Waits for your next prompt',
    code: null,
    since: 2_000,
  })
  expect(readLiveState(session('s1'), [], 1e9)).toMatchObject({ kind: 'works', since: null })
})

test('of the sessions of one terminal only the last waits; what ended last stands by itself, a few of it', () => {
  const done = { status: 'completed' as const }
  const running = session('runs', { startedAt: 3, updatedAt: 9, launchId: 'a' })
  const waiting = session('waits', { ...done, startedAt: 2, updatedAt: 8, launchId: 'b' })
  const before = session('before', { ...done, startedAt: 1, updatedAt: 7, launchId: 'b' })
  const gone = session('gone', { ...done, startedAt: 1, updatedAt: 6, launchId: 'c' })
  expect(listLive([gone, before, waiting, running], ['a', 'b'])).toEqual({
    open: [waiting, running],
    ended: [before, gone],
  })
  expect(listLive([gone], [])).toEqual({ open: [], ended: [gone] })
  expect(listLive([], ['a'])).toEqual({ open: [], ended: [] })
  const many = Array.from({ length: 9 }, (_, n) => session(`s${n}`, { ...done, updatedAt: n }))
  expect(listLive(many, []).ended.map(({ id }) => id)).toEqual(['s8', 's7', 's6', 's5', 's4'])
})
