import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readAccountEmails } from './accountEmails.ts'

const home = mkdtempSync(join(tmpdir(), 'tapedeck-codex-'))
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('the address of the account is read from the identity that codex keeps', async () => {
  const claims = Buffer.from(JSON.stringify({ email: 'jane@example.com', sub: 'x' })).toString('base64url')
  writeFileSync(join(home, 'auth.json'), JSON.stringify({ tokens: { id_token: `head.${claims}.signature` } }))
  expect(await readAccountEmails(home)).toEqual(['jane@example.com'])
})

test('without a file, or with one that says nothing, there are none', async () => {
  expect(await readAccountEmails(join(home, 'nowhere'))).toEqual([])
})
