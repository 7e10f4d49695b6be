import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fitsSession } from '../../contract/domain/fitsSession.ts'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { openArchive } from './archive.ts'
import { type ArchiveReader, openArchiveReader } from './archiveReader.ts'

let dataDir: string
let reader: ArchiveReader

const prompt = { type: 'userMessage', kind: 'prompt', tool: null } as const
const call = { type: 'toolCall', kind: 'command' } as const
const statuses = ['completed', 'failed', 'aborted', 'cut'] as const

/** Session `n` of many: its facts follow from its number. */
function sessionOf(n: number): Session {
  return sampleSession(`s${n}`, {
    title: n === 3 ? 'Ünlike 100 % of them' : `title ${n}`,
    cwd: n % 5 === 0 ? null : `/home/me/${n % 2 === 0 ? 'api' : 'web'}`,
    startedAt: 1_000_000 - n,
    updatedAt: 1_000_000 + n,
    status: statuses[n % 4] ?? 'completed',
    model: n % 3 === 0 ? 'gpt-6.1-sol' : 'gpt-5.5',
    accountMode: n % 2 === 0 ? 'chatgpt' : 'apiKey',
    usage: { ...noUsage, totalTokens: (n * 7) % 100 },
    apiEquivalentUsd: n % 2 === 0 ? n / 100 : null,
    durationMs: (n * 13) % 50,
    hasEdits: n % 2 === 0,
    hasErrors: n % 4 === 1,
    isStarred: n % 10 === 0,
    tags: n % 7 === 0 ? ['later'] : [],
    note: n === 4 ? 'ask Ada about it' : '',
  })
}

const count = 100
const all = Array.from({ length: count }, (_, n) => sessionOf(n))

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-queries-'))
  const archive = openArchive(dataDir)
  archive.transaction(() => {
    for (const session of all) {
      const { id, isStarred, tags, note } = session
      archive.keptFacts.putMarks(id, { isStarred, tags, note })
      archive.readModel.putSession(session)
      const turn: Turn = {
        ...{ id: `${id}-t`, threadId: id, sessionId: id, prompt: `prompt of ${id}`, status: session.status },
        ...{ startedAt: session.updatedAt, endedAt: null, model: session.model, usage: noUsage, seq: 1 },
        items: [],
        exchanges: [],
      }
      const { items: _items, exchanges: _exchanges, seq: _seq, ...summary } = turn
      const thread = { id, parentThreadId: null, subagent: null, model: null }
      const facts = {
        launchId: 'l',
        accountMode: null,
        credential: null,
        exchangeCount: 1,
        usageGroups: [],
        hasEdits: false,
        hasErrors: false,
      }
      archive.readModel.putTurn({
        turn,
        summary: { ...summary, ...facts, thread, cwd: session.cwd, errorMessage: null },
        documents: [
          { ...prompt, itemId: `${id}-i1`, at: session.updatedAt, text: `prompt of ${id}` },
          { ...call, tool: 'exec_command', itemId: `${id}-i2`, at: session.updatedAt, text: `ls ${id}\nprompt` },
          { ...call, tool: 'look', itemId: `${id}-i3`, at: session.updatedAt, text: `exec_command of ${id}` },
        ],
      })
    }
  })
  archive.close()
  reader = openArchiveReader(dataDir)
})
afterAll(() => {
  reader.close()
  rmSync(dataDir, { recursive: true })
})

function ids(query: string, sort?: SessionSort): string[] {
  return reader.listSessions({ limit: 1000, query, sort }).sessions.map(({ id }) => id)
}

describe('a list', () => {
  const queries: [string, (session: Session) => boolean][] = [
    ['', () => true],
    ['cwd:/home/me/api', ({ cwd }) => cwd === '/home/me/api'],
    ['cwd:/home/me', () => false],
    ['cwd:/home/me/', ({ cwd }) => cwd !== null],
    ['cwd:~/web', ({ cwd }) => cwd === '/home/me/web'],
    ['cwd:AP', ({ cwd }) => cwd === '/home/me/api'],
    ['-cwd:api', ({ cwd }) => cwd !== '/home/me/api'],
    ['cwd:nowhere', () => false],
    ['-cwd:nowhere', () => true],
    ['model:gpt-5.5', ({ model }) => model === 'gpt-5.5'],
    ['model:5.5,sol', () => true],
    ['model:=gpt-5', () => false],
    ['model:=GPT-5.5,=gpt', ({ model }) => model === 'gpt-5.5'],
    ['account:key', ({ accountMode }) => accountMode === 'apiKey'],
    ['status:cut,failed', ({ status }) => status === 'cut' || status === 'failed'],
    ['-status:cut', ({ status }) => status !== 'cut'],
    ['after:1970-01-02 before:1971', ({ updatedAt }) => updatedAt >= new Date(1970, 0, 2).getTime()],
    ['before:1970-01-01', () => false],
    ['has:edits', ({ hasEdits }) => hasEdits],
    ['has:edits,errors', ({ hasEdits, hasErrors }) => hasEdits || hasErrors],
    ['has:edits has:errors', ({ hasEdits, hasErrors }) => hasEdits && hasErrors],
    ['-has:errors', ({ hasErrors }) => !hasErrors],
    ['is:starred', ({ isStarred }) => isStarred],
    ['tag:later', ({ tags }) => tags.includes('later')],
    ['-tag:later is:starred', ({ tags, isStarred }) => isStarred && !tags.includes('later')],
    ['tool:look', () => true],
    ['-tool:look', () => false],
    ['ünlike', ({ id }) => id === 's3'],
    ['"100 %"', ({ id }) => id === 's3'],
    ['ask ada', ({ id }) => id === 's4'],
    ['ls s17 ', ({ id }) => id === 's17'],
    ['"prompt of" -s17', ({ id }) => id !== 's17'],
    ['-s17', ({ id }) => id !== 's17'],
    ['-ünlike', ({ id }) => id !== 's3'],
    ['status:failed has:errors model:sol', ({ status, model }) => status === 'failed' && model === 'gpt-6.1-sol'],
  ]
  test.each(queries)('of %j has what fits, counts it, and nothing else', (query, fits) => {
    const wanted = all.filter(fits).map(({ id }) => id)
    expect(ids(query).sort()).toEqual(wanted.sort())
    expect(reader.listSessions({ limit: 1, query }).total).toBe(wanted.length)
  })

  test('fits what a session tells of itself, as the page sees it', () => {
    const told = queries.filter(([query]) =>
      readSearch(query, Date.now()).terms.every(({ type }) => type === 'condition'),
    )
    for (const [query, fits] of told) {
      const { terms } = readSearch(query, Date.now())
      const known = all.filter((session) => fitsSession(session, terms) !== 'unknown')
      expect(
        known.filter((session) => fitsSession(session, terms)),
        query,
      ).toEqual(known.filter(fits))
    }
  })

  test('of a query that means nothing is none', () => {
    expect(() => ids('status:wrong')).toThrow('status: is live')
    expect(() => ids('%')).toThrow('no letter or digit')
  })
})

describe('sorted by', () => {
  const sorts: [SessionSort, (session: Session) => number][] = [
    ['updated', ({ updatedAt }) => updatedAt],
    ['started', ({ startedAt }) => startedAt],
    ['tokens', ({ usage }) => usage.totalTokens],
    ['duration', ({ durationMs }) => durationMs],
    ['cost', ({ apiEquivalentUsd }) => apiEquivalentUsd ?? -1],
  ]
  test.each(sorts)('%s, pages join without a gap or a repetition', (sort, measureOf) => {
    const seen: Session[] = []
    let cursor: string | null = null
    do {
      const page: ReturnType<typeof reader.listSessions> = reader.listSessions({
        limit: 7,
        cursor,
        sort,
        query: 'has:edits',
      })
      seen.push(...page.sessions)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(50)
    expect(seen.map(measureOf)).toEqual(seen.map(measureOf).sort((a, b) => b - a))
  })
})

test('a cursor that session/list never gave is refused', () => {
  expect(() => reader.listSessions({ limit: 1, cursor: "1' OR" })).toThrow(
    'This cursor is none that session/list gave. Begin again without one.',
  )
})

test('projects are the folders with what was done in them, the last active first', () => {
  expect(reader.projects()).toEqual({
    projects: [
      { cwd: '/home/me/web', name: 'web', sessionCount: 40, updatedAt: 1_000_099, bytes: 0 },
      { cwd: '/home/me/api', name: 'api', sessionCount: 40, updatedAt: 1_000_098, bytes: 0 },
      { cwd: null, name: 'No folder', sessionCount: 20, updatedAt: 1_000_095, bytes: 0 },
    ],
  })
})

describe('a search', () => {
  const find = (query: string) => reader.search({ query, limit: 500 }).hits.map(({ itemId }) => itemId)
  const turnsWhere = (fits: (session: Session) => boolean) => all.filter(fits).map(({ id }) => id)

  test('is narrowed by model, folder, status and time', () => {
    const session = (query: string) => [...new Set(find(query).map((id) => id.split('-')[0]))].sort()
    expect(session('prompt model:=gpt-6')).toEqual([])
    expect(session('prompt model:gpt-6')).toEqual(turnsWhere(({ model }) => model === 'gpt-6.1-sol').sort())
    expect(session('prompt cwd:API')).toEqual(turnsWhere(({ cwd }) => cwd === '/home/me/api').sort())
    expect(session('prompt status:cut')).toEqual(turnsWhere(({ status }) => status === 'cut').sort())
    expect(find('prompt after:today')).toEqual([])
    expect(find('prompt before:2000')).toHaveLength(200)
  })

  test('by tool finds calls of that tool, not calls that speak of it', () => {
    expect(find('tool:exec_command s42')).toEqual(['s42-i2'])
    expect(find('tool:exec').every((id) => id.endsWith('i2'))).toBe(true)
    expect(find('tool:look "of s42"')).toEqual(['s42-i3'])
    expect(find('tool:nothing')).toEqual([])
  })

  test('without a word shows each turn that fits by how it began', () => {
    expect(find('status:failed model:gpt-6')).toEqual(
      turnsWhere(({ status, model }) => status === 'failed' && model === 'gpt-6.1-sol')
        .reverse()
        .map((id) => `${id}-i1`),
    )
  })

  test('is narrowed by what its session is', () => {
    const session = (query: string) => find(query).map((id) => id.split('-')[0])
    expect(session('"prompt of" is:starred')).toEqual(turnsWhere(({ isStarred }) => isStarred).reverse())
    expect(session('"prompt of" tag:later')).toEqual(turnsWhere(({ tags }) => tags.length > 0).reverse())
    expect(session('"prompt of" -has:edits account:chatgpt')).toEqual([])
    expect(session('"prompt of" has:errors')).toEqual(turnsWhere(({ hasErrors }) => hasErrors).reverse())
    expect(session('is:starred')).toEqual(turnsWhere(({ isStarred }) => isStarred).reverse())
  })

  test('leaves out what has an excluded word', () => {
    expect(find('s42 -prompt')).toEqual(['s42-i3'])
    expect(find('"prompt of" -s42')).toHaveLength(count - 1)
    expect(find('is:starred -"of s40"')).toHaveLength(9)
    expect(find('tool:look -s42')).toHaveLength(count - 1)
  })

  test('that is grouped shows the newest of each kind with their number, and sessions that are called so', () => {
    const found = reader.search({ query: 's7', limit: 2, isGrouped: true })
    expect(found.kinds).toEqual([
      { kind: 'command', total: 22 },
      { kind: 'prompt', total: 11 },
    ])
    expect(found.hits.map(({ kind }) => kind).sort()).toEqual(['command', 'command', 'prompt', 'prompt'])
    expect(found.total).toBe(33)
    expect(reader.search({ query: 'title 77', limit: 2, isGrouped: true }).sessions.map(({ id }) => id)).toEqual([
      's77',
    ])
    const prompts = reader.search({ query: 's7', limit: 50, kind: 'prompt' })
    expect(prompts.hits.map(({ itemId }) => itemId)).toContain('s7-i1')
    expect([prompts.hits.length, prompts.total]).toEqual([11, 11])
  })

  test('tells what there is to narrow it to', () => {
    expect(reader.searchValues()).toEqual({
      models: ['gpt-5.5', 'gpt-6.1-sol'],
      tools: ['exec_command', 'look'],
      tags: ['later'],
    })
  })

  test('for an exact phrase finds it alone', () => {
    expect(find('"prompt of s42"')).toEqual(['s42-i1'])
  })

  test('that means nothing says so', () => {
    expect(() => find('status:wrong')).toThrow('status: is live')
  })
})
