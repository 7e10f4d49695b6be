import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createInMemoryRuns } from './inMemoryRuns.ts'
import { readLoginState } from './loginState.ts'
import { apiKeyAuth, chatgptAuth, createCodexHome, realCodexPath } from './realCodex.ts'

test.each([
  ['a ChatGPT login', chatgptAuth, 'chatgpt'],
  ['an API key', apiKeyAuth, 'apiKey'],
  ['no login', null, 'none'],
] as const)('the real codex tells of %s, and its file stays as it was', async (_name, auth, expected) => {
  const home = createCodexHome(auth)
  const authFile = path.join(home.folder, 'auth.json')
  try {
    expect(await readLoginState({ codexPath: realCodexPath, env: home.env })).toBe(expected)
    if (auth) expect(readFileSync(authFile, 'utf8')).toBe(JSON.stringify(auth))
  } finally {
    home.remove()
  }
})

test('a login that codex cannot read is unknown, not none', async () => {
  const home = createCodexHome(null)
  try {
    writeFileSync(path.join(home.folder, 'auth.json'), 'not json')
    expect(await readLoginState({ codexPath: realCodexPath, env: home.env })).toBe('unknown')
  } finally {
    home.remove()
  }
})

test('a codex that does not answer in time leaves the login unknown', async () => {
  const runs = createInMemoryRuns({ programs: { '/codex': { exitCode: null } } })
  expect(await readLoginState({ codexPath: '/codex', env: {}, runs })).toBe('unknown')
})

test('CODEX_API_KEY is a login for codex exec alone, as it is for codex', async () => {
  const runs = createInMemoryRuns({ programs: { '/codex': { exitCode: 1, stderr: 'Not logged in\n' } } })
  const env = { CODEX_API_KEY: 'sk-test' }
  expect(await readLoginState({ codexPath: '/codex', env, runs, args: ['exec', 'hi'] })).toBe('apiKey')
  expect(await readLoginState({ codexPath: '/codex', env, runs, args: ['hi'] })).toBe('none')
})
