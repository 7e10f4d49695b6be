import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDataFolder, readInstance, writeInstance } from './instance.ts'

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
  const instance = { pid: 7, apiPort: 1, apiToken: 'x', proxyPort: 2 }
  writeInstance(dataDir, instance)
  expect(readInstance(dataDir)).toEqual(instance)
  expect(statSync(join(dataDir, 'instance.json')).mode & 0o777).toBe(0o600)
})

test('without one, or with a broken one, there is a fresh identity', () => {
  const fresh = readInstance(dataDir)
  expect(fresh).toEqual({ pid: null, apiPort: 0, apiToken: expect.stringMatching(/^[\w-]{43}$/), proxyPort: 0 })
  expect(readInstance(dataDir).apiToken).not.toBe(fresh.apiToken)
})
