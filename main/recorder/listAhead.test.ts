import { expect, test, vi } from 'vitest'
import type { ParsedParams } from '../../contract/api.ts'
import { createListAhead } from './listAhead.ts'

type Asked = ParsedParams<'session/list'>

const quick: Asked = { limit: 100, query: 'the', sort: 'updated', isQuick: true }
const whole: Asked = { limit: 100, query: 'the', sort: 'updated', cursor: null }
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve))

/** An archive in which every word is everywhere, unless it is rare. */
function sampleArchive() {
  const looks: Asked[] = []
  const state = { seq: 1, isClosed: false }
  const list = createListAhead({
    seq: () => state.seq,
    listSessions(asked) {
      if (state.isClosed) throw new Error('The archive is closed.')
      looks.push(asked)
      const isPartial = asked.isQuick === true && asked.query !== 'rare'
      return { sessions: [], total: looks.length, ...(isPartial && { isPartial }), nextCursor: null, seq: state.seq }
    },
  })
  return { list, looks, state }
}

test('all of a list is there when it is asked for after a quick answer that left something out', async () => {
  const { list, looks } = sampleArchive()
  expect(list(quick)).toMatchObject({ isPartial: true })
  expect(looks).toHaveLength(1)
  await turnOfLoop()
  expect(looks).toEqual([quick, expect.not.objectContaining({ isQuick: true })])
  const listed = list(whole)
  expect(listed).not.toHaveProperty('isPartial')
  expect(looks).toHaveLength(2)
  // It is no memory: the next one looks again.
  expect(list(whole)).not.toBe(listed)
  expect(looks).toHaveLength(3)
})

test('nothing is looked up ahead where the quick answer was whole', async () => {
  const { list, looks } = sampleArchive()
  list({ ...quick, query: 'rare' })
  await turnOfLoop()
  expect(looks).toHaveLength(1)
})

test('what was looked up ahead is not told when something was changed since, nor to another question', async () => {
  const { list, looks, state } = sampleArchive()
  list(quick)
  await turnOfLoop()
  state.seq = 2
  expect(list(whole)).toMatchObject({ seq: 2 })
  expect(looks).toHaveLength(3)
  for (const other of [{ query: 'a' }, { sort: 'cost' as const }, { limit: 7 }, { cursor: '1_1' }]) {
    list(quick)
    await turnOfLoop()
    const before = looks.length
    list({ ...whole, ...other })
    expect(looks.slice(before)).toEqual([{ ...whole, ...other }])
  }
})

test('what was looked up ahead is not told a while later', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const { list, looks } = sampleArchive()
    list(quick)
    await turnOfLoop()
    vi.advanceTimersByTime(5_000)
    list(whole)
    expect(looks).toHaveLength(3)
  } finally {
    vi.useRealTimers()
  }
})

test('a look ahead that fails is none: the question itself is told why', async () => {
  const { list, state } = sampleArchive()
  list(quick)
  state.isClosed = true
  await turnOfLoop()
  expect(() => list(whole)).toThrow('The archive is closed.')
})
