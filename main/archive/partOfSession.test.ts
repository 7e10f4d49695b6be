import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Status } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { openArchive } from './archive.ts'
import { type ArchiveReader, openArchiveReader } from './archiveReader.ts'

let dataDir: string
let reader: ArchiveReader | null

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-part-'))
  reader = null
})
afterEach(() => {
  reader?.close()
  rmSync(dataDir, { recursive: true })
})

const thread = { id: 's', parentThreadId: null, subagent: null, model: null }

/** A session of so many turns, `t0` and up, the last of them in this state. */
function read(count: number, near: string | null | undefined, status: Status = 'completed') {
  const archive = openArchive(dataDir)
  archive.transaction(() => {
    for (let at = 0; at < count; at += 1) {
      const turn: Turn = {
        ...{ id: `t${at}`, threadId: 's', sessionId: 's', prompt: `${at} ${'why '.repeat(1_000)}`, usage: noUsage },
        ...{ startedAt: at, endedAt: at + 1, model: null, items: [], exchanges: [], seq: 1 },
        status: at === count - 1 ? status : 'completed',
      }
      const { items: _items, exchanges: _exchanges, seq: _seq, ...summary } = turn
      archive.readModel.putTurn({
        turn,
        summary: {
          ...summary,
          ...{ thread, launchId: 'l', cwd: null, accountMode: null, credential: null, exchangeCount: 0 },
          ...{ usageGroups: [], hasEdits: false, hasErrors: false, errorMessage: null },
        },
        documents: [],
      })
    }
    archive.readModel.putSession({
      ...{ id: 's', title: '', cwd: null, startedAt: 0, updatedAt: count, status, model: null, accountMode: null },
      ...{ credential: null, turnCount: count, exchangeCount: 0, usage: noUsage, apiEquivalentUsd: null },
      ...{ durationMs: 0, hasEdits: false, hasErrors: false, errorMessage: null, isStarred: false, tags: [], note: '' },
      ...{ threads: [thread], seq: 1 },
    })
  })
  archive.close()
  reader = openArchiveReader(dataDir)
  return reader.readSession({ id: 's', near })
}

const names = (turns: { id: string }[]) => turns.map(({ id }) => id)
const all = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`)

test.each([
  ['nothing', null, 'completed', 0],
  ['a turn that is not there', 'gone', 'completed', 0],
  ['nothing, while it is live', null, 'live', 84],
  ['the first turn', 't0', 'live', 0],
  ['one in the middle', 't50', 'completed', 45],
  ['the last', 't99', 'completed', 84],
] as const)(
  'of a long session that is asked for near %s a part comes, and of the others what there is to tell',
  (_, near, status, first) => {
    const { turns, outline } = read(100, near, status)
    expect(names(turns)).toEqual(all(100).slice(first, first + 16))
    expect(names(outline)).toEqual(all(100).filter((id) => !names(turns).includes(id)))
    expect(outline.every(({ prompt }) => prompt.length <= 160)).toBe(true)
    expect(turns.every(({ prompt }) => prompt.length > 1_000)).toBe(true)
  },
)

test('a short session comes whole, and so does a long one without a place in it', () => {
  expect(read(40, 't3')).toMatchObject({ outline: [], turns: { length: 40 } })
  expect(read(100, undefined)).toMatchObject({ outline: [], turns: { length: 100 } })
})

test('the rest is read by name, in order; what is not of it is left out', () => {
  read(100, null)
  const turnIds = ['t70', 'nothing', 't60']
  expect(names(reader?.readTurns({ id: 's', turnIds }).turns ?? [])).toEqual(['t60', 't70'])
  expect(reader?.readTurns({ id: 'other', turnIds }).turns).toEqual([])
})
