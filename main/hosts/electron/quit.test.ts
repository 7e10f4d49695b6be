import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { createQuit } from './quit.ts'

type Listener = (event: { preventDefault(): void }) => void

const app = vi.hoisted(() => ({ quits: 0, listeners: new Map<string, Listener>() }))
vi.mock('electron', () => ({
  app: {
    on: (name: string, listener: Listener) => app.listeners.set(name, listener),
    quit: () => askToQuit(),
  },
}))

/** As Electron does it: whoever listens may put it off, before the windows are closed and after. */
function askToQuit(): 'refused' | 'waiting' | 'quit' {
  if (isPutOff('before-quit')) return 'refused'
  if (isPutOff('will-quit')) return 'waiting'
  app.quits += 1
  return 'quit'
}

function isPutOff(name: string): boolean {
  const preventDefault = vi.fn()
  app.listeners.get(name)?.({ preventDefault })
  return preventDefault.mock.calls.length > 0
}

beforeEach(() => {
  app.quits = 0
  app.listeners.clear()
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
  expect([askToQuit(), askToQuit()]).toEqual(['refused', 'refused'])
  await vi.waitFor(() => expect(calls).toEqual(['asked', 'ending']))
  finish()
  await vi.waitFor(() => expect(app.quits).toBe(1))
  expect(calls).toEqual(['asked', 'ending', 'ended'])
})

test('whoever would rather stay does', async () => {
  const { quit, calls } = stage({ answer: false })
  expect(askToQuit()).toBe('refused')
  expect(await quit.prepare()).toBe(false)
  expect({ calls, quits: app.quits }).toEqual({ calls: ['asked'], quits: 0 })
})

test('a computer that shuts down is not refused, asks nobody, and waits for what is stored', async () => {
  const { quit, calls, finish } = stage()
  quit.endWithSystem()
  // The system's own wish, which comes behind.
  expect(askToQuit()).toBe('waiting')
  quit.endWithSystem()
  expect(app.quits).toBe(0)
  finish()
  await vi.waitFor(() => expect(app.quits).toBeGreaterThan(0))
  expect(calls).toEqual(['ending', 'ended'])
  expect(askToQuit()).toBe('quit')
})
