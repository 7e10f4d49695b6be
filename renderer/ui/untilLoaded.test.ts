import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilLoaded, useMissingParts } from './untilLoaded.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const missing = () => useMissingParts.getState().count

test('a part that does not come is missing until it is there', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('not here'))
  const loaded = untilLoaded(load)
  await vi.advanceTimersByTimeAsync(0)
  while (load.mock.calls.length < 4) {
    expect(missing()).toBe(0)
    await vi.advanceTimersToNextTimerAsync()
  }
  expect(missing()).toBe(1)
  await vi.advanceTimersToNextTimerAsync()
  expect(missing()).toBe(1)
  load.mockResolvedValue('part')
  await vi.advanceTimersToNextTimerAsync()
  expect(await loaded).toBe('part')
  expect(missing()).toBe(0)
})

test('one that comes soon was never missing', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('not here')).mockResolvedValue('part')
  const loaded = untilLoaded(load)
  await vi.advanceTimersToNextTimerAsync()
  expect(await loaded).toBe('part')
  expect(missing()).toBe(0)
})
