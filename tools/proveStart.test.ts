import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { proveStart } from './proveStart.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-prove-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const proof = {
  version: '1.2.3',
  electron: '45.0.0',
  isPackaged: true,
  isSandboxed: true,
  isKeychainLoaded: true,
  answered: 'session/list',
}

/** A program of so few words; it must be told to prove its start, as the application is. */
function program(words: string): { args: string[] } {
  const file = join(folder, 'program.mjs')
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs'
if (process.argv.at(-1) !== '--prove-start') process.exit(9)
const prove = (proof) => writeFileSync(process.env.TAPEDECK_HOME + '/start-proof.json', JSON.stringify(proof))
${words}`,
  )
  chmodSync(file, 0o755)
  return { args: [file] }
}

test('one that comes up and ends by itself has proven it', async () => {
  expect(await proveStart(process.execPath, program(`prove(${JSON.stringify(proof)})`))).toEqual(proof)
})

test.each([
  ['ends with an error', 'console.error("no display"); process.exit(3)', /ended with 3\.\nno display/],
  ['says nothing', '', /ended well, but no page of it came up/],
  ['has no keychain', `prove(${JSON.stringify({ ...proof, isKeychainLoaded: false })})`, /module for the keychain/],
])('one that %s has not', async (_name, words, message) => {
  await expect(proveStart(process.execPath, program(words))).rejects.toThrow(message)
})

test('one that hangs is ended, and one that is not there is told', async () => {
  const hanging = program('setInterval(() => {}, 1000)')
  await expect(proveStart(process.execPath, { ...hanging, patienceMs: 300 })).rejects.toThrow(
    'did not come up within 0.3 s',
  )
  await expect(proveStart(join(folder, 'nothing'))).rejects.toThrow('could not be started')
})
