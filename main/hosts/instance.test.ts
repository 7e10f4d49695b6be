import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataFolder, readInstance, writeInstance } from './instance.ts'
import { findStandIn } from './standInFolder.ts'

const instance = { pid: 7, apiPort: 1, apiToken: 'x', proxyPort: 2, endsByItself: true }

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-instance-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('one holds the lock, the next gets none, and after its release it is free again', () => {
  const first = lockDataFolder(dataDir)
  expect(first).not.toBeNull()
  expect(lockDataFolder(dataDir)).toBeNull()
  first?.release()
  const second = lockDataFolder(dataDir)
  expect(second).not.toBeNull()
  second?.release()
})

test('a process that is killed leaves no lock behind', async () => {
  const code = `import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'instance.ts'))}
    globalThis.kept = lockDataFolder(${JSON.stringify(dataDir)})
    console.log(kept ? 'locked' : 'refused'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [answer] = await once(holder.stdout, 'data')
  expect(String(answer).trim()).toBe('locked')
  expect(lockDataFolder(dataDir)).toBeNull()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const lock = lockDataFolder(dataDir)
  expect(lock).not.toBeNull()
  lock?.release()
})

test('an instance is read back as it was written, by its owner alone', () => {
  writeInstance(dataDir, instance)
  expect(readInstance(dataDir)).toEqual(instance)
  expect(statSync(join(dataDir, 'instance.json')).mode & 0o777).toBe(0o600)
})

test('without one, or with a broken one, there is a fresh identity', () => {
  const fresh = readInstance(dataDir)
  expect(fresh).toEqual({
    pid: null,
    apiPort: 0,
    apiToken: expect.stringMatching(/^[\w-]{43}$/),
    proxyPort: 0,
    endsByItself: false,
  })
  expect(readInstance(dataDir).apiToken).not.toBe(fresh.apiToken)
})

/** What is there in place of the folder takes nothing, whoever asks. */
function refuseAll(): void {
  rmSync(dataDir, { recursive: true })
  writeFileSync(dataDir, '')
}

function removeStandIn(): void {
  rmSync(String(findStandIn(dataDir)), { recursive: true })
}

test('where nothing can be written into the data folder one process holds the lock all the same, and the others find it', () => {
  refuseAll()
  const lock = lockDataFolder(dataDir)
  expect(lock).toMatchObject({ isOfDataFolder: false })
  expect(lockDataFolder(dataDir)).toBeNull()
  writeInstance(dataDir, instance)
  expect(readInstance(dataDir)).toEqual(instance)
  expect(statSync(String(findStandIn(dataDir))).mode & 0o777).toBe(0o700)
  lock?.release()
  removeStandIn()
})

test('what is written into the data folder takes the place of what was written elsewhere', () => {
  refuseAll()
  writeInstance(dataDir, { ...instance, pid: 8 })
  rmSync(dataDir)
  mkdirSync(dataDir)
  writeInstance(dataDir, instance)
  expect(readInstance(dataDir)).toEqual(instance)
  removeStandIn()
})

test.skipIf(process.platform === 'win32')('a folder that others may write to stands in for nothing', () => {
  refuseAll()
  writeInstance(dataDir, instance)
  const standIn = String(findStandIn(dataDir))
  chmodSync(standIn, 0o777)
  expect(readInstance(dataDir).pid).toBeNull()
  rmSync(standIn, { recursive: true })
})
