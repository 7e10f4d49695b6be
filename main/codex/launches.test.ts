import { expect, test } from 'vitest'
import { createLaunches, graceMs, type LaunchRecord, placeholderKey } from './launches.ts'

function setUp(restored: LaunchRecord[] = []) {
  const world = { now: 1_000, alive: new Set<number>(), kept: [] as LaunchRecord[], ended: [] as string[] }
  const launches = createLaunches({
    restored,
    now: () => world.now,
    isAlive: (pid) => world.alive.has(pid),
    onStarted: (record) => world.kept.push({ ...record }),
    onEnded: (id) => world.ended.push(id),
  })
  return { world, launches }
}
const wish = { cwd: '/work', args: ['exec', 'hi'], credential: 'codexLogin' as const }

test('a token opens the proxy for its launch alone, and 128 bits are never kept', () => {
  const { world, launches } = setUp()
  const { id, pathToken } = launches.open(wish)
  expect(pathToken).toMatch(/^[0-9a-f]{32}$/)
  expect(launches.authorize(pathToken)).toEqual({
    launchId: id,
    credential: 'codexLogin',
    isPrivate: false,
    placeholderKey: null,
  })
  expect(launches.authorize(pathToken.slice(1))).toBeNull()
  expect(JSON.stringify(world.kept)).not.toContain(pathToken)
})

test('only a launch without a login of its own has a placeholder to replace', () => {
  const { launches } = setUp()
  const { id, pathToken } = launches.open({ ...wish, credential: 'keyWithoutLogin' })
  expect(launches.authorize(pathToken)).toEqual({
    launchId: id,
    credential: 'keyWithoutLogin',
    isPrivate: false,
    placeholderKey,
  })
})

test('an ended launch answers for a minute and never again', () => {
  const { world, launches } = setUp()
  const { id, pathToken } = launches.open(wish)
  expect(launches.end(id)).toBe(true)
  expect(launches.end(id)).toBe(false)
  world.now += graceMs
  expect(launches.authorize(pathToken)).not.toBeNull()
  world.now += 1
  expect(launches.authorize(pathToken)).toBeNull()
  expect(world.ended).toEqual([id])
})

test('a user can go on in a codex that is open, not in one that runs a prompt, nor in the one that is asked for the account', () => {
  const { launches } = setUp()
  const open = launches.open({ ...wish, args: ['resume', 'some-id'] })
  launches.open({ ...wish, args: ['exec', 'say hello'] })
  launches.open({ ...wish, args: ['app-server'] })
  expect(launches.listOpen().ids).toEqual([open.id])
  launches.end(open.id)
  expect(launches.listOpen().ids).toEqual([])
})

test('a launch that was live when the process died is let back in', () => {
  const before = setUp()
  const { id, pathToken } = before.launches.open(wish)
  const after = setUp(before.world.kept)
  expect(after.launches.authorize(pathToken)).toEqual({
    launchId: id,
    credential: 'codexLogin',
    isPrivate: false,
    placeholderKey: null,
  })
})

test('of a launch neither folder nor prompt are kept, and a private one is private after a restart too', () => {
  const before = setUp()
  const { pathToken } = before.launches.open({ ...wish, args: ['exec', 'a secret prompt'], isPrivate: true })
  before.launches.open({ ...wish, args: ['-m', 'x', 'another secret'] })
  expect(JSON.stringify(before.world.kept)).not.toMatch(/secret|cwd/)
  expect(before.world.kept[0]).toMatchObject({ args: ['exec'], isPrivate: true })
  const after = setUp(before.world.kept)
  expect(after.launches.authorize(pathToken)).toMatchObject({ isPrivate: true })
  expect(after.launches.listOpen()).toEqual({ ids: [expect.any(String)], privateCount: 1 })
})

test('the sweep ends launches whose codex is gone, and spares those that run or have just been made', () => {
  const { world, launches } = setUp()
  const running = launches.open(wish)
  const gone = launches.open(wish)
  const fresh = launches.open(wish)
  world.alive.add(11)
  launches.started(running.id, 11)
  launches.started(gone.id, 12)
  launches.sweep()
  expect(world.ended).toEqual([gone.id])
  expect(launches.liveCount()).toBe(2)
  world.now += graceMs + 1
  launches.sweep()
  expect(world.ended).toEqual([gone.id, fresh.id])
})
