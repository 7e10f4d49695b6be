import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import { listRecentFolders } from './recentFolders.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-folders-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function sessionIn(cwd: string | null, updatedAt: number, goesOnIn?: string): Session {
  return sampleSession('s1', { cwd, updatedAt, ...(goesOnIn !== undefined && { goesOnIn }) })
}

/** Pages as the archive gives them, newest first. */
function sessionsIn(...pages: (string | null)[][]) {
  let updatedAt = 100
  const read = pages.map((cwds) => cwds.map((cwd) => sessionIn(cwd, updatedAt--)))
  return async ({ cursor }: { cursor?: string | null }) => {
    const at = Number(cursor ?? 0)
    return { sessions: read[at] ?? [], total: 0, nextCursor: at + 1 < read.length ? String(at + 1) : null, seq: 0 }
  }
}

test('each folder once, by its newest session, and only those that are still there', async () => {
  const [api, web, file] = ['api', 'web', 'file'].map((name) => join(root, name)) as [string, string, string]
  mkdirSync(api)
  mkdirSync(web)
  writeFileSync(file, '')
  const sessions = sessionsIn([api, null, join(root, 'gone')], [web, api, file])
  expect(await listRecentFolders(12, sessions)).toEqual([
    { path: api, name: 'api', lastUsedAt: 100 },
    { path: web, name: 'web', lastUsedAt: 97 },
  ])
  expect(await listRecentFolders(1, sessions)).toEqual([{ path: api, name: 'api', lastUsedAt: 100 }])
})

test('of a session that went on somewhere else it is that folder', async () => {
  const moved = join(root, 'moved')
  mkdirSync(moved)
  const sessions = [sessionIn(root, 2, moved), sessionIn(moved, 1)]
  const folders = await listRecentFolders(12, async () => ({ sessions, total: 2, nextCursor: null, seq: 0 }))
  expect(folders).toEqual([{ path: moved, name: 'moved', lastUsedAt: 2 }])
})
