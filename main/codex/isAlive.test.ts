import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive } from './isAlive.ts'

const pidOf = (child: ChildProcess) => child.pid as number

test('a process is alive until it has ended', async () => {
  const child = spawn('sleep', ['30'])
  expect(isAlive(pidOf(child))).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pidOf(child))).toBe(false)
})

test('a process that has ended and was not waited for is not alive', async () => {
  // The shell becomes a program that waits for nobody, and its child ends.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [told] = (await once(parent.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer]
  await expect.poll(() => isAlive(Number(told)), { timeout: 10_000 }).toBe(false)
  expect(isAlive(pidOf(parent))).toBe(true)
  parent.kill('SIGKILL')
})
