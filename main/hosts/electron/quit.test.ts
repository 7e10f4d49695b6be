import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { createQuit } from './quit.ts'

const app = vi.hoisted(() => ({ quits: 0, listeners: [] as ((event: { preventDefault(): void }) => void)[] }))
vi.mock('electron', () => ({
  app: {
    on: (_name: string, listener: (event: { preventDefault(): void }) => void) => app.listeners.push(listener),
    quit: () => askToQuit(),
  },
}))

/** As Electron does it: whoever listens may put it off. */
function askToQuit(): boolean {
  let isPutOff = false
  for (const listener of app.listeners) listener({ preventDefault: () => (isPutOff = true) })
  if (!isPutOff) app.quits += 1
  return !isPutOff
}

beforeEach(() => {
  app.quits = 0
  app.listeners = []
})

function stage({ answer = true } = {}) {
  const told = new EventEmitter()
  const calls: string[] = []
  const quit = createQuit({
    async mayQuit() {
      calls.push('asked')
      return answer
    },
    async end() {
      calls.push('ending')
      await new Promise((resolve) => told.once('ended', resolve))
      calls.push('ended')
    },
    report: (error) => calls.push(String(error)),
  })
  return { quit, calls, finish: () => told.emit('ended') }
}

test('a quit waits until what is recorded is stored', async () => {
  const { calls, finish } = stage()
  expect(askToQuit()).toBe(false)
  expect(askToQuit()).toBe(false)
  await vi.waitFor(() => expect(calls).toEqual(['asked', 'ending']))
  finish()
  await vi.waitFor(() => expect(app.quits).toBe(1))
  expect(calls).toEqual(['asked', 'ending', 'ended'])
})

test('whoever would rather stay does', async () => {
  const { quit, calls } = stage({ answer: false })
  expect(askToQuit()).toBe(false)
  expect(await quit.prepare()).toBe(false)
  expect({ calls, quits: app.quits }).toEqual({ calls: ['asked'], quits: 0 })
})

test('a computer that shuts down is not held up, and asks nobody', async () => {
  const { quit, calls, finish } = stage()
  quit.endWithSystem()
  // The system's own wish, which comes behind.
  expect(askToQuit()).toBe(true)
  quit.endWithSystem()
  finish()
  await vi.waitFor(() => expect(calls).toEqual(['ending', 'ended']))
  await vi.waitFor(() => expect(app.quits).toBe(2))
})
