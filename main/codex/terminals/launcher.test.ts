import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeCmdScript } from './cmdScript.ts'
import { type LauncherKind, writeLauncher } from './launcher.ts'
import type { LauncherPlan } from './launcherPlan.ts'
import { writePowerShellScript } from './powerShellScript.ts'

const hostile = [
  'a b',
  "it's",
  'say "hi"',
  '$(touch pwned)',
  '`touch pwned`',
  '$HOME',
  '; touch pwned;',
  '& touch pwned &',
  '| touch pwned',
  'two\nlines\n',
  '-n',
  '*',
  '~',
  '\\',
  "\\'",
  '!!',
  '#',
  'é ü 日本 🎞',
  '',
]

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-launcher-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** Tells what it was started with, as a codex that only looks at itself. */
function writeProbe(): string {
  const path = join(root, 'bin folder', 'probe')
  mkdirSync(join(root, 'bin folder'))
  const script = `const { argv, env, pid } = process
require('fs').writeFileSync(env.PROBE_TO, JSON.stringify({ args: argv.slice(2), cwd: process.cwd(), env, pid }))`
  writeFileSync(`${path}.cjs`, script)
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "$0.cjs" "$@"\n`, { mode: 0o755 })
  return path
}

describe.each(['dash', 'bash', 'sh'])('under %s', (shell) => {
  test('codex gets its folder, its arguments and its variables as they are, and nothing in them is run', async () => {
    const file = writeProbe()
    // No name of a folder holds a slash or is empty.
    const cwd = join(root, hostile.filter((text) => text !== '').join(' '))
    mkdirSync(cwd)
    const told = join(root, 'told.json')
    const variables = { PROBE_TO: told, ...Object.fromEntries(hostile.map((text, at) => [`HOSTILE_${at}`, text])) }
    const launcher = writeLauncher(join(root, 'launchers'), 'sh', { file, args: hostile, cwd }, variables)

    const env = { PATH: '/usr/bin:/bin', HOME: root, HOSTILE_0: 'of the terminal', KEPT: 'of the terminal' }
    const child = spawn(shell, [launcher.path], { cwd: '/', env, stdio: 'ignore' })
    expect(await once(child, 'exit')).toEqual([0, null])

    const seen = JSON.parse(readFileSync(told, 'utf8'))
    expect(seen.args).toEqual(hostile)
    expect(seen.cwd).toBe(cwd)
    expect(seen.env).toMatchObject({ ...variables, KEPT: 'of the terminal' })
    expect(seen.env.PATH).toBe(`/usr/bin:/bin:${join(root, 'bin folder')}`)
    // The process that was told of is codex's own: `exec` keeps it.
    expect(readFileSync(launcher.startedPath, 'utf8')).toBe(`${child.pid}\n`)
    expect(seen.pid).toBe(child.pid)
    expect(existsSync(launcher.path)).toBe(false)
    expect(readdirSync(root).sort()).toEqual(
      ['bin folder', 'launchers', 'told.json', cwd.slice(root.length + 1)].sort(),
    )
    expect(readdirSync(cwd)).toEqual([])
    launcher.remove()
    expect(readdirSync(join(root, 'launchers'))).toEqual([])
  })

  test('a folder that is gone starts nothing and tells of no start', async () => {
    const command = { file: '/bin/true', args: [], cwd: join(root, 'gone') }
    const launcher = writeLauncher(join(root, 'launchers'), 'sh', command, {})
    const child: ChildProcess = spawn(shell, [launcher.path], { stdio: 'ignore' })
    expect((await once(child, 'exit'))[0]).toBe(1)
    expect(readdirSync(join(root, 'launchers'))).toEqual([])
  })
})

test.each<[LauncherKind, string]>([
  ['sh', '.sh'],
  ['command', '.command'],
  ['powershell', '.ps1'],
  ['cmd', '.cmd'],
])('a launcher for %s is its owner’s alone, in a folder that is so too', (kind, extension) => {
  const folder = join(root, 'launchers')
  mkdirSync(folder, { mode: 0o755 })
  const { path } = writeLauncher(folder, kind, { file: '/bin/codex', args: [], cwd: root }, {})
  expect(path.endsWith(extension)).toBe(true)
  expect([statSync(path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o700, 0o700])
})

const plan: LauncherPlan = {
  path: "C:\\O'Hara’s 100% data\\launchers\\ab12.x",
  startedPath: "C:\\O'Hara’s 100% data\\launchers\\ab12.started",
  file: 'C:\\Program Files (x86)\\a&b\\codex.exe',
  args: [
    'resume',
    '019a',
    '-c',
    'openai_base_url="http://127.0.0.1:1/t/%TOKEN%/v1"',
    'a b\\',
    '$x `y` ^ & | < > !',
    '',
  ],
  cwd: "C:\\it's $(mine) & yours\\é",
  variables: {
    NO_PROXY: "127.0.0.1,a'b",
    CODEX_REFRESH_TOKEN_URL_OVERRIDE: 'http://127.0.0.1:1/t/ab/oauth/token?a&b%20',
  },
  programFolder: 'C:\\Program Files (x86)\\a&b',
}

test('PowerShell is given literals alone, and .NET a command line that Windows reads back as the arguments', () => {
  expect(writePowerShellScript(plan).split('\r\n')).toEqual([
    "\uFEFFRemove-Item -LiteralPath 'C:\\O''Hara’’s 100% data\\launchers\\ab12.x' -Force",
    "$ErrorActionPreference = 'Stop'",
    "Set-Location -LiteralPath 'C:\\it''s $(mine) & yours\\é'",
    "$env:NO_PROXY = '127.0.0.1,a''b'",
    "$env:CODEX_REFRESH_TOKEN_URL_OVERRIDE = 'http://127.0.0.1:1/t/ab/oauth/token?a&b%20'",
    "$env:PATH += ';C:\\Program Files (x86)\\a&b'",
    '$start = New-Object System.Diagnostics.ProcessStartInfo',
    "$start.FileName = 'C:\\Program Files (x86)\\a&b\\codex.exe'",
    `$start.Arguments = 'resume 019a -c "openai_base_url=\\"http://127.0.0.1:1/t/%TOKEN%/v1\\"" "a b\\\\" "$x \`y\` ^ & | < > !" ""'`,
    "$start.WorkingDirectory = 'C:\\it''s $(mine) & yours\\é'",
    '$start.UseShellExecute = $false',
    '$codex = [System.Diagnostics.Process]::Start($start)',
    `[System.IO.File]::WriteAllText('C:\\O''Hara’’s 100% data\\launchers\\ab12.started', "$($codex.Id)\`n")`,
    '$codex.WaitForExit()',
    'exit $codex.ExitCode',
    '',
  ])
})

test('cmd sees no operator, no variable and no quote in an argument', () => {
  expect(writeCmdScript(plan).split('\r\n')).toEqual([
    '@echo off',
    'setlocal DisableDelayedExpansion',
    'chcp 65001 >nul',
    '(',
    `del /f /q "C:\\O'Hara’s 100%% data\\launchers\\ab12.x"`,
    `cd /d "C:\\it's $(mine) & yours\\é" || exit`,
    `set "NO_PROXY=127.0.0.1,a'b"`,
    'set "CODEX_REFRESH_TOKEN_URL_OVERRIDE=http://127.0.0.1:1/t/ab/oauth/token?a&b%%20"',
    'set "PATH=%PATH%;C:\\Program Files (x86)\\a&b"',
    `set "TAPEDECK_STARTED=C:\\O'Hara’s 100%% data\\launchers\\ab12.started"`,
    `powershell.exe -NoProfile -NonInteractive -Command "[IO.File]::WriteAllText($env:TAPEDECK_STARTED, ''+(Get-CimInstance Win32_Process -Filter ('ProcessId='+$PID)).ParentProcessId+[char]10)"`,
    'set "TAPEDECK_STARTED="',
    '"C:\\Program Files (x86)\\a&b\\codex.exe" resume 019a -c ^"openai_base_url=\\^"http://127.0.0.1:1/t/%%TOKEN%%/v1\\^"^" ^"a b\\\\^" ^"$x `y` ^^ ^& ^| ^< ^> ^!^" ^"^"',
    'exit',
    ')',
    '',
  ])
})

test.each([{ args: ['two\nlines'] }, { cwd: 'C:\\two\rlines' }, { variables: { A: 'a "quote"' } }])(
  'cmd refuses what cannot be said to it: %j',
  (part) => {
    expect(() => writeCmdScript({ ...plan, ...part })).toThrow('The Command Prompt cannot be told this.')
  },
)
