import { expect, test } from 'vitest'
import type { Update } from '../../contract/domain/update.ts'
import { createUpdates, foldUpdate, type Updater } from './updates.ts'

/** An updater of the test's own, whose answers wait until they are given. */
function makeStage({ whyNot = null as string | null, isCheckWanted = true, hasUpdater = true } = {}) {
  const check = Promise.withResolvers<string | null>()
  const download = Promise.withResolvers<void>()
  const stage = {
    time: 1_000,
    checks: 0,
    installs: 0,
    declined: null as string | null,
    told: [] as Update[],
    reports: [] as unknown[],
    check,
    download,
    progress: (_percent: number) => {},
  }
  const updater: Updater = {
    whyNot,
    check() {
      stage.checks += 1
      return check.promise
    },
    download(onProgress) {
      stage.progress = onProgress
      return download.promise
    },
    async install() {
      stage.installs += 1
    },
  }
  const updates = createUpdates({
    updater: hasUpdater ? updater : null,
    isCheckWanted: () => isCheckWanted,
    declinedVersion: () => stage.declined,
    keepDeclined(version) {
      stage.declined = version
    },
    onChanged: (update) => stage.told.push(update),
    report: (error) => stage.reports.push(error),
    now: () => stage.time,
  })
  return { stage, updates }
}

test('a newer version is offered, fetched when the user says so, and installed when the user says so again', async () => {
  const { stage, updates } = makeStage()
  const looked = updates.check()
  stage.check.resolve('2.0.0')
  expect(await looked).toEqual({ state: 'available', version: '2.0.0' })
  await expect(updates.install()).rejects.toThrow('no newer version that is ready')

  updates.download()
  for (const percent of [0.4, 40.2, 40.9, 130]) stage.progress(percent)
  stage.download.resolve()
  await stage.download.promise
  await Promise.resolve()
  expect(stage.told).toEqual([
    { state: 'checking' },
    { state: 'available', version: '2.0.0' },
    { state: 'downloading', version: '2.0.0', percent: 0 },
    { state: 'downloading', version: '2.0.0', percent: 40 },
    { state: 'downloading', version: '2.0.0', percent: 100 },
    { state: 'ready', version: '2.0.0' },
  ])
  expect(stage.installs).toBe(0)
  await updates.install()
  expect(stage.installs).toBe(1)
})

test('a version that was declined is not offered again, but to who asks for it', async () => {
  const { stage, updates } = makeStage()
  stage.check.resolve('2.0.0')
  await updates.check()
  updates.decline()
  expect(stage.declined).toBe('2.0.0')
  expect(() => updates.decline()).toThrow('no newer version to decline')

  stage.time += 25 * 60 * 60 * 1000
  updates.read()
  await expect.poll(() => stage.told.at(-1)).toEqual({ state: 'declined', version: '2.0.0' })
  expect(await updates.check()).toEqual({ state: 'available', version: '2.0.0' })
})

test('reading looks at most once a day, only if that is wanted, and two looks at once are one', async () => {
  const { stage, updates } = makeStage()
  expect(updates.read()).toEqual({ state: 'checking' })
  updates.read()
  const asked = updates.check()
  stage.check.resolve(null)
  expect(await asked).toEqual({ state: 'current', checkedAt: 1_000 })
  expect(updates.read()).toEqual({ state: 'current', checkedAt: 1_000 })
  expect(stage.checks).toBe(1)

  const unwanted = makeStage({ isCheckWanted: false })
  expect(unwanted.updates.read()).toEqual({ state: 'notChecked' })
  expect(unwanted.stage.checks).toBe(0)
})

test('a failure is said in a sentence and kept in the log, and another try begins anew', async () => {
  const { stage, updates } = makeStage()
  const error = new Error('404, with all its headers')
  stage.check.reject(error)
  const message = 'Looking for a newer version failed. Is there a network? The log says more.'
  expect(await updates.check()).toEqual({ state: 'failed', message })
  expect(stage.reports).toEqual([error])
  expect(() => updates.download()).toThrow('no newer version to fetch')
  expect(await updates.check()).toMatchObject({ state: 'failed' })
  expect(stage.checks).toBe(2)
})

test('a copy that does not update itself says so and looks nowhere', async () => {
  const portable = makeStage({ whyNot: 'Get the new one from the page.' })
  expect(await portable.updates.check()).toEqual({ state: 'unsupported', message: 'Get the new one from the page.' })
  expect(portable.stage.checks).toBe(0)
  expect(makeStage({ hasUpdater: false }).updates.read()).toMatchObject({ state: 'unsupported' })
})

test('what does not fit the state changes nothing', () => {
  const current: Update = { state: 'current', checkedAt: 1 }
  for (const type of ['downloadStarted', 'downloaded', 'declined'] as const) {
    expect(foldUpdate(current, { type })).toBe(current)
  }
  expect(foldUpdate(current, { type: 'progressed', percent: 3 })).toBe(current)
})
