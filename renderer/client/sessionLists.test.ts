import { expect, test, vi } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import { createClient } from './client.ts'
import { inMemoryHost, run, settle } from './inMemoryHost.ts'

/** An archive of so many sessions, the newest first, that answers in pages. */
function archiveOf(count: number) {
  const archive = {
    seq: 1_000,
    sessions: Array.from({ length: count }, (_, at) => numbered(at, 1)),
    status: {},
  }
  const host = inMemoryHost({
    'app/status': () => ({ isPaused: false, recorded: 1, total: 1, missed: {}, seq: archive.seq, ...archive.status }),
    'project/list': () => ({ projects: [] }),
    'session/list': ({ limit, cursor }) => {
      const from = Number(cursor ?? 0)
      const end = from + Number(limit)
      const { length } = archive.sessions
      const nextCursor = end < length ? String(end) : null
      return { sessions: archive.sessions.slice(from, end), total: length, nextCursor, seq: archive.seq }
    },
  })
  const client = createClient(host.transport, run)
  client.start()
  return { archive, client, ...host }
}

function numbered(at: number, seq: number, title = 'old'): Session {
  return sampleSession(`s${at}`, { seq, title, updatedAt: 100_000 - at, startedAt: 100_000 - at })
}

test('what was deleted while the line was down goes from the list, beyond its first page too', async () => {
  const { archive, client, line } = archiveOf(1_250)
  line().opened()
  await settle()
  for (let page = 0; page < 12; page++) await client.loadMore()
  const shown = () => Object.keys(client.store.getState().sessions)
  expect(shown()).toHaveLength(1_250)
  line().lost()
  archive.sessions = archive.sessions.filter((_, at) => at % 3 !== 0)
  archive.seq += 1
  line().opened()
  await settle()
  expect(shown().sort()).toEqual(archive.sessions.map(({ id }) => id).sort())
  expect(client.store.getState().listing).toMatchObject({ total: archive.sessions.length, nextCursor: null })
})

test('what a rebuild changed is read anew as far as the list was read', async () => {
  const { archive, client, line } = archiveOf(250)
  archive.status = { rederived: 0.5 }
  line().opened()
  await settle()
  await client.loadMore()
  archive.sessions = archive.sessions.map((_, at) => numbered(at, 2_000 + at, 'new'))
  archive.seq = 3_000
  archive.status = {}
  const recording = { isPaused: false, recorded: 1, total: 1, missed: {}, seq: 3_000 }
  line().notified({ method: 'recording/updated', params: recording })
  await settle()
  const { sessions, listing } = client.store.getState()
  expect([sessions.s140?.title, Object.keys(sessions).length, listing.nextCursor]).toEqual(['new', 200, '200'])
})

test('of two counts that are asked for one after the other the later stands', async () => {
  const answers: ((total: number) => void)[] = []
  const host = inMemoryHost({
    'session/list': ({ limit }) =>
      limit === 1
        ? new Promise((resolve) => answers.push((total) => resolve({ sessions: [], total, nextCursor: null, seq: 10 })))
        : { sessions: [], total: 3, nextCursor: null, seq: 10 },
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  await settle()
  for (const [id, seq] of [
    ['x', 14],
    ['y', 15],
  ] as const) {
    host.line().notified({ method: 'session/updated', params: { session: sampleSession(id, { seq }), seq } })
    await settle()
  }
  expect(answers).toHaveLength(1)
  answers[0]?.(4)
  await settle()
  answers[1]?.(5)
  await settle()
  expect(client.store.getState().listing.total).toBe(5)
})

test('what waited from before the line was lost does not come back with another archive', async () => {
  const { archive, client, line } = archiveOf(0)
  archive.sessions = [sampleSession('old', { seq: 400 })]
  archive.seq = 500
  line().opened()
  await settle()
  line().notified({ method: 'session/updated', params: { session: sampleSession('old', { seq: 501 }), seq: 501 } })
  line().lost()
  archive.sessions = [sampleSession('new', { seq: 2 })]
  archive.seq = 3
  line().opened()
  await settle()
  expect(Object.keys(client.store.getState().sessions)).toEqual(['new'])
})

const zebras = { query: 'zebra', sort: 'updated' } as const

test('a view takes in what gets its words, once a second, and keeps the pages that were read', async () => {
  vi.useFakeTimers()
  try {
    const { archive, client, line, calls } = archiveOf(250)
    const settled = () => vi.advanceTimersByTimeAsync(20)
    line().opened()
    await settled()
    await client.setView(zebras)
    await client.loadMore()
    const { narrowed } = client.store.getState()
    expect([narrowed?.ids.size, narrowed?.total]).toEqual([200, 250])
    const asked = () => calls.filter((method) => method === 'session/list').length
    const before = asked()
    const newest = sampleSession('new', { seq: 1_001, updatedAt: 200_000, startedAt: 200_000 })
    archive.sessions = [newest, ...archive.sessions]
    archive.seq = 1_003
    for (const seq of [1_001, 1_002, 1_003]) {
      line().notified({ method: 'session/updated', params: { session: { ...newest, seq }, seq } })
      await settled()
    }
    const after = client.store.getState().narrowed
    expect([after?.ids.has('new'), after?.ids.size, after?.total, after?.nextCursor, after?.state]).toEqual([
      true,
      // What it pushed off the end of what is read stays.
      201,
      251,
      '200',
      'ready',
    ])
    // The count of all, and the view once.
    expect(asked()).toBe(before + 2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked()).toBe(before + 3)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked()).toBe(before + 3)
  } finally {
    vi.useRealTimers()
  }
})

test('news that come while the next page of a view is on its way take nothing from it', async () => {
  vi.useFakeTimers()
  try {
    const { archive, client, line } = archiveOf(250)
    line().opened()
    await vi.advanceTimersByTimeAsync(20)
    await client.setView(zebras)
    const newest = sampleSession('new', { seq: 1_001, updatedAt: 200_000, startedAt: 200_000 })
    archive.seq = 1_001
    line().notified({ method: 'session/updated', params: { session: newest, seq: 1_001 } })
    const more = client.loadMore()
    archive.sessions = [newest, ...archive.sessions]
    await more
    await vi.advanceTimersByTimeAsync(2_000)
    const { narrowed } = client.store.getState()
    expect([narrowed?.ids.has('new'), narrowed?.ids.size, narrowed?.nextCursor]).toEqual([true, 201, '200'])
  } finally {
    vi.useRealTimers()
  }
})

/** Main's answers to a view, to be given one by one. */
function askedViews(nextCursor: string | null = 'next') {
  const asked: { query: unknown; isQuick: boolean; answer(ids: string[], isPartial?: boolean): Promise<void> }[] = []
  const host = inMemoryHost({
    'session/list': ({ query, isQuick, cursor }) =>
      query === undefined || cursor
        ? { sessions: [], total: 0, nextCursor: null, seq: 1 }
        : new Promise((resolve) =>
            asked.push({
              query,
              isQuick: isQuick === true,
              answer(ids, isPartial) {
                const sessions = ids.map((id) =>
                  sampleSession(id, { seq: 1, updatedAt: 100_000 - Number(id.slice(1)) }),
                )
                resolve({
                  sessions,
                  total: ids.length,
                  ...(isPartial ? { isPartial } : {}),
                  nextCursor,
                  seq: 1,
                })
                return settle()
              },
            }),
          ),
  })
  const client = createClient(host.transport, run)
  client.start()
  host.line().opened()
  return { client, asked, calls: host.calls, narrowed: () => client.store.getState().narrowed }
}

test('a quick answer is shown while the whole one is on its way, which takes its place', async () => {
  const { client, asked, calls, narrowed } = askedViews()
  await settle()
  void client.setView(zebras)
  expect(asked.map(({ isQuick }) => isQuick)).toEqual([true])
  await asked[0]?.answer(['a'], true)
  expect(narrowed()).toMatchObject({ state: 'ready', isPartial: true, ids: new Set(['a']), nextCursor: null })
  const before = calls.length
  await client.loadMore()
  expect(calls).toHaveLength(before)
  expect(asked.map(({ isQuick }) => isQuick)).toEqual([true, false])
  await asked[1]?.answer(['a', 'b'])
  expect(narrowed()).toMatchObject({ isPartial: false, total: 2, ids: new Set(['a', 'b']), nextCursor: 'next' })
})

test('a quick answer that is whole is the only one that is asked for', async () => {
  const { client, asked, narrowed } = askedViews()
  await settle()
  void client.setView(zebras)
  await asked[0]?.answer(['a'])
  expect(asked).toHaveLength(1)
  expect(narrowed()).toMatchObject({ state: 'ready', isPartial: false, nextCursor: 'next' })
  void client.setView({ query: 'zebra', sort: 'tokens' })
  expect(asked.map(({ isQuick }) => isQuick)).toEqual([true, false])
})

test('neither the quick nor the whole answer to an earlier view changes what a later one shows', async () => {
  const { client, asked, narrowed } = askedViews()
  await settle()
  void client.setView({ query: 'a', sort: 'updated' })
  await asked[0]?.answer(['a'], true)
  void client.setView({ query: 'b', sort: 'updated' })
  void client.setView({ query: 'c', sort: 'updated' })
  expect(asked.map(({ query, isQuick }) => `${query} ${isQuick}`)).toEqual(['a true', 'a false', 'b true', 'c true'])
  await asked[3]?.answer(['c'], true)
  await asked[4]?.answer(['c', 'd'])
  await asked[2]?.answer(['b'], true)
  await asked[1]?.answer(['a'])
  expect(asked).toHaveLength(5)
  expect(narrowed()).toMatchObject({ isPartial: false, ids: new Set(['c', 'd']) })
})

test('what is listed stays when a filter is taken away, though the first page of what fits now does not reach down to it', async () => {
  const { client, asked, narrowed } = askedViews()
  await settle()
  void client.setView({ query: 'zebra horse', sort: 'updated' })
  await asked[0]?.answer(['s5', 's900'])
  void client.setView({ query: 'zebra', sort: 'updated' })
  expect(narrowed()).toMatchObject({ state: 'loading', ids: new Set(['s5', 's900']) })
  await asked[1]?.answer(['s1'], true)
  expect(narrowed()).toMatchObject({ isPartial: true, ids: new Set(['s1', 's5', 's900']) })
  // It tells of all down to its end, where it does not know of s5: that has become another.
  await asked[2]?.answer(['s1', 's20'])
  expect(narrowed()).toMatchObject({ isPartial: false, ids: new Set(['s1', 's20', 's900']) })
})

test('what may not fit another filter goes when it is answered, as from a list that is read to its end', async () => {
  const { client, asked, narrowed } = askedViews()
  await settle()
  void client.setView({ query: 'zebra', sort: 'updated' })
  await asked[0]?.answer(['s5', 's900'])
  void client.setView({ query: 'zebra horse', sort: 'updated' })
  // Taken away before it was answered: what was shown meanwhile is not known to have it.
  void client.setView({ query: 'horse', sort: 'updated' })
  await asked[2]?.answer(['s1'])
  expect(narrowed()?.ids).toEqual(new Set(['s1']))

  const whole = askedViews(null)
  await settle()
  void whole.client.setView({ query: 'zebra horse', sort: 'updated' })
  await whole.asked[0]?.answer(['s900'])
  void whole.client.setView({ query: 'zebra', sort: 'updated' })
  await whole.asked[1]?.answer(['s1'])
  expect(whole.narrowed()?.ids).toEqual(new Set(['s1']))
})
