import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { quoteFolder } from '../contract/domain/searchLanguage.ts'
import { expect, test } from './stage.ts'
import { codexExec, readOnlySession, tapedeck } from './tapedeck.ts'

test('a folder outside of a git repository is known by its name, whatever characters it has', async ({ makeHome }) => {
  const home = makeHome()
  const cwd = join(String(home.env.HOME), `Bob's <R&D> "notes" &amp; more`)
  mkdirSync(cwd)
  expect((await codexExec({ ...home, cwd }, '--skip-git-repo-check', 'Say hello.')).code).toBe(0)
  const { session } = await readOnlySession(home)
  expect(session.cwd).toBe(cwd)
  const found = await tapedeck(home, ['sessions', '--json', '--filter', `cwd:${quoteFolder(cwd)}`])
  expect(JSON.parse(found.stdout).sessions).toMatchObject([{ id: session.id }])

  // The home of these tests looks like none.
  const underHome = `cwd:"~/${basename(cwd).replaceAll('"', '""')}"`
  for (const args of [
    ['sessions', '--json', '--filter', underHome],
    ['search', 'hello', '--json'],
    ['search', `hello ${underHome}`, '--json'],
  ]) {
    expect(JSON.parse((await tapedeck(home, args)).stdout).total, args.join(' ')).toBeGreaterThan(0)
  }
  for (const format of ['markdown', 'html', 'jsonl', 'har']) {
    const { stdout } = await tapedeck(home, ['export', session.id, '--format', format])
    expect(stdout).toContain('~/Bob')
    expect(stdout, format).not.toContain(basename(String(home.env.HOME)))
  }
})

test('a session in a folder of a repository is listed under that, and goes on where it worked last', async ({
  makeHome,
}) => {
  const home = makeHome()
  const inside = { ...home, cwd: join(home.cwd, 'web') }
  mkdirSync(inside.cwd)
  await codexExec(inside, 'Say hello.')
  const { session } = await readOnlySession(home)
  expect(session).toMatchObject({ cwd: home.cwd, goesOnIn: inside.cwd })
  await tapedeck(home, ['rederive'])
  expect((await readOnlySession(home)).session).toMatchObject({ cwd: home.cwd, goesOnIn: inside.cwd })

  await codexExec(home, 'resume', session.id, 'And here?')
  const { session: back } = await readOnlySession(home)
  expect(back).toMatchObject({ cwd: home.cwd, turnCount: 2 })
  expect(back).not.toHaveProperty('goesOnIn')
})
