import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type FindCodexOptions, findCodex } from './findCodex.ts'
import { createInMemoryRuns } from './inMemoryRuns.ts'
import { npmCodexPath } from './realCodex.ts'
import { testedVersion } from './testedVersion.ts'

const codex = (version: string) => ({ stdout: `codex-cli ${version}\n` })

/** An rc file that prints, and a PATH of its own. */
const shellWithPath = (value: string) => ({
  stdout: `Welcome back!\n__TAPEDECK_PATH__${value}__TAPEDECK_PATH__\nbye\n`,
})

function find(computer: Parameters<typeof createInMemoryRuns>[0], options: Partial<FindCodexOptions> = {}) {
  const runs = createInMemoryRuns(computer)
  return findCodex({ env: {}, platform: 'linux', homeDir: '/home/me', runs, ...options })
}

test('TAPEDECK_CODEX comes before everything else', async () => {
  const found = await find(
    { programs: { '/mine/codex': codex('0.1.2'), '/usr/bin/codex': codex('9.9.9'), '/set/codex': codex('8.8.8') } },
    { env: { TAPEDECK_CODEX: '/mine/codex', PATH: '/usr/bin' }, setting: '/set/codex' },
  )
  expect(found).toEqual({ ok: true, path: '/mine/codex', version: '0.1.2', isTested: false, source: 'environment' })
})

test('the setting comes before any PATH, and may start at the home folder', async () => {
  const found = await find(
    { programs: { '/home/me/bin/codex': codex(testedVersion), '/usr/bin/codex': codex('9.9.9') } },
    { env: { PATH: '/usr/bin' }, setting: '~/bin/codex' },
  )
  expect(found).toEqual({
    ok: true,
    path: '/home/me/bin/codex',
    version: testedVersion,
    isTested: true,
    source: 'setting',
  })
})

test('a TAPEDECK_CODEX that names nothing is an error, whatever else is there', async () => {
  const found = await find(
    { programs: { '/usr/bin/codex': codex('9.9.9') } },
    { env: { TAPEDECK_CODEX: '/gone/codex', PATH: '/usr/bin' } },
  )
  expect(found).toEqual({
    ok: false,
    message: 'TAPEDECK_CODEX is /gone/codex, where there is no program that can be run.',
  })
})

test('a setting that names another program is an error that names it', async () => {
  const found = await find({ programs: { '/bin/ls': { stdout: 'ls (GNU coreutils) 9.1\n' } } }, { setting: '/bin/ls' })
  expect(found).toEqual({
    ok: false,
    message: 'The path of codex in the settings is /bin/ls, which does not answer to --version as codex does.',
  })
})

test('the PATH of the login shell is read from between what rc files print, and comes before that of the process', async () => {
  const found = await find(
    {
      programs: {
        '/bin/zsh': shellWithPath('/opt/node/bin:/usr/bin'),
        '/opt/node/bin/codex': codex('0.170.0-alpha.1'),
        '/here/codex': codex('9.9.9'),
      },
    },
    { env: { SHELL: '/bin/zsh', PATH: '/here' } },
  )
  expect(found).toEqual({
    ok: true,
    path: '/opt/node/bin/codex',
    version: '0.170.0-alpha.1',
    isTested: false,
    source: 'loginShell',
  })
})

test('a login shell that does not answer is passed over', async () => {
  const found = await find(
    { programs: { '/bin/zsh': { exitCode: null, stdout: 'loading' }, '/here/codex': codex(testedVersion) } },
    { env: { SHELL: '/bin/zsh', PATH: 'relative:/here' } },
  )
  expect(found).toMatchObject({ ok: true, path: '/here/codex', source: 'path' })
})

test('without any PATH the install places are looked at, the newest node first', async () => {
  const at = (version: string) => `/home/me/.nvm/versions/node/${version}/bin/codex`
  const found = await find({
    programs: { [at('v9.1.0')]: codex('0.1.0'), [at('v24.3.0')]: codex('0.2.0') },
    folders: { '/home/me/.nvm/versions/node': ['v24.3.0', 'v9.1.0'].toSorted() },
  })
  expect(found).toEqual({ ok: true, path: at('v24.3.0'), version: '0.2.0', isTested: false, source: 'installPlace' })
})

test('codex finds the node that it lies beside', async () => {
  const found = await find(
    {
      programs: {
        '/nvm/bin/codex': (_args, env) => (env.PATH === '/nvm/bin:/usr/bin' ? codex(testedVersion) : { exitCode: 127 }),
      },
    },
    { env: { TAPEDECK_CODEX: '/nvm/bin/codex', PATH: '/usr/bin' } },
  )
  expect(found).toMatchObject({ ok: true, version: testedVersion })
})

test('a broken codex on the PATH is passed over for one that works', async () => {
  const found = await find(
    { programs: { '/a/codex': { exitCode: 1 }, '/b/codex': codex(testedVersion) } },
    { env: { PATH: '/a:/b' } },
  )
  expect(found).toMatchObject({ ok: true, path: '/b/codex' })
})

test('with no codex at all the message says how to get one and what was looked at', async () => {
  const found = await find(
    { programs: { '/bin/zsh': shellWithPath('/a'), '/a/codex': { exitCode: 1 } } },
    { env: { SHELL: '/bin/zsh', PATH: '/b' } },
  )
  expect(found.ok).toBe(false)
  const message = found.ok ? '' : found.message
  for (const part of [
    'npm install -g @openai/codex',
    'brew install --cask codex',
    'TAPEDECK_CODEX',
    'the PATH of the login shell; the PATH of this process; /home/me/.local/bin',
    'Found /a/codex, but it does not answer to --version.',
  ]) {
    expect(message).toContain(part)
  }
})

test("on Windows npm's codex.cmd leads to the program behind it", async () => {
  const program =
    'C:\\npm\\node_modules\\@openai\\codex\\node_modules\\@openai\\codex-win32-x64\\vendor\\x86_64-pc-windows-msvc\\bin\\codex.exe'
  const programs = { [program]: codex(testedVersion), 'C:\\npm\\codex.cmd': codex(testedVersion) }
  const expected = { ok: true, path: program, version: testedVersion, isTested: true }
  const windows = { platform: 'win32' as const, homeDir: 'C:\\Users\\me' }
  const env = { Path: 'C:\\Windows;C:\\npm', PATHEXT: '.COM;.EXE;.BAT;.CMD' }
  expect(await find({ programs }, { ...windows, env })).toEqual({ ...expected, source: 'path' })
  const named = { ...env, TAPEDECK_CODEX: 'C:\\npm\\codex.cmd' }
  expect(await find({ programs }, { ...windows, env: named })).toEqual({ ...expected, source: 'environment' })
})

test('on Windows a codex.exe on the Path is taken as it is', async () => {
  const found = await find(
    { programs: { 'D:\\tools\\codex.exe': codex(testedVersion) } },
    { platform: 'win32', homeDir: 'C:\\Users\\me', env: { Path: 'D:\\tools' } },
  )
  expect(found).toMatchObject({ ok: true, path: 'D:\\tools\\codex.exe', source: 'path' })
})

test('the real codex tells its version, and it is the one that package.json pins', async () => {
  const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(manifest.devDependencies['@openai/codex']).toBe(testedVersion)
  const found = await findCodex({ env: { PATH: process.env.PATH, TAPEDECK_CODEX: npmCodexPath } })
  expect(found).toEqual({
    ok: true,
    path: npmCodexPath,
    version: testedVersion,
    isTested: true,
    source: 'environment',
  })
})
