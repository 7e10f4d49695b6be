import { expect, test } from 'vitest'
import { createRepeater } from './repeater.ts'

function setUp() {
  let connection = 0
  const runs: (() => void)[] = []
  const ask = createRepeater(
    {
      ofThisConnection() {
        const own = connection
        return () => own === connection
      },
    },
    () => new Promise((resolve) => runs.push(resolve)),
  )
  return { ask, runs, reconnect: () => void connection++, settle: () => new Promise((resolve) => setTimeout(resolve)) }
}

test('whoever asks while it runs gets one more run after it, however many ask', async () => {
  const { ask, runs, settle } = setUp()
  for (let asked = 0; asked < 3; asked++) ask()
  expect(runs).toHaveLength(1)
  runs[0]?.()
  await settle()
  expect(runs).toHaveLength(2)
  runs[1]?.()
  await settle()
  expect(runs).toHaveLength(2)
  ask()
  expect(runs).toHaveLength(3)
})

test('a run of an earlier connection that never ends holds up nobody of this one', async () => {
  const { ask, runs, reconnect, settle } = setUp()
  ask()
  ask()
  reconnect()
  ask()
  expect(runs).toHaveLength(2)
  // The one from before does not go on for who asked then.
  runs[0]?.()
  await settle()
  ask()
  expect(runs).toHaveLength(2)
  runs[1]?.()
  await settle()
  expect(runs).toHaveLength(3)
})
