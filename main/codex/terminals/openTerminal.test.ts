import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FoundTerminal } from './findTerminals.ts'
import { writeLauncher } from './launcher.ts'
import { openTerminal } from './openTerminal.ts'

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-open-'))
  folder = join(root, 'launchers')
})
afterEach(() => rmSync(root, { recursive: true }))

/** A terminal made of a shell script, whose first argument is the launcher. */
function terminalThat(does: string): FoundTerminal {
  const program = join(root, 'terminal')
  writeFileSync(program, `#!/bin/sh\n${does}\n`, { mode: 0o755 })
  return { id: 'custom', name: 'terminal', launcher: 'sh', open: (file) => ({ file: program, args: [file] }) }
}

function open(terminal: FoundTerminal, startWithinMs = 15_000) {
  const launcher = writeLauncher(folder, 'sh', { file: '/bin/sleep', args: ['30'], cwd: root }, {})
  return openTerminal({ terminal, launcher, env: { PATH: process.env.PATH }, startWithinMs })
}

test('a terminal that runs the launcher is open once codex runs, under the process id that is told', async () => {
  const opened = await open(terminalThat('exec /bin/sh "$1"'))
  expect(opened).toEqual({ ok: true, pid: expect.any(Number) })
  if (!opened.ok) return
  // It is there to be ended: a process that outlives whoever opened it.
  process.kill(opened.pid)
  expect(readdirSync(folder)).toEqual([])
})

test('a terminal that hands over to its first process and ends is waited for', async () => {
  const opened = await open(terminalThat('(sleep 0.3; exec /bin/sh "$1") & exit 0'))
  expect(opened).toEqual({ ok: true, pid: expect.any(Number) })
  if (opened.ok) process.kill(opened.pid)
})

test('a terminal that fails is said at once, with what it complained about', async () => {
  expect(await open(terminalThat('echo "cannot open display" >&2; exit 1'))).toEqual({
    ok: false,
    message: 'ended with code 1: cannot open display',
  })
  expect(readdirSync(folder)).toEqual([])
})

test('a long complaint is cut, and its lines become one', async () => {
  const opened = await open(terminalThat(`printf '%s\\n' one two ${'x'.repeat(400)} >&2; exit 3`))
  expect(opened).toEqual({ ok: false, message: `ended with code 3: one two ${'x'.repeat(152)}…` })
})

test('a terminal that is not there is said', async () => {
  const gone: FoundTerminal = {
    id: 'custom',
    name: 'gone',
    launcher: 'sh',
    open: (file) => ({ file: join(root, 'gone'), args: [file] }),
  }
  expect(await open(gone)).toEqual({ ok: false, message: `is not at ${join(root, 'gone')}` })
  expect(readdirSync(folder)).toEqual([])
})

test('a terminal that does nothing is given up after the time it has, and its launcher with it', async () => {
  expect(await open(terminalThat('exit 0'), 50)).toEqual({ ok: false, message: 'did not start codex within 0 s' })
  expect(readdirSync(folder)).toEqual([])
})
