import { expect, test } from 'vitest'
import type { Item } from '../../../contract/domain/turn.ts'
import { changeBetween } from '../../../contract/domain/turnChange.ts'
import { applyNotification, type HostState, putSessions } from './hostState.ts'
import { type Notice, notificationsFor } from './notificationsFor.ts'
import { accountOf, jane, limitsOf, noon, sessionOf, stateOf, turnOf } from './sampleState.ts'

const tell = (state: HostState, changes: Parameters<typeof turnOf>[1]) =>
  applyNotification(state, {
    method: 'turn/updated',
    params: { change: changeBetween(null, turnOf('t', changes)), seq: 1 },
  })
const kinds = (notices: Notice[]) => notices.map(({ kind, body }) => `${kind}: ${body}`)
const started = tell(stateOf({ sessions: [sessionOf('api')] }), { seq: 1 })

function call(name: string, input: string, output: string | null = null): Item {
  const rest = { callId: 'c', durationMs: null, exitCode: null, commands: [], patch: null }
  return { id: 'i', exchangeId: 'e', at: 1, type: 'toolCall', name, input, output, status: 'running', ...rest }
}

test('a turn that ends while the window is hidden', () => {
  const ended = tell(started, { status: 'completed', seq: 2 })
  expect(notificationsFor(started, ended)).toEqual([
    { kind: 'turnFinished', title: 'Codex is done', body: 'Title of api', route: '#/session/api' },
  ])
  expect(notificationsFor(ended, tell(ended, { status: 'completed', seq: 3 }))).toEqual([])
  expect(notificationsFor(started, tell(started, { status: 'failed', seq: 2 }))[0]?.title).toBe('Codex failed')
  expect(notificationsFor(started, tell(started, { status: 'aborted', seq: 2 }))).toEqual([])
})

test('not for a window that can be seen, for sub-agents, or for what was over before', () => {
  const seen = { ...tell(started, { status: 'completed', seq: 2 }), window: 'visible' as const }
  expect(notificationsFor(started, seen)).toEqual([])
  const agents = tell(stateOf({ sessions: [sessionOf('api')] }), { threadId: 'agent', seq: 1 })
  expect(notificationsFor(agents, tell(agents, { threadId: 'agent', status: 'completed', seq: 2 }))).toEqual([])
  const fresh = stateOf()
  expect(notificationsFor(fresh, tell(fresh, { status: 'completed', startedAt: noon - 1, seq: 2 }))).toEqual([])
})

test('a turn that is over before it is first told of, once', () => {
  const before = stateOf({ sessions: [sessionOf('api')] })
  const ended = tell(before, { status: 'completed', seq: 1 })
  expect(kinds(notificationsFor(before, ended))).toEqual(['turnFinished: Title of api'])
  const others = Array.from({ length: 50 }, (_, at) => turnOf(`u${at}`, { status: 'completed' }))
  const later = others.reduce(
    (state, turn) =>
      applyNotification(state, { method: 'turn/updated', params: { change: changeBetween(null, turn), seq: 1 } }),
    ended,
  )
  expect(notificationsFor(later, tell(later, { status: 'completed', seq: 2 }))).toEqual([])
})

test.each([
  ['request_user_input', '{}', true],
  ['exec_command', '{"cmd":"rm x","sandbox_permissions":"require_escalated"}', true],
  ['shell', '{"command":["ls"],"with_escalated_permissions":true}', true],
  ['exec', 'await tools.exec_command({cmd: "ls", sandbox_permissions: "require_escalated"})', true],
  ['exec_command', '{"cmd":"sleep 100"}', false],
])('codex waits for its user, or not: %s %s', (name, input, waits) => {
  const asked = tell(started, { items: [call(name, input)], seq: 2 })
  expect(kinds(notificationsFor(started, asked))).toEqual(waits ? ['waitsForUser: Title of api'] : [])
  expect(notificationsFor(asked, tell(asked, { items: [call(name, input)], seq: 3 }))).toEqual([])
  expect(notificationsFor(started, tell(started, { items: [call(name, input, 'done')], seq: 2 }))).toEqual([])
})

test('a sign-in that OpenAI has ended is told once, and not when it was so from the start', () => {
  const broken = accountOf({ state: 'broken', problem: 'signedOutByServer', message: '' }, { seq: 2 })
  const after = { ...started, account: broken }
  expect(notificationsFor(started, after).map(({ kind, route }) => `${kind} ${route}`)).toEqual([
    'signInAgain #/account',
  ])
  expect(notificationsFor(after, after)).toEqual([])
  expect(notificationsFor({ ...started, account: null }, after)).toEqual([])
  const offline = { ...started, account: accountOf({ state: 'broken', problem: 'noNetwork', message: '' }) }
  expect(notificationsFor(started, offline)).toEqual([])
})

test('a limit that comes near is told once in each of its windows', () => {
  const at = (percent: number, resetsAt = noon) =>
    stateOf({ account: accountOf(jane, { limits: limitsOf(percent, resetsAt) }) })
  expect(kinds(notificationsFor(at(89), at(91)))).toEqual(['limitNear: 91 % of the 5-hour limit is used.'])
  expect(notificationsFor(at(91), at(99, noon + 2_000))).toEqual([])
  expect(kinds(notificationsFor(at(99), at(93, noon + 18_000_000)))).toHaveLength(1)
  expect(notificationsFor(stateOf(), at(99))).toEqual([])
})

test('nobody is called who looks at the window', () => {
  const ended = tell(started, { items: [call('request_user_input', '{}')], seq: 2 })
  expect(notificationsFor(started, { ...ended, window: 'focused' })).toEqual([])
})

test('the state keeps what runs and the newest of the rest, in order, and takes nothing older', () => {
  const many = Array.from({ length: 30 }, (_, at) =>
    sessionOf(`s${at}`, { updatedAt: at, ...(at === 0 && { status: 'live' }) }),
  )
  const state = putSessions(stateOf(), many)
  expect(state.sessions.map(({ id }) => id)).toEqual([
    ...many
      .slice(-20)
      .map(({ id }) => id)
      .reverse(),
    's0',
  ])
  const late = sessionOf('s29', { title: 'old', seq: 0 })
  const after = applyNotification(state, { method: 'session/updated', params: { session: late, seq: 0 } })
  expect(after.sessions[0]?.title).toBe('Title of s29')
  const without = applyNotification(after, { method: 'session/deleted', params: { id: 's29', seq: 2 } })
  expect(without.sessions[0]?.id).toBe('s28')
  expect(tell(tell(started, { seq: 5, status: 'completed' }), { seq: 4 }).turns.t?.status).toBe('completed')
})
