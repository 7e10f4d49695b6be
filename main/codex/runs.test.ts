import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readLoginShellPath } from './loginShellPath.ts'
import { realRuns } from './runs.ts'

const env = { PATH: process.env.PATH }

test.skipIf(process.platform === 'win32')('a program that does not end is ended, with what it started', async () => {
  const result = await realRuns.run('/bin/sh', ['-c', 'sleep 600 & echo $!; wait'], { env, timeoutMs: 300 })
  expect(result.exitCode).toBeNull()
  const sleeper = Number(result.stdout)
  expect(sleeper).toBeGreaterThan(1)
  await expect.poll(() => isRunning(sleeper), { timeout: 5000 }).toBe(false)
})

test.skipIf(process.platform === 'win32')('a child left behind does not keep the answer waiting', async () => {
  const result = await realRuns.run('/bin/sh', ['-c', 'sleep 5 & echo done; exit 3'], { env, timeoutMs: 60_000 })
  expect(result).toEqual({ exitCode: 3, stdout: 'done\n', stderr: '' })
})

test('a program that is not there has no exit code', async () => {
  const result = await realRuns.run('/nowhere/codex', [], { env, timeoutMs: 1000 })
  expect(result).toEqual({ exitCode: null, stdout: '', stderr: '' })
})

test('a folder is no executable file', async () => {
  expect(await realRuns.isExecutableFile(tmpdir())).toBe(false)
  expect(await realRuns.isExecutableFile(process.execPath)).toBe(true)
})

test.skipIf(process.platform === 'win32')('a real login shell tells the PATH that its rc files make', async () => {
  const homeDir = mkdtempSync(path.join(tmpdir(), 'tapedeck-shell-'))
  try {
    writeFileSync(path.join(homeDir, '.profile'), 'echo hello from the rc file\nPATH=/made/by/rc:$PATH\n')
    const answer = await readLoginShellPath({
      env: { ...env, HOME: homeDir, SHELL: '/bin/sh' },
      platform: process.platform,
      homeDir,
      runs: realRuns,
    })
    expect(answer?.split(':')[0]).toBe('/made/by/rc')
  } finally {
    rmSync(homeDir, { recursive: true, force: true })
  }
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that nobody has waited for yet is still in the table, as a zombie.
    return !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')
  } catch {
    return false
  }
}
