import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { type Archive, openArchive } from './archive.ts'
import { type ArchiveReader, openArchiveReader } from './archiveReader.ts'
import { sampleStoredTurn } from './sampleStoredTurn.ts'

let dataDir: string
let archive: Archive
let reader: ArchiveReader

/** As codex makes them: what is made at about the same time begins alike. */
const [first, firstTurn, second, secondTurn] = [
  '019a3f21-7c00-7000-8000-0000aaaaaaaa',
  '019a3f21-7c01-7000-8000-00000000aaaa',
  '019a3f21-8c00-7000-8000-0000bbbbbbbb',
  '019a3f55-0000-7000-8000-00000000bbbb',
] as const

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-ids-'))
  archive = openArchive(dataDir)
  archive.transaction(() => {
    put(first, firstTurn, 1_000)
    put(second, secondTurn, 2_000)
    for (const [id, at] of [
      ['w-3', 1_000],
      ['w-31', 1_100],
      ['stream-long-1', 1_200],
    ] as const)
      record(id, at)
    archive.raw.place('stream-long-1', { sessionId: second, turnId: secondTurn, responseId: null })
  })
  reader = openArchiveReader(dataDir)
})
afterEach(() => {
  reader.close()
  archive.close()
  rmSync(dataDir, { recursive: true })
})

function put(sessionId: string, turnId: string, at: number): void {
  archive.readModel.putTurn(sampleStoredTurn(turnId, sessionId, at))
  archive.readModel.putSession(sampleSession(sessionId, { title: `of ${sessionId.at(-1)}`, updatedAt: at }))
}

function record(exchangeId: string, startedAt: number): void {
  const head = {
    ...({ launchId: 'l', streamId: exchangeId, transport: 'sse', upstream: 'chatgpt', accountMode: null } as const),
    ...{ credential: null, method: 'POST', path: '/', headers: [], startedAt },
  }
  archive.raw.append(exchangeId, [{ type: 'started', exchangeId, head }])
}

function find(part: string, isSession = false) {
  return reader.findId({ part, isSession }).found.map(({ kind, id }) => `${kind} ${id}`)
}

test('a beginning or an end finds what it belongs to', () => {
  expect(find(second.slice(-8))).toEqual([`session ${second}`])
  expect(find(firstTurn.slice(-8))).toEqual([`turn ${firstTurn}`])
  expect(find('019a3f55')).toEqual([`turn ${secondTurn}`])
  expect(reader.findId({ part: 'long-1', isSession: false })).toEqual({
    found: [{ kind: 'exchange', id: 'stream-long-1', title: 'of b', at: 1_200 }],
    isMore: false,
  })
})

test('the middle of an id, and fewer characters than six, find nothing', () => {
  expect(find('7000-8000')).toEqual([])
  expect(find(second.slice(-5))).toEqual([])
  expect(find('%%%%%%')).toEqual([])
})

test('what belongs to a session that is found does not count beside it', () => {
  expect(find('019a3f21-7c')).toEqual([`session ${first}`])
  expect(find('019a3f')).toEqual([`session ${second}`, `session ${first}`])
})

test('a whole id means that alone, however short it is and whatever else begins so', () => {
  expect(find('w-3')).toEqual(['exchange w-3'])
  expect(find(firstTurn)).toEqual([`turn ${firstTurn}`])
  expect(find(firstTurn, true)).toEqual([])
})

test('what is deleted is not found, also while it can be undone', () => {
  archive.transaction(() => archive.trash.put(second, second, 9_000))
  expect(find('bbbbbbbb')).toEqual([])
  expect(find(secondTurn)).toEqual([])
  expect(find('stream-long-1')).toEqual([])
})

test('of many only some are told, and that there are more', () => {
  archive.transaction(() => {
    for (let n = 10; n < 40; n++) put(`many-sessions-${n}`, `turn-${n}`, n)
  })
  const { found, isMore } = reader.findId({ part: 'many-sessions', isSession: true })
  expect({ count: found.length, newest: found[0]?.id, isMore }).toEqual({
    count: 20,
    newest: 'many-sessions-39',
    isMore: true,
  })
})
