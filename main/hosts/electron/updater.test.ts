import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createUpdater, type UpdateEngine, type UpdaterOptions } from './updater.ts'

function makeEngine(found: { isUpdateAvailable: boolean; updateInfo: { version: string } } | null) {
  const listeners = new Map<string, (value: never) => void>()
  const calls: string[] = []
  const engine: UpdateEngine = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    logger: console,
    async checkForUpdates() {
      calls.push(`check, autoDownload ${this.autoDownload}, autoInstallOnAppQuit ${this.autoInstallOnAppQuit}`)
      return found
    },
    async downloadUpdate() {
      calls.push('download')
      listeners.get('download-progress')?.({ percent: 12.5 } as never)
    },
    quitAndInstall: () => calls.push('quitAndInstall'),
    on: (event: string, listener: (value: never) => void) => listeners.set(event, listener),
    removeListener: (event: string) => listeners.delete(event),
  }
  return { engine, calls, listeners }
}

const packaged: UpdaterOptions = {
  isPackaged: true,
  platform: 'darwin',
  env: {},
  resourcesPath: '/nowhere',
  prepareQuit: async () => true,
}

test('the engine does nothing by itself: it looks, fetches and replaces when it is told to', async () => {
  const { engine, calls, listeners } = makeEngine({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })
  const updater = createUpdater({ ...packaged, loadEngine: async () => engine })
  expect(calls).toEqual([])
  expect(await updater.check()).toBe('2.0.0')
  const percents: number[] = []
  await updater.download((percent) => percents.push(percent))
  expect(percents).toEqual([12.5])
  expect([...listeners.keys()]).toEqual(['error'])
  await updater.install()
  expect(calls).toEqual(['check, autoDownload false, autoInstallOnAppQuit false', 'download', 'quitAndInstall'])
})

test('nothing newer is null, whichever way the engine says it', async () => {
  for (const found of [null, { isUpdateAvailable: false, updateInfo: { version: '1.0.0' } }]) {
    const { engine } = makeEngine(found)
    expect(await createUpdater({ ...packaged, loadEngine: async () => engine }).check()).toBe(null)
  }
})

test('a user who would rather stay keeps the running version', async () => {
  const { engine, calls } = makeEngine(null)
  const options = { ...packaged, prepareQuit: async () => false, loadEngine: async () => engine }
  await createUpdater(options).install()
  expect(calls).toEqual([])
})

test('a copy that cannot replace itself says why: from sources, portable, or without an installer', () => {
  const resourcesPath = mkdtempSync(join(tmpdir(), 'tapedeck-updater-'))
  const whyNot = (changed: Partial<UpdaterOptions>) => createUpdater({ ...packaged, resourcesPath, ...changed }).whyNot
  expect(whyNot({ isPackaged: false })).toContain('from its sources')
  expect(whyNot({ platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\t.exe' } })).toContain('portable')
  expect(whyNot({ platform: 'linux' })).toContain('without an installer')
  expect(whyNot({ platform: 'linux', env: { APPIMAGE: '/t.AppImage' } })).toBe(null)
  writeFileSync(join(resourcesPath, 'package-type'), 'deb')
  expect(whyNot({ platform: 'linux' })).toBe(null)
  expect([whyNot({ platform: 'win32' }), whyNot({ platform: 'darwin' })]).toEqual([null, null])
  rmSync(resourcesPath, { recursive: true })
})
