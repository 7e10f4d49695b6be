import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { changeBetween } from '../../contract/domain/turnChange.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { ReplyError } from '../../contract/reply.ts'
import { createClient } from './client.ts'
import { inMemoryHost, run, settle } from './inMemoryHost.ts'

const turn = (id: string, startedAt = 1) => ({
  id,
  threadId: 's1',
  sessionId: 's1',
  prompt: '',
  status: 'completed' as const,
  startedAt,
  endedAt: 2,
  model: null,
  usage: noUsage,
  items: [],
  exchanges: [],
  seq: 5,
})

async function watched(more: Parameters<typeof inMemoryHost>[0] = {}) {
  const archive = { seq: 1_000, session: sampleSession('s1', { seq: 5 }) }
  const answers: Parameters<typeof inMemoryHost>[0] = {
    'app/status': () => ({ isPaused: false, recorded: 1, total: 1, missed: {}, seq: archive.seq }),
    'project/list': () => ({ projects: [] }),
    'session/list': () => ({ sessions: [archive.session], total: 1, nextCursor: null, seq: archive.seq }),
    'session/read': () => ({ session: archive.session, turns: [turn('t1')], outline: [], seq: archive.seq }),
    ...more,
  }
  const host = inMemoryHost(answers)
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  client.watchConversation('s1')
  await settle()
  return { archive, answers, client, ...host, conversation: () => client.store.getState().conversations.s1 }
}

test('a reconnect takes nothing of a conversation away, however far the clock of others is ahead of the archive', async () => {
  const { archive, client, line, conversation } = await watched()
  const far = 3_600_000
  line().notified({ method: 'launch/updated', params: { ids: ['l1'], privateCount: 0, seq: far } })
  line().notified({
    method: 'recording/updated',
    params: { isPaused: true, recorded: 1, total: 1, missed: {}, seq: far },
  })
  await settle()
  const shown: number[] = []
  client.store.subscribe(() => shown.push(Object.keys(conversation()?.turns ?? {}).length))
  archive.seq += 1
  line().lost()
  line().opened()
  await settle()
  expect(new Set(shown)).toEqual(new Set([1]))
})

test('a session that is deleted and brought back by somebody else is read again by who looks at it', async () => {
  const { archive, client, line, conversation } = await watched()
  line().notified({ method: 'session/deleted', params: { id: 's1', seq: 1_001 } })
  await settle()
  expect(client.store.getState()).toMatchObject({ sessions: {}, conversations: {} })
  archive.session = { ...archive.session, seq: 1_002 }
  line().notified({ method: 'session/updated', params: { session: archive.session, seq: 1_002 } })
  await settle()
  expect(conversation()).toMatchObject({ state: 'ready', turns: { t1: {} } })
})

test('a session that was gone at a reconnect says why, and is read when it is there again', async () => {
  const { archive, answers, client, line, conversation } = await watched()
  const read = answers['session/read']
  answers['session/read'] = () => {
    throw new ReplyError('notFound', 'It was deleted.')
  }
  line().lost()
  line().opened()
  await settle()
  expect(client.store.getState().sessions).toEqual({})
  expect(conversation()).toMatchObject({ state: 'failed', message: 'It was deleted.', turns: {} })
  if (read) answers['session/read'] = read
  archive.session = { ...archive.session, seq: 1_002 }
  line().notified({ method: 'session/updated', params: { session: archive.session, seq: 1_002 } })
  await settle()
  expect(conversation()).toMatchObject({ state: 'ready', turns: { t1: {} } })
})

test('a conversation that could not be read again says so, and is read whole when that is asked for', async () => {
  const turns = Array.from({ length: 100 }, (_, at) => turn(`t${at}`, at))
  let isBusy = false
  let isSlow = true
  const { line, client, conversation } = await watched({
    'session/read': () => {
      if (isBusy) throw new Error('busy')
      return { session: sampleSession('s1', { seq: 5 }), turns: turns.slice(84), outline: turns, seq: 1_000 }
    },
    'session/readTurns': ({ turnIds }) =>
      isSlow
        ? new Promise(() => {})
        : { turns: turns.filter(({ id }) => (turnIds as string[]).includes(id)), seq: 1_000 },
  })
  line().lost()
  isBusy = true
  line().opened()
  await settle()
  expect(conversation()).toMatchObject({ state: 'ready', restProblem: 'busy' })
  isBusy = false
  isSlow = false
  await client.retryRest('s1')
  expect(conversation()).toMatchObject({ unread: {}, restProblem: null })
  expect(Object.keys(conversation()?.turns ?? {})).toHaveLength(100)
})

test('a turn of which a piece was missed is read once, whatever comes meanwhile, and shown up to date', async () => {
  const version = (seq: number) => ({ ...turn('t1'), prompt: `version ${seq}`, seq })
  const told = (before: number, seq: number) => ({
    method: 'turn/updated' as const,
    params: { change: changeBetween(version(before), version(seq)), seq },
  })
  const answered: (() => void)[] = []
  const { calls, line, conversation } = await watched({
    'session/readTurns': () => new Promise((resolve) => answered.push(() => resolve({ turns: [version(9)], seq: 9 }))),
  })
  const asked = () => calls.filter((method) => method === 'session/readTurns').length
  line().notified(told(5, 6))
  await settle()
  expect([asked(), conversation()?.turns.t1?.prompt]).toEqual([0, 'version 6'])
  line().notified(told(8, 9))
  await settle()
  line().notified(told(9, 10))
  await settle()
  expect([asked(), conversation()?.turns.t1?.prompt]).toEqual([1, 'version 6'])
  answered.shift()?.()
  await settle()
  expect(conversation()).toMatchObject({ turns: { t1: version(10) }, unread: {}, ahead: {} })
  line().notified(told(10, 11))
  await settle()
  expect([asked(), conversation()?.turns.t1?.prompt]).toEqual([1, 'version 11'])
  // And once more.
  line().notified(told(12, 13))
  await settle()
  expect(asked()).toBe(2)
})
