import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A small project with a real bug in it, its test reads the clock twice, and with a picture. */
const files = {
  'package.json': `{
  "name": "signin",
  "type": "module",
  "scripts": { "test": "node --test" }
}
`,
  'README.md': '# signin\n\nKeeps people signed in for half an hour.\n',
  'src/session.js': `const lifetimeMs = 30 * 60 * 1000

/** A session that ends half an hour after it began. */
export function startSession(user) {
  return { user, expiresAt: Date.now() + lifetimeMs }
}

export function isExpired(session) {
  return Date.now() > session.expiresAt
}
`,
  'test/session.test.js': `import assert from 'node:assert/strict'
import test from 'node:test'
import { isExpired, startSession } from '../src/session.js'

test('a session lasts half an hour', () => {
  const session = startSession('ada')
  assert.equal(session.expiresAt, Date.now() + 30 * 60 * 1000)
  assert.equal(isExpired(session), false)
})
`,
}

export function writeProject(folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  copyFileSync(join(import.meta.dirname, '..', '..', 'resources', 'icons', '128x128.png'), join(folder, 'icon.png'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args])
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'Sessions that expire')
}
