import { expect, test, vi } from 'vitest'
import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { ReplyError } from '../../contract/reply.ts'
import { sampleAccount } from '../account/sampleAccount.ts'
import { createClient } from './client.ts'
import { inMemoryHost, run, settle } from './inMemoryHost.ts'

test('each opening of the line takes a snapshot, and what is told meanwhile is applied after it', async () => {
  let seq = 10
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: seq, total: seq, missed: {}, seq }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  host.line().notified({
    method: 'recording/updated',
    params: { isPaused: false, recorded: 11, total: 12, missed: {}, seq: 11 },
  })
  await settle()
  expect(client.store.getState()).toMatchObject({
    connection: 'open',
    archiveSeq: 10,
    recording: { isPaused: false, recorded: 11, total: 12 },
  })

  host.line().lost()
  expect(client.store.getState().connection).toBe('reconnecting')
  seq = 20
  host.line().opened()
  await settle()
  expect(client.store.getState()).toMatchObject({ connection: 'open', archiveSeq: 20, recording: { recorded: 20 } })
})

test('the first page is shown while the line is still being opened, unless it is empty', async () => {
  const first = { id: 's1', updatedAt: 1, seq: 5 }
  let sessions = [first]
  const host = inMemoryHost({
    'session/list': () => ({ sessions, total: sessions.length, nextCursor: null, seq: 10 }),
  })
  const client = createClient(host.transport, run)
  client.start()
  await settle()
  expect(client.store.getState()).toMatchObject({
    connection: 'connecting',
    listing: { state: 'ready', total: 1 },
    sessions: { s1: first },
  })
  // What was deleted before the line was open is told by the snapshot that follows.
  sessions = []
  host.line().opened()
  await settle()
  expect(client.store.getState()).toMatchObject({ connection: 'open', listing: { total: 0 }, sessions: {} })

  const beginner = createClient(host.transport, run)
  beginner.start()
  await settle()
  expect(beginner.store.getState().listing.state).toBe('loading')
})

test('when all older sessions are built again, what is shown is read anew', async () => {
  let seq = 10
  let rederived: number | undefined = 0.5
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: 1, total: 1, missed: {}, rederived, seq }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  const recording = { isPaused: false, recorded: 1, total: 1, missed: {} }
  host.line().notified({ method: 'recording/updated', params: { ...recording, rederived: 0.9, seq: 11 } })
  await settle()
  expect(client.store.getState().recording?.rederived).toBe(0.9)
  seq = 12
  rederived = undefined
  const before = host.calls.filter((method) => method === 'session/list').length
  host.line().notified({ method: 'recording/updated', params: { ...recording, seq: 12 } })
  await settle()
  expect(client.store.getState().recording?.rederived).toBeUndefined()
  expect(host.calls.filter((method) => method === 'session/list')).toHaveLength(before + 1)
})

test('when prices are other ones, sessions are read anew, and prices are asked for', async () => {
  const host = inMemoryHost({ 'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq: 10 }) })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  const lists = () => host.calls.filter((method) => method === 'session/list').length
  const before = { lists: lists(), openings: client.store.getState().openings }
  host.line().notified({ method: 'price/updated', params: { seq: 11 } })
  await settle()
  expect({ lists: lists(), openings: client.store.getState().openings }).toEqual({
    lists: before.lists + 1,
    openings: before.openings + 1,
  })
})

test('a main that counts from the start again is believed', async () => {
  let seq = 500
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: seq, total: seq, missed: {}, seq }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  host.line().lost()
  seq = 3
  host.line().opened()
  await settle()
  expect(client.store.getState()).toMatchObject({ archiveSeq: 3, recording: { recorded: 3 } })
})

test('when the line never opens, the reason is shown', async () => {
  const host = inMemoryHost({})
  const client = createClient(host.transport, run)
  client.start()
  host.line().lost()
  await settle()
  expect(client.store.getState().listing).toMatchObject({ state: 'failed', message: 'no app/status' })
})

test('a watched conversation is read once the line is open, and again after a reconnect', async () => {
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: 0, total: 0, missed: {}, seq: 1 }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq: 1 }),
  })
  const client = createClient(host.transport, run)
  client.start()
  client.watchConversation('s1')
  expect(host.calls).not.toContain('session/read')
  host.line().opened()
  await settle()
  host.line().lost()
  host.line().opened()
  await settle()
  expect(host.calls.filter((method) => method === 'session/read')).toHaveLength(2)
  expect(client.store.getState().conversations.s1).toMatchObject({
    state: 'failed',
    message: 'no session/read',
    turns: {},
  })
})

test('the account is read at each opening of the line, without holding the list up', async () => {
  let seq = 1
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: 0, total: 0, missed: {}, seq }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq }),
    'account/read': () => ({ status: sampleAccount({ seq }) }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  expect(client.store.getState()).toMatchObject({ account: sampleAccount({ seq: 1 }), accountProblem: null })

  const told = sampleAccount({ account: { state: 'apiKey' }, seq: 4 })
  host.line().notified({ method: 'account/updated', params: { status: told, seq: 4 } })
  await settle()
  expect(client.store.getState().account).toEqual(told)
  seq = 3
  await client.readAccount(false)
  expect(client.store.getState().account).toEqual(told)
})

test('a main that counts from the start again tells of the account anew', async () => {
  let seq = 500
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: 0, total: 0, missed: {}, seq }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq }),
    'account/read': () => ({ status: sampleAccount({ seq }) }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  host.line().lost()
  seq = 2
  host.line().opened()
  await settle()
  expect(client.store.getState().account).toEqual(sampleAccount({ seq: 2 }))
})

test('why the account could not be read is kept, and what was known of it as well', async () => {
  const answers: Record<string, (params: Record<string, unknown>) => unknown> = {
    'app/status': () => ({ isPaused: false, recorded: 0, total: 0, missed: {}, codex: { path: '/bin/codex' }, seq: 1 }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq: 1 }),
  }
  const host = inMemoryHost(answers)
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  expect(client.store.getState()).toMatchObject({ account: null, accountProblem: 'no account/read' })

  answers['account/read'] = () => ({ status: sampleAccount() })
  host.calls.length = 0
  await client.readAccount(true)
  expect(host.calls).toEqual(['account/read', 'app/status'])
  expect(client.store.getState()).toMatchObject({ account: sampleAccount(), accountProblem: null })
})

/** As main answers. */
function deletion(params: Record<string, unknown>, title: string | null) {
  const { id, batch } = params as { id: string; batch: string }
  const undoUntil = Date.now() + 10_000
  return { undoUntil, undo: { id, title, batch, undoUntil }, seq: 8 }
}

test('a deletion takes the session away at once, and taking it back brings it back, whatever numbers were seen', async () => {
  const listed = { id: 's1', title: 'one', status: 'completed', seq: 5 }
  const host = inMemoryHost({
    // The account counts for itself, and far ahead.
    'account/read': () => ({ status: sampleAccount({ seq: 1_000 }) }),
    'session/list': () => ({ sessions: [listed], total: 1, nextCursor: null, seq: 1_000 }),
    'project/list': () => ({ projects: [] }),
    'session/delete': (params) => deletion(params, listed.title),
    'session/undelete': () => ({ session: { ...listed, seq: 9 } }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  await client.deleteSessions(['s1'])
  expect(client.store.getState()).toMatchObject({
    sessions: {},
    removals: [{ sessions: [{ id: 's1', title: 'one' }] }],
  })
  await client.undoRemoval()
  expect(client.store.getState()).toMatchObject({ sessions: { s1: { title: 'one', seq: 9 } }, removals: [] })
})

test('what can be taken back can be so after a reload of the page, which has kept nothing of what was deleted', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  const listed = { id: 's1', title: 'unforgettable', status: 'completed', seq: 5 }
  const search = { name: 'Two', query: 'b' }
  let trash: DeletedSession[] = []
  const host = inMemoryHost({
    'session/list': () => ({ sessions: [listed], total: 1, nextCursor: null, seq: 6 }),
    'session/listDeleted': () => ({ sessions: trash, seq: 7 }),
    'settings/read': () => ({ settings: { savedSearches: [search] }, seq: 6 }),
    'session/delete': (params) => {
      const { undo, ...rest } = deletion(params, listed.title)
      trash = [undo]
      return { undo, ...rest }
    },
    'session/undelete': () => {
      trash = []
      return { session: { ...listed, seq: 9 } }
    },
    'search/forget': () => ({}),
    'search/restore': () => ({}),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  await client.deleteSessions(['s1'])
  // In another millisecond: they are put in order by their times.
  await settle()
  await client.forgetSearch('Two')
  const { removals } = client.store.getState()
  expect(removals).toMatchObject([
    { what: 'sessions', sessions: [{ id: 's1', title: 'unforgettable' }] },
    { what: 'search', search, at: 0 },
  ])
  expect([...kept.values()].join()).not.toMatch(/unforgettable|s1/)

  const opened = async () => {
    const client = createClient(host.transport, run)
    client.start()
    host.line().opened()
    await settle()
    return client
  }
  const reloaded = await opened()
  expect(reloaded.store.getState().removals).toEqual(removals)
  await reloaded.undoRemoval()
  await reloaded.undoRemoval()
  expect((await opened()).store.getState().removals).toEqual([])
  vi.unstubAllGlobals()
})

test('what was taken away is brought back one after the other, the last first, and a search where it was', async () => {
  const session = (id: string) => ({ id, title: id, status: 'completed', seq: 5 })
  const [one, two] = [
    { name: 'One', query: 'a' },
    { name: 'Two', query: 'b' },
  ]
  const restored: unknown[] = []
  const host = inMemoryHost({
    'session/list': () => ({ sessions: ['s1', 's2', 's3'].map(session), total: 3, nextCursor: null, seq: 6 }),
    'settings/read': () => ({ settings: { savedSearches: [one, two] }, seq: 6 }),
    'project/list': () => ({ projects: [] }),
    'session/delete': (params) => deletion(params, null),
    'session/undelete': (params) => ({ session: { ...session(String(params.id)), seq: 9 } }),
    'search/forget': () => ({}),
    'search/restore': (params) => {
      restored.push(params)
      return {}
    },
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  await client.deleteSessions(['s1', 's2'])
  await client.forgetSearch('Two')
  await client.deleteSessions(['s3'])
  const { store } = client
  expect(store.getState().removals.map(({ what }) => what)).toEqual(['sessions', 'search', 'sessions'])
  await client.undoRemoval()
  expect(Object.keys(store.getState().sessions)).toEqual(['s3'])
  await client.undoRemoval()
  expect(restored).toEqual([{ search: two, at: 1 }])
  await client.undoRemoval()
  expect(Object.keys(store.getState().sessions).sort()).toEqual(['s1', 's2', 's3'])
  expect(store.getState().removals).toEqual([])
  expect(await client.undoRemoval()).toMatchObject({ ok: true })
})

test('a view asks main for its sessions, and the answer to an earlier view changes nothing', async () => {
  const host = inMemoryHost({
    'session/list': () => ({ sessions: [sampleSession('s1', { seq: 5 })], total: 7, nextCursor: 'next', seq: 5 }),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  const early = client.setView({ query: 'a', sort: 'updated' })
  const late = client.setView({ query: 'is:starred', sort: 'tokens' })
  await Promise.all([early, late])
  expect(client.store.getState().narrowed).toMatchObject({ state: 'ready', total: 7, nextCursor: 'next' })
  await client.setView({ query: '', sort: 'updated' })
  expect(client.store.getState().narrowed).toBeNull()
})

test('until a view is read the list keeps what it showed, and says that it is read; if that fails it shows none of it', async () => {
  let found = 'any'
  const answers: Record<string, (params: Record<string, unknown>) => unknown> = {
    'session/list': () => ({ sessions: [{ id: found, seq: 5 }], total: 7, nextCursor: 'next', seq: 5 }),
  }
  const host = inMemoryHost(answers)
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  const narrowed = () => client.store.getState().narrowed
  found = 'a'
  const first = client.setView({ query: 'a', sort: 'updated' })
  expect(narrowed()).toMatchObject({ state: 'loading', ids: new Set(['any']) })
  await first
  expect(narrowed()).toMatchObject({ state: 'ready', ids: new Set(['a']) })
  found = 'b'
  const second = client.setView({ query: 'b', sort: 'updated' })
  // Where the list of before went on says nothing of this one.
  expect(narrowed()).toMatchObject({ state: 'loading', ids: new Set(['a']), nextCursor: null })
  await client.loadMore()
  expect(narrowed()).toMatchObject({ state: 'loading' })
  await second
  expect(narrowed()).toMatchObject({ state: 'ready', ids: new Set(['b']) })
  delete answers['session/list']
  await client.setView({ query: 'c', sort: 'updated' })
  expect(narrowed()).toMatchObject({ state: 'failed', ids: new Set() })
})

test('a line that cannot be opened any more is asked why by a plain call, and the reason goes when it is open again', async () => {
  const answers: Parameters<typeof inMemoryHost>[0] = {
    'app/status': () => ({ isPaused: false, recorded: 0, total: 0, missed: {}, seq: 1 }),
    'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq: 1 }),
  }
  const host = inMemoryHost(answers)
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  const status = answers['app/status']
  answers['app/status'] = () => {
    throw new ReplyError('signedOut', 'This page is not signed in any more.')
  }
  const { store } = client
  host.line().lost()
  await settle()
  expect(store.getState().awayReason).toBeNull()
  host.line().lost()
  host.line().lost()
  await settle()
  expect(store.getState()).toMatchObject({
    connection: 'reconnecting',
    awayReason: 'This page is not signed in any more.',
  })
  // Nobody is there: the page says that by itself.
  delete answers['app/status']
  host.line().lost()
  await settle()
  expect(store.getState().awayReason).toBeNull()
  if (status) answers['app/status'] = status
  host.line().opened()
  await settle()
  expect(store.getState()).toMatchObject({ connection: 'open', awayReason: null, openings: 2 })
})

test('reading the list again does not say that the line is open', async () => {
  const host = inMemoryHost({ 'session/list': () => ({ sessions: [], total: 0, nextCursor: null, seq: 1 }) })
  const client = createClient(host.transport, run)
  client.start()
  host.line().lost()
  await settle()
  await client.retryListing()
  expect(client.store.getState()).toMatchObject({ connection: 'reconnecting', listing: { state: 'ready' } })
})
