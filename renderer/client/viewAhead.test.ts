import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { createClient } from './client.ts'
import { inMemoryHost } from './inMemoryHost.ts'

const view = (query: string) => ({ query, sort: 'updated' }) as const
const pass = (ms = 20) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A host whose answers to what is typed are given one by one; the seq of what is listed is 1. */
async function startTyping() {
  const asked: {
    query: string
    isQuick: boolean
    answer(...ids: string[]): Promise<unknown>
    fail(): Promise<unknown>
  }[] = []
  const host = inMemoryHost({
    'session/list': ({ query, isQuick }) =>
      query === undefined
        ? { sessions: [sampleSession('z', { seq: 1 })], total: 1, nextCursor: null, seq: 1 }
        : new Promise((resolve, reject) =>
            asked.push({
              query: String(query),
              isQuick: isQuick === true,
              answer(...ids) {
                const sessions = ids.map((id) => sampleSession(id, { seq: 1 }))
                resolve({ sessions, total: ids.length, nextCursor: null, seq: 1 })
                return pass()
              },
              fail() {
                reject(new Error('no disk'))
                return pass()
              },
            }),
          ),
  })
  const client = createClient(host.transport, (run) => void setTimeout(run, 0))
  client.start()
  host.line().opened()
  await pass()
  const questions = () => asked.map(({ query, isQuick }) => `${query}${isQuick ? ' quick' : ''}`)
  return { client, asked, questions, line: host.line, shown: () => [...(client.store.getState().narrowed?.ids ?? [])] }
}

test('what was looked up while it was typed is shown at once, and not asked for again', async () => {
  const { client, asked, questions, shown } = await startTyping()
  const count = client.expectView(view('zebra'))
  await pass()
  await asked[0]?.answer('a', 'b')
  expect(await count).toBe(2)
  await client.setView(view('zebra'))
  expect(shown()).toEqual(['a', 'b'])
  expect(client.store.getState().narrowed).toMatchObject({ state: 'ready', isPartial: false, total: 2 })
  expect(questions()).toEqual(['zebra'])
})

test('what is on its way when it is chosen is waited for', async () => {
  const { client, asked, questions, shown } = await startTyping()
  void client.expectView(view('zebra'))
  await pass()
  void client.setView(view('zebra'))
  expect(client.store.getState().narrowed?.state).toBe('loading')
  await asked[0]?.answer('a')
  expect(shown()).toEqual(['a'])
  expect(questions()).toEqual(['zebra'])
})

test('one question at a time, and of what is typed meanwhile the last alone', async () => {
  const { client, asked, questions } = await startTyping()
  const first = client.expectView(view('z'))
  await pass()
  const others = ['ze', 'zeb', 'zeb'].map((query) => client.expectView(view(query)))
  await pass()
  expect(questions()).toEqual(['z'])
  await asked[0]?.answer('a')
  expect(questions()).toEqual(['z', 'zeb'])
  await asked[1]?.answer('a', 'b')
  expect(await Promise.all([first, ...others])).toEqual([1, null, 2, 2])
})

test('something else than what was expected is asked for as ever', async () => {
  const { client, asked, questions } = await startTyping()
  void client.expectView(view('zebra'))
  await pass()
  void client.setView(view('horse'))
  expect(questions()).toEqual(['zebra', 'horse quick'])
  await asked[1]?.answer('b')
  await asked[0]?.answer('a')
  expect(client.store.getState().narrowed?.ids).toEqual(new Set(['b']))
})

test('what could not be looked up is asked for as ever when it is chosen', async () => {
  const { client, asked, questions } = await startTyping()
  const count = client.expectView(view('zebra'))
  await pass()
  await asked[0]?.fail()
  expect(await count).toBe(null)
  void client.setView(view('zebra'))
  await pass()
  expect(questions()).toEqual(['zebra', 'zebra quick'])
})

test('news since then are looked for after it is shown', async () => {
  const { client, asked, questions, line, shown } = await startTyping()
  void client.expectView(view('zebra'))
  await pass()
  await asked[0]?.answer('a')
  const fresh = sampleSession('new', { seq: 2 })
  line().notified({ method: 'session/updated', params: { session: fresh, seq: 2 } })
  await pass()
  await client.setView(view('zebra'))
  expect(shown()).toEqual(['a'])
  await pass(2_000)
  expect(questions()).toEqual(['zebra', 'zebra'])
  await asked[1]?.answer('new', 'a')
  expect(new Set(shown())).toEqual(new Set(['new', 'a']))
})

test('it serves once, for some seconds, and for the connection on which it was asked', async () => {
  const { client, asked, questions, line } = await startTyping()
  const look = async () => {
    void client.expectView(view('zebra'))
    await pass()
    await asked.at(-1)?.answer('a')
  }
  await look()
  await client.setView(view('zebra'))
  await client.setView(view(''))
  void client.setView(view('zebra'))
  expect(questions()).toEqual(['zebra', 'zebra quick'])
  await asked[1]?.answer('a')

  await client.setView(view(''))
  await look()
  await pass(10_000)
  void client.setView(view('zebra'))
  expect(questions().slice(2)).toEqual(['zebra', 'zebra quick'])
  await asked[3]?.answer('a')

  await client.setView(view(''))
  await look()
  line().lost()
  line().opened()
  await pass()
  void client.setView(view('zebra'))
  expect(questions().slice(4)).toEqual(['zebra', 'zebra quick'])
})

test('nobody is asked while the line is down', async () => {
  const { client, questions, line } = await startTyping()
  line().lost()
  expect(await client.expectView(view('zebra'))).toBe(null)
  expect(questions()).toEqual([])
})
