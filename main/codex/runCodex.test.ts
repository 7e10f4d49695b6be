import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { npmCodexPath } from './realCodex.ts'
import { testedVersion } from './testedVersion.ts'

/** A process of its own that runs `file` as Tapedeck does, and ends as it should: signals to a test would end the test. */
function startRunner(file: string, args: string[]) {
  const runCodexFile = path.join(import.meta.dirname, 'runCodex.ts')
  const script = `
    const { runCodex } = await import(${JSON.stringify(runCodexFile)})
    const command = { file: process.argv[1], args: process.argv.slice(2), env: process.env, cwd: process.cwd() }
    const exitCode = await runCodex(command, (pid) => process.stderr.write('pid ' + pid + '\\n')).catch((error) => error.message)
    process.stderr.write('result ' + exitCode + '\\n')`
  // A group of its own, so that all of it can be ended.
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', file, ...args], { detached: true })
  onTestFinished(() => endGroup(child.pid))
  const lines = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    lines.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    lines.stderr += text
  })
  const ended = new Promise<{ stdout: string; result: string }>((resolve) => {
    child.on('close', () => resolve({ stdout: lines.stdout, result: /result (.*)/.exec(lines.stderr)?.[1] ?? '' }))
  })
  return { child, lines, ended }
}

/** What a test that fails would leave behind: the child outlives its runner. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}

const sh = (script: string) => startRunner('/bin/sh', ['-c', script])

test('standard output is passed through, and so is the exit code', async () => {
  const { ended } = startRunner(npmCodexPath, ['--version'])
  expect(await ended).toEqual({ stdout: `codex-cli ${testedVersion}\n`, result: '0' })
  expect((await startRunner(npmCodexPath, ['--no-such-option']).ended).result).toBe('2')
})

test.skipIf(process.platform === 'win32').each([
  ['SIGTERM', 'TERM'],
  ['SIGHUP', 'HUP'],
  ['SIGINT', 'INT'],
] as const)('%s is passed on once, and the child ends as it wants', async (signal, name) => {
  const { child, lines, ended } = sh(
    `count=0; trap 'count=$((count+1)); echo got; sleep 0.3; exit $((40+count))' ${name}; echo ready; while :; do sleep 0.05; done`,
  )
  await expect.poll(() => lines.stdout, { timeout: 10_000 }).toContain('ready')
  child.kill(signal)
  expect(await ended).toEqual({ stdout: 'ready\ngot\n', result: '41' })
})

test.skipIf(process.platform === 'win32')(
  'a child that a signal ended makes 128 and the number of the signal',
  async () => {
    expect((await sh('kill -KILL $$').ended).result).toBe('137')
  },
)

test('a codex that cannot be started is an error that names it', async () => {
  expect((await startRunner('/nowhere/codex', []).ended).result).toContain('/nowhere/codex could not be started in ')
})
