import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root: string
let command: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-command-'))
  command = join(root, 'tools', 'tapedeck.js')
  mkdirSync(join(root, 'tools'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  cpSync(join(import.meta.dirname, 'tapedeck.js'), command)
})
afterEach(() => rmSync(root, { recursive: true }))

function build(): void {
  mkdirSync(join(root, 'out', 'main'), { recursive: true })
  writeFileSync(join(root, 'out', 'main', 'tapedeck.js'), 'console.log(process.argv.slice(2).join())')
}

function run(...nodeOptions: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, command, 'sessions', '--json'])
  return { status, stdout: String(stdout), stderr: String(stderr) }
}

test('the command is what was built', () => {
  build()
  expect(run()).toEqual({ status: 0, stdout: 'sessions,--json\n', stderr: '' })
})

test('it says what to do while nothing is built', () => {
  expect(run()).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/^tapedeck: .*`npm run build`/) })
})

test('a Node that is too old is told in a sentence', () => {
  build()
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '22.9.0' } })`
  const { status, stdout, stderr } = run('--import', `data:text/javascript,${encodeURIComponent(pretend)}`)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toBe('tapedeck: Tapedeck needs Node 24 or newer, and this is 22.9.0. Install one from nodejs.org.\n')
})
