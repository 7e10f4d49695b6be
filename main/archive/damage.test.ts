import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openArchive } from './archive.ts'
import { explainDamage, isDamage, salvageLaunches } from './damage.ts'
import { archivePath, findDamage } from './database.ts'
import { ruinPages } from './ruinPages.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-damage-'))
  const archive = openArchive(dataDir)
  archive.ledger.putLaunch({ id: 'l1', startedAt: 1 })
  archive.close()
})
afterEach(() => rmSync(dataDir, { recursive: true }))

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

test('pages that make no sense are damage, and told with the file, what is safe and what to do', () => {
  expect(findDamage(dataDir)).toBeNull()
  const path = archivePath(dataDir)
  ruinPages(path, 2)
  expect(isDamage(failureOf(() => openArchive(dataDir).ledger.read('seq')))).toBe(true)
  expect(explainDamage(path)).toContain(path)
  expect(explainDamage(path)).toMatch(/nothing of its own was touched.*`tapedeck set-aside`/)
})

test('a file without the head of an archive is damage too; a full disk, a lock and a programming error are not', () => {
  ruinPages(archivePath(dataDir), 1)
  expect(isDamage(failureOf(() => openArchive(dataDir)))).toBe(true)
  for (const errcode of [5, 13, 522]) expect(isDamage(Object.assign(new Error(), { errcode }))).toBe(false)
  expect([new TypeError(), null, undefined, 'malformed'].some(isDamage)).toBe(false)
})

test('the launches of a damaged archive are had as long as they can be read', () => {
  expect(salvageLaunches(archivePath(dataDir))).toEqual([{ id: 'l1', startedAt: 1 }])
  ruinPages(archivePath(dataDir), 2)
  expect(salvageLaunches(archivePath(dataDir))).toEqual([])
})
