import { expect, test, vi } from 'vitest'
import type { Connection } from './connection.ts'
import { outlive } from './outlive.ts'

/** A recorder that can be ended, and what became of the connection to it. */
function recorder({ endsByItself }: { endsByItself: boolean }) {
  const { promise: lost, resolve: end } = Promise.withResolvers<void>()
  const close = vi.fn(async () => {})
  const connection = { instance: { endsByItself }, lost, close } as unknown as Connection
  return { connection, end, close }
}

function stage(next: Connection[]) {
  const giving = new AbortController()
  const heard: Connection[] = []
  const open = vi.fn(async () => next.shift() as Connection)
  const options = { open, onNext: (connection: Connection) => void heard.push(connection), signal: giving.signal }
  return { options, heard, open, giveUp: () => giving.abort() }
}

test('one that is there to stay is what it gets at once', async () => {
  const stays = recorder({ endsByItself: false })
  const { options, open } = stage([])
  expect(await outlive(stays.connection, options)).toBe(stays.connection)
  expect([open.mock.calls, stays.close.mock.calls]).toEqual([[], []])
})

test('it waits for the end of each that ends by itself, and hears of those that come after the first', async () => {
  const [first, second] = [recorder({ endsByItself: true }), recorder({ endsByItself: true })]
  const stays = recorder({ endsByItself: false })
  const { options, heard, open } = stage([second.connection, stays.connection])
  const done = outlive(first.connection, options)
  first.end()
  await vi.waitFor(() => expect(heard).toEqual([second.connection]))
  expect(first.close).toHaveBeenCalledOnce()
  expect(open).toHaveBeenCalledOnce()
  second.end()
  expect(await done).toBe(stays.connection)
  expect(heard).toEqual([second.connection, stays.connection])
  expect(stays.close).not.toHaveBeenCalled()
})

test('when it gives up it lets go of the one beside, and becomes nothing', async () => {
  const first = recorder({ endsByItself: true })
  const { options, open, giveUp } = stage([])
  const done = outlive(first.connection, options)
  giveUp()
  expect(await done).toBeNull()
  expect(first.close).toHaveBeenCalledOnce()
  expect(open).not.toHaveBeenCalled()
})

test('when it gives up while it takes the place, it gives that away again', async () => {
  const first = recorder({ endsByItself: true })
  const taken = recorder({ endsByItself: false })
  const { options, heard, open, giveUp } = stage([])
  open.mockImplementation(async () => {
    giveUp()
    return taken.connection
  })
  const done = outlive(first.connection, options)
  first.end()
  expect(await done).toBeNull()
  expect(taken.close).toHaveBeenCalledOnce()
  expect(heard).toEqual([])
})
