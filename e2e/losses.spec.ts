import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { never } from './gate.ts'
import { expect, test } from './stage.ts'
import {
  codexExec,
  entry,
  eventually,
  execArgs,
  outline,
  readOnlySession,
  readSessions,
  serve,
  tapedeck,
} from './tapedeck.ts'

test('a codex that dies in the middle leaves a turn that says so', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = () => answer(say('This goes on and on. '.repeat(20), { restAfter: never }))
  const child = spawn(process.execPath, [entry, 'codex', ...execArgs, 'talk'], {
    cwd: home.cwd,
    env: home.env,
    stdio: 'ignore',
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await eventually(
    async () => (await readSessions(home))[0],
    (session) => session !== undefined,
  )
  await eventually(
    async () => (await readOnlySession(home)).turns[0]?.items ?? [],
    (items) => items.length > 1,
  )
  for (const pid of childrenOf(child.pid as number)) process.kill(pid, 'SIGKILL')
  await exited
  const { session, turns } = await readOnlySession(home)
  expect(session.status).toBe('aborted')
  expect(outline(turns[0] as (typeof turns)[number])).toEqual([
    'userMessage: talk',
    expect.stringMatching(/^assistantMessage: This goes on/),
  ])
})

test('a disk that is full: codex goes on, and the loss is counted and said', async ({ fake, makeHome }) => {
  const home = makeHome()
  const noise = randomBytes(450_000).toString('base64')
  fake.scenario = ({ prompt }) =>
    prompt === 'much'
      ? answer(say(`Heard: much, ${noise}`, { chunks: ['Heard: much, ', noise] }))
      : answer(say(`Heard: ${prompt}`))
  // As good as a full disk: no file of this process may grow beyond 600 KB.
  const server = await serve(home, [], {}, ['bash', '-c', 'ulimit -f 600; exec "$0" "$@"'])
  try {
    for (const prompt of ['little', 'much', 'more']) {
      const { code, stdout } = await codexExec(home, prompt)
      expect({ prompt, code }).toEqual({ prompt, code: 0 })
      expect(stdout).toContain(`Heard: ${prompt}`)
    }
    const status = await eventually(
      () => server.call('app/status', {}),
      ({ missed }) => (missed.storage ?? 0) > 0,
    )
    expect(status.recorded + (status.missed.storage ?? 0)).toBe(status.total)
    expect((await tapedeck(home, ['status'])).stdout).toMatch(/Missed \d+ that could not be written to the disk\./)
  } finally {
    await server.stop()
  }
})

test('an archive of a newer Tapedeck is refused in words and left as it is', async ({ makeHome }) => {
  const home = makeHome()
  await codexExec(home, 'hello')
  const path = join(String(home.env.TAPEDECK_HOME), 'archive.db')
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.from([0, 0, 0, 99]), 0, 4, 60)
  closeSync(file)
  const before = readFileSync(path)
  const names = readdirSync(String(home.env.TAPEDECK_HOME))

  for (const args of [['serve', '--no-open'], ['sessions'], ['codex', 'exec', 'hello']]) {
    const { code, stderr } = await tapedeck(home, args)
    expect({ args, code }).toEqual({ args, code: 1 })
    expect(stderr).toMatch(/made by a newer Tapedeck[\s\S]*update Tapedeck/)
  }
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(String(home.env.TAPEDECK_HOME))).toEqual(expect.arrayContaining(names))
})

test('without a codex there is a sentence that says how to get one, and exit code 127', async ({ makeHome }) => {
  const home = makeHome()
  home.env.TAPEDECK_CODEX = join(home.cwd, 'no-such-codex')
  const { code, stderr } = await codexExec(home, 'hello')
  expect(code).toBe(127)
  expect(stderr).toContain('no-such-codex')
  delete home.env.TAPEDECK_CODEX
  home.env.PATH = '/usr/bin:/bin'
  home.env.SHELL = '/bin/sh'
  const other = await codexExec(home, 'hello')
  expect(other.code).toBe(127)
  expect(other.stderr).toContain('npm install -g @openai/codex')
})

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)
}
