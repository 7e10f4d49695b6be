import { afterEach, beforeEach, expect, test } from 'vitest'
import { builtInPrices } from '../../contract/domain/price.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import { sumUsage, type UsageRow } from '../../contract/domain/usageReport.ts'
import type { TapEvent } from '../proxy/tap.ts'
import {
  answerOf,
  completed,
  created,
  createFrame,
  post,
  requestOf,
  serverFrame,
  socket,
  userSays,
} from './playedTraffic.ts'
import { createStage, type Run, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const noon = Date.UTC(2026, 10, 24, 12)
const hourMs = 3_600_000

function record(run: Run, ...events: TapEvent[]): void {
  run.take(events)
  run.recorder.flush()
}

const rows = (params: { since?: number; until?: number; timeZone?: string } = {}) =>
  stage.reader().usage({ since: 0, timeZone: 'UTC', ...params }).rows

/** Of a model, in tokens; the request tells of its folder, as codex does. */
function exchange(
  streamId: string,
  at: number,
  {
    sessionId = 's1',
    turnId = 't1',
    cwd = '/home/ada/web',
    kind = 'turn' as 'turn' | 'compaction',
    input = 100,
    cached = 40,
    output = 10,
    model = 'gpt-6.1-sol',
  } = {},
): TapEvent[] {
  const told = { input_tokens: input, input_tokens_details: { cached_tokens: cached }, output_tokens: output }
  const usage = { ...told, output_tokens_details: { reasoning_tokens: 4 }, total_tokens: input + output }
  const environment = `<environment_context>\n  <cwd>${cwd}</cwd>\n</environment_context>`
  const request = {
    ...requestOf({ sessionId, turnId, kind, input: [userSays(environment), userSays('hello')] }),
    model,
  }
  const end = {
    type: 'response.completed',
    response: { id: `r-${streamId}`, model, status: 'completed', output: [], usage },
  }
  return post({
    streamId,
    at,
    request,
    events: [{ type: 'response.created', response: { id: `r-${streamId}`, model, output: [] } }, end],
  })
}

const row = (day: string, requestCount: number, more: Partial<UsageRow> = {}): UsageRow => ({
  day,
  project: '/home/ada/web',
  model: 'gpt-6.1-sol',
  isLong: false,
  accountMode: 'chatgpt',
  requestCount,
  usage: {
    inputTokens: 100 * requestCount,
    cachedInputTokens: 40 * requestCount,
    outputTokens: 10 * requestCount,
    reasoningTokens: 4 * requestCount,
    totalTokens: 110 * requestCount,
  },
  ...more,
})

/** What sessions say that they used must be what the rows add up to. */
function agrees(): void {
  const { sessions } = stage.reader().listSessions({ limit: 1000 })
  const told = rows().reduce((sum, { usage }) => addUsage(sum, usage), noUsage)
  expect(told).toEqual(sessions.reduce((sum, { usage }) => addUsage(sum, usage), noUsage))
  const usd = sumUsage(rows(), () => 'all', builtInPrices)[0]?.usd ?? 0
  expect(usd).toBeCloseTo(
    sessions.reduce((sum, { apiEquivalentUsd }) => sum + (apiEquivalentUsd ?? 0), 0),
    9,
  )
}

test('requests add up by day, project and model', () => {
  const run = stage.run()
  record(run, ...exchange('a', noon), ...exchange('b', noon + 60_000))
  record(run, ...exchange('c', noon + 24 * hourMs, { sessionId: 's2', turnId: 't2' }))
  record(run, ...exchange('d', noon + 24 * hourMs, { sessionId: 's3', turnId: 't3', cwd: '/home/ada/api' }))
  record(
    run,
    ...exchange('e', noon + 25 * hourMs, { sessionId: 's3', turnId: 't4', cwd: '/home/ada/api', model: 'new' }),
  )
  expect(rows()).toEqual([
    row('2026-11-24', 2),
    row('2026-11-25', 1),
    row('2026-11-25', 1, { project: '/home/ada/api' }),
    row('2026-11-25', 1, { project: '/home/ada/api', model: 'new' }),
  ])
  agrees()
  expect(rows({ since: noon + 12 * hourMs, until: noon + 25 * hourMs })).toHaveLength(2)
})

test('sessions are ranked by what each used in a time, of some models or in some projects', () => {
  const prices = { asOf: '', source: '', models: { m: { input: 1, cached: 1, output: 0 } } }
  const ranked = (params: { since?: number; until?: number; models?: (string | null)[]; projects?: string[] } = {}) => {
    const asked = { since: 0, models: [], projects: [], limit: 2, ...params }
    const { sessions, total } = stage.reader().usageOfSessions(asked, prices)
    return [total, ...sessions.map(({ session, requestCount, usd }) => `${session.id} ${requestCount} ${usd}`)]
  }
  const run = stage.run()
  const million = { model: 'm', input: 1_000_000 }
  record(run, ...exchange('a', noon, million), ...exchange('b', noon + 24 * hourMs, million))
  record(run, ...exchange('c', noon + 24 * hourMs, { sessionId: 's2', turnId: 't2', ...million, input: 3_000_000 }))
  record(
    run,
    ...exchange('d', noon + 24 * hourMs, { sessionId: 's3', turnId: 't3', cwd: '/home/ada/api', model: 'new' }),
  )
  const dayAfter = { since: noon + 12 * hourMs }
  expect(ranked(dayAfter)).toEqual([3, 's2 1 3', 's1 1 1'])
  expect(ranked({ until: noon + 12 * hourMs })).toEqual([1, 's1 1 1'])
  expect(ranked({ models: ['m'] })).toEqual([2, 's2 1 3', 's1 2 2'])
  expect(ranked({ projects: ['/home/ada/api'] })).toEqual([1, 's3 1 null'])
  expect(ranked({ models: ['m'], projects: ['/home/ada/api'] })).toEqual([0])
  expect(ranked({ models: [null] })).toEqual([0])
  // All of everything stands beside the sessions, at the prices of when they were derived: nobody had one for these models.
  expect(ranked()).toEqual([3, 's2 1 null', 's1 2 null'])
  expect(ranked({ ...dayAfter, until: noon + 25 * hourMs })).toEqual(ranked(dayAfter))
})

test('a day is a day of the zone that asks, also on those of 23 and 25 hours', () => {
  const run = stage.run()
  const late = Date.UTC(2026, 10, 24, 23, 30)
  record(run, ...exchange('a', late))
  const days = (timeZone: string) => rows({ timeZone }).map(({ day, requestCount }) => `${day} ${requestCount}`)
  expect(days('UTC')).toEqual(['2026-11-24 1'])
  expect(days('Europe/Berlin')).toEqual(['2026-11-25 1'])
  expect(days('America/New_York')).toEqual(['2026-11-24 1'])
  expect(days('Asia/Kathmandu')).toEqual(['2026-11-25 1'])
  // On this day Berlin's clocks go back at 01:00 UTC; the day begins at 22:00 UTC the day before, and ends at 23:00.
  const longDay = [Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 0, 45), Date.UTC(2026, 9, 25, 22, 45)]
  for (const [n, at] of longDay.entries())
    record(run, ...exchange(`l${n}`, at, { sessionId: `l${n}`, turnId: `l${n}` }))
  expect(days('Europe/Berlin')).toEqual(['2026-10-25 3', '2026-11-25 1'])
  expect(() => rows({ timeZone: 'Moon/Base' })).toThrow('There is no time zone Moon/Base.')
})

test('retries without an answer cost nothing; prewarms and compactions count as sessions count them', () => {
  const run = stage.run()
  record(
    run,
    ...socket({ streamId: 'w', at: noon }),
    createFrame('w', { ...requestOf({ kind: 'prewarm', input: [], turnId: null }), generate: false }, noon + 1),
    ...[created('p'), completed('p')].map((event) => serverFrame('w', event, noon + 2)),
  )
  expect(rows()).toEqual([])
  record(run, ...exchange('a', noon + 1_000))
  record(run, ...post({ streamId: 'cut', at: noon + 2_000, events: [created('cut')] }))
  record(run, ...exchange('again', noon + 3_000))
  record(run, ...exchange('compact', noon + 4_000, { kind: 'compaction' }))
  agrees()
  expect(rows().reduce((sum, { requestCount }) => sum + requestCount, 0)).toBe(4)
  // A session as a whole tells of as many, and so does it in a time.
  const asked = { models: [], projects: [], limit: 10 }
  for (const since of [0, noon]) {
    const { sessions } = stage.reader().usageOfSessions({ ...asked, since }, builtInPrices)
    expect(sessions.map(({ requestCount }) => requestCount)).toEqual([4])
  }
})

test('a title that codex made in a conversation of its own is counted as little as sessions count it', () => {
  const run = stage.run()
  record(run, ...exchange('a', noon))
  const title = requestOf({ sessionId: 'title', turnId: 'title', source: 'thread_title' })
  record(run, ...post({ streamId: 't', at: noon, request: title, events: answerOf('rt', '{"title":"Hello"}') }))
  expect(rows()).toEqual([row('2026-11-24', 1)])
  agrees()
})

test('a long request stands by itself, because it costs more', () => {
  const run = stage.run()
  record(run, ...exchange('a', noon, { input: 300_000 }))
  record(run, ...exchange('b', noon))
  expect(
    rows()
      .map(({ isLong }) => isLong)
      .sort(),
  ).toEqual([false, true])
  agrees()
})

test('what a deleted session used is gone at once, comes back with it, and leaves no name behind', async () => {
  const run = stage.run([], { undoMs: 60_000 })
  record(
    run,
    ...exchange('a', noon),
    ...exchange('b', noon, { sessionId: 's2', turnId: 't2', cwd: '/home/ada/secret' }),
  )
  const whole = rows()
  await run.methods.handlers['session/delete']({ id: 's2' })
  expect(rows()).toEqual([row('2026-11-24', 1)])
  // What goes on in a session that is being deleted goes with it.
  record(run, ...exchange('c', noon, { sessionId: 's2', turnId: 't2', cwd: '/home/ada/secret' }))
  expect(rows()).toEqual([row('2026-11-24', 1)])
  await run.methods.handlers['session/undelete']({ id: 's2' })
  expect(rows()).toEqual([whole[0], row('2026-11-24', 2, { project: '/home/ada/secret' })])
  agrees()
})

test('a deletion for good takes what was used along', async () => {
  const run = stage.run()
  record(run, ...exchange('a', noon), ...exchange('b', noon, { sessionId: 's2', turnId: 't2' }))
  await run.methods.handlers['session/delete']({ id: 's1' })
  expect(rows()).toEqual([row('2026-11-24', 1)])
  await run.methods.handlers['session/delete']({ id: 's2' })
  expect(rows()).toEqual([])
})

test('deriving everything again tells the same, and counts nothing twice', async () => {
  const run = stage.run()
  record(
    run,
    ...exchange('a', noon),
    ...exchange('b', noon + hourMs, { sessionId: 's2', turnId: 't2', cwd: '/home/ada/api' }),
  )
  const before = rows()
  expect(before).toHaveLength(2)
  await run.methods.handlers['archive/rederive']({})
  await run.methods.handlers['archive/rederive']({})
  expect(rows()).toEqual(before)
  agrees()
})
