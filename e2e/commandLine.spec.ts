import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sampleSession } from '../contract/domain/sampleSession.ts'
import { openArchive } from '../main/archive/archive.ts'
import { sampleStoredTurn } from '../main/archive/sampleStoredTurn.ts'
import type { CodexHome } from './codexHome.ts'
import { expect, test } from './stage.ts'
import { entry, tapedeck } from './tapedeck.ts'

test('who asks wrongly is told how to ask, and scripts can tell it from what failed', async ({ makeHome }) => {
  const home = makeHome()
  for (const [args, told] of [
    [['shwo'], /^tapedeck: Unknown command 'shwo'[\s\S]*`tapedeck --help`/],
    [['show'], /Missing required argument 'id'[\s\S]*`tapedeck show --help`/],
    [['export', 'x'], /Say in which format: --format markdown, html, jsonl or har\./],
    [['auth', 'key', 'set', '--mine'], /Unknown option '--mine'[\s\S]*`tapedeck auth key set --help`/],
    [['search', 'modle:x'], /modle:/],
    [['search', 'x'.repeat(1234)], /^tapedeck: The search may have 1,000 characters at most; this one has 1,234\.\n$/],
    [['sessions', '--filter', 'x'.repeat(1234)], /^tapedeck: The search may have 1,000 characters at most/],
    [['usage', '--since', '2026-11-24', '--until', '2026-11-23'], /--until is before --since\. Give a day that is not/],
    [['auth', 'key', 'set'], /No key was given\. Type it when you are asked, or pipe it in/],
  ] as [string[], RegExp][]) {
    const { code, stdout, stderr } = await tapedeck(home, args)
    expect({ args, code, stdout, stderr }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(told) })
  }
  const help = await tapedeck(home, ['fork', '--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toMatch(/the session itself stays\s+as it is/)

  const wrong = await tapedeck(home, ['search', 'modle:x', '--json'])
  expect(wrong.code).toBe(2)
  expect(JSON.parse(wrong.stdout)).toEqual({
    error: { code: 'badRequest', message: expect.stringContaining('modle:') },
  })
  const unread = await tapedeck(home, ['sessions', '--limit', 'many', '--json'])
  expect(unread).toMatchObject({ code: 2, stderr: expect.stringMatching(/^tapedeck: .*Give a number, 1 to 1000\./) })
  expect(JSON.parse(unread.stdout)).toEqual({
    error: { code: 'badRequest', message: expect.stringContaining('Give a number, 1 to 1000.') },
  })
  const both = await tapedeck(home, ['usage', '--csv', '--json'])
  expect(both).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("'--csv' cannot be used with option '--json'"),
  })
  const missing = await tapedeck(home, ['show', 'nope', '--json'])
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing has the id nope') })
  expect(JSON.parse(missing.stdout).error.code).toBe('notFound')
})

test('prices that cannot be used are told of by who tells of costs, and by the doctor', async ({ makeHome }) => {
  const home = makeHome()
  openArchive(String(home.env.TAPEDECK_HOME)).close()
  writeFileSync(join(String(home.env.TAPEDECK_HOME), 'prices.json'), '{"models": {"gpt-6.1-sol": {"input": 1}}}')
  const told = expect.stringMatching(
    /prices\.json in the data folder cannot be used.*models\.gpt-6\.1-sol\.cached has to be a number of dollars/,
  )
  for (const args of [[], ['--csv'], ['--json']]) {
    expect(await tapedeck(home, ['usage', ...args]), args.join()).toMatchObject({ code: 0, stderr: told })
  }
  const { stdout } = await tapedeck(home, ['doctor', '--json'])
  expect(JSON.parse(stdout).findings).toContainEqual({ check: 'Prices', verdict: 'warn', message: told })
})

test('page and proxy cannot be given one port', async ({ makeHome, startServer }) => {
  const home = makeHome()
  const server = await startServer(home)
  const [page, proxy] = [server.ui, server.proxy].map((address) => Number(new URL(address).port))
  await expect(server.call('settings/change', { proxyPort: page ?? null })).rejects.toThrow(
    `badRequest: Port ${page} is the one of Tapedeck’s page. Choose another one for the proxy.`,
  )
  expect((await server.call('settings/read', {})).settings.proxyPort).toBe(null)
  await server.stop()
  expect(await tapedeck(home, ['serve', '--no-open', '--port', String(proxy)])).toEqual({
    code: 2,
    stdout: '',
    stderr: `tapedeck: Port ${proxy} is the one of Tapedeck’s proxy. Choose another one for the page.\n`,
  })
})

test('before anything is recorded every list says how to begin', async ({ makeHome }) => {
  const home = makeHome()
  for (const args of [['sessions'], ['sessions', '--filter', 'x'], ['search', 'x']]) {
    const { code, stdout } = await tapedeck(home, args)
    expect({ args, code, stdout }).toEqual({
      args,
      code: 0,
      stdout: 'Nothing is recorded yet. Start codex with:  tapedeck codex\n',
    })
  }
})

test('some characters of an id are enough, and who gives too few is told what they could mean', async ({
  makeHome,
}) => {
  const home = makeHome()
  const [roses, tulips] = ['019a3f21-7c00-7000-8000-0000aaaaaaaa', '019a3f21-8c00-7000-8000-0000bbbbbbbb']
  const turn = '019a3f21-8c01-7000-8000-0000cccccccc'
  const archive = openArchive(String(home.env.TAPEDECK_HOME))
  archive.transaction(() => {
    archive.readModel.putSession(sampleSession(roses, { title: 'Water the roses' }))
    archive.readModel.putSession(sampleSession(tulips, { title: 'Plant tulips' }))
    archive.readModel.putTurn(sampleStoredTurn(turn, tulips))
  })
  archive.close()
  const shown = async (id: string) => JSON.parse((await tapedeck(home, ['show', id, '--json'])).stdout)
  for (const id of ['aaaaaaaa', '019a3f21-7c', roses]) expect((await shown(id)).session.id).toBe(roses)
  expect((await shown('cccccccc')).turn.id).toBe(turn)

  const exported = await tapedeck(home, ['export', 'aaaaaaaa', '0bbbbbbbb', '--format', 'markdown'])
  expect(exported).toMatchObject({ code: 0, stderr: '' })
  expect(exported.stdout).toMatch(/Water the roses[\s\S]*Plant tulips/)

  for (const args of [
    ['show', '019a3f21'],
    ['export', '019a3f21', '--format', 'jsonl'],
    ['resume', '019a3f21'],
    ['fork', '019a3f21'],
  ]) {
    const { code, stdout, stderr } = await tapedeck(home, args)
    expect({ args, code, stdout, stderr }).toEqual({
      args,
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^tapedeck: 019a3f21 fits more than one id\. Say which:\n {2}bbbbbbbb {2}Plant tulips · .*\n {2}aaaaaaaa {2}Water the roses · /,
      ),
    })
  }
  // codex takes none but the whole id.
  const resumed = await tapedeck(home, ['resume', 'aaaaaaaa'])
  expect(resumed).toMatchObject({ code: 1, stderr: expect.stringContaining(`tapedeck codex resume ${roses}`) })
  const unknown = await tapedeck(home, ['export', 'dddddddd', '--format', 'jsonl'])
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no session dddddddd.') })
})

test('what begins with a dash is part of what is searched for, and a mistyped option is still one', async ({
  makeHome,
}) => {
  const home = makeHome()
  for (const words of [['-status:completed'], ['session', '-deterministic'], ['--', '-a', '--limti']]) {
    expect({ words, ...(await tapedeck(home, ['search', ...words])) }).toMatchObject({ words, code: 0, stderr: '' })
  }
  expect(await tapedeck(home, ['search', 'a', '-b', '--limti', '5'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Unknown option '--limti'[\s\S]*Did you mean --limit\?/),
  })
})

const talkative = [['doctor'], ['sessions'], ['sessions', '--json']]

/** What becomes of a command whose output goes there, or, without a place, to somebody who has gone before a word was said. */
async function runInto(home: CodexHome, args: string[], place: number | null) {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: home.cwd,
    env: home.env,
    stdio: ['ignore', place ?? 'pipe', 'pipe'],
  })
  child.stdout?.destroy()
  const [stderr, [code]] = await Promise.all([
    text(child.stderr as NonNullable<typeof child.stderr>),
    once(child, 'exit'),
  ])
  return { args, code, stderr }
}

test('who reads no further ends a command without a word, as in other tools', async ({ makeHome }) => {
  const home = makeHome()
  for (const args of talkative) expect(await runInto(home, args, null)).toEqual({ args, code: 141, stderr: '' })
})

test('output that cannot be written is told in a sentence', async ({ makeHome }) => {
  test.skip(!existsSync('/dev/full'), 'There is no /dev/full here.')
  const home = makeHome()
  const full = openSync('/dev/full', 'w')
  try {
    for (const args of talkative) {
      expect(await runInto(home, args, full)).toEqual({
        args,
        code: 1,
        stderr: 'tapedeck: What was to be printed could not be written (ENOSPC).\n',
      })
    }
  } finally {
    closeSync(full)
  }
})
