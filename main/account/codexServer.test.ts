import { beforeEach, expect, test } from 'vitest'
import { createServerOnDemand, NoCodex, type ServerOnDemand } from './codexServer.ts'

interface Started {
  end(): void
  isStopped: boolean
}

let started: Started[]
let lost: number
let failure: Error | null
let codex: ServerOnDemand

beforeEach(() => {
  started = []
  lost = 0
  failure = null
  codex = createServerOnDemand({
    async startServer() {
      if (failure) throw failure
      const ended = Promise.withResolvers<void>()
      const number = started.length
      const server: Started = { end: ended.resolve, isStopped: false }
      started.push(server)
      return {
        request: async () => number,
        onNotification: () => () => {},
        ended: ended.promise,
        async stop() {
          server.isStopped = true
        },
      }
    },
    isInUse: () => false,
    onNotification() {},
    onLost: () => lost++,
    report() {},
  })
})

test('one codex answers all questions, and the next is started when it has ended', async () => {
  expect(await Promise.all([codex.request('a', {}), codex.request('b', {})])).toEqual([0, 0])
  started[0]?.end()
  await expect.poll(() => lost).toBe(1)
  expect(await codex.request('a', {})).toBe(1)
})

test('a codex that was let go and ends late takes nothing from the next one', async () => {
  await codex.request('a', {})
  await codex.letGo()
  expect(await codex.request('a', {})).toBe(1)
  started[0]?.end()
  await new Promise(setImmediate)
  expect(await codex.request('a', {})).toBe(1)
  await codex.close()
  expect({ stopped: started.map(({ isStopped }) => isStopped), lost }).toEqual({ stopped: [true, true], lost: 0 })
})

test('a start that failed is tried again with the next question', async () => {
  failure = new NoCodex('There is none.')
  await expect(codex.request('a', {})).rejects.toBe(failure)
  failure = null
  expect(await codex.request('a', {})).toBe(0)
})
