import { statSync } from 'node:fs'
import path from 'node:path'
import { openArchive } from '../../main/archive/archive.ts'
import { type ArchiveReader, openArchiveReader } from '../../main/archive/archiveReader.ts'
import { median, percentile } from '../statistics.ts'
import { createRandom } from '../words.ts'
import { exchangesPerSession, markerOf, sessionIdOf } from './conversation.ts'
import { fillSession } from './fill.ts'

export interface Timing {
  p50Ms: number
  p95Ms: number
  /** Of one answer, on average. */
  results: number
}

export interface ArchivePoint {
  exchanges: number
  fileMiB: number
  /** Since the point before. */
  exchangesWrittenPerSecond: number
  list: Timing
  listFurtherDown: Timing
  open: Timing
  /** All of it, by days of a zone that sets its clocks. */
  usage: Timing
  search: Timing
  searchByKind: Record<string, Timing>
}

const smallArchive = 10_000
/** At every size the same sessions and words are asked for: those of the small archive. */
const knownSessions = smallArchive / exchangesPerSession
const pageSize = 100
const hitLimit = 50
const timesEach = 60

const queries: Record<string, (n: number) => string> = {
  'a word of one session': (n) => markerOf(n % knownSessions),
  'a rare identifier': (n) =>
    `${pickFrom(['parse', 'find', 'merge', 'sort'], n)}${pickFrom(['Order', 'Leaf', 'Price'], n)}Invoice`,
  'a common word': (n) => `${pickFrom(['error', 'file', 'change', 'stream', 'retry'], n)} `,
  'two words': (n) =>
    `${pickFrom(['error', 'open', 'the'], n)} ${pickFrom(['getUserAccount', 'setTreeOption', 'cache'], n)} `,
  'three common words': (n) =>
    `the ${pickFrom(['error', 'file', 'stream'], n)} ${pickFrom(['retry', 'cache', 'merge'], n)} `,
  'a phrase': (n) => `"${pickFrom(['error in the', 'stack frame', 'the file', 'cache index'], n)}"`,
  'a path': (n) => `src/${pickFrom(['test', 'error', 'cache', 'retry'], n)}/getUserAccount.ts `,
  'a beginning': (n) => pickFrom(['han', 'para', 'mig', 'getus', 'e', 'timeo'], n),
}

function pickFrom<T>(values: T[], n: number): T {
  return values[n % values.length] as T
}

/**
 * Fills an archive up to `size` and asks it on the way, at ten thousand exchanges and at every tenfold of that. The asking
 * connection is a new one each time; the file is in the memory of the operating system, as one that is in use is.
 */
export function measureArchive(dataDir: string, size: number, say: (line: string) => void): ArchivePoint[] {
  const points: ArchivePoint[] = []
  const archive = openArchive(dataDir)
  try {
    let session = 0
    for (let goal = Math.min(smallArchive, size); goal <= size; goal = nextGoal(goal, size)) {
      const startedAt = performance.now()
      const firstSession = session
      for (; session * exchangesPerSession < goal; session++) {
        fillSession(archive, session)
        if (session % 1000 === 999) say(`${(session + 1) * exchangesPerSession} exchanges written`)
      }
      const seconds = (performance.now() - startedAt) / 1000
      const written = (session - firstSession) * exchangesPerSession
      say(`asking an archive of ${session * exchangesPerSession} exchanges`)
      points.push({
        exchanges: session * exchangesPerSession,
        fileMiB: statSync(path.join(dataDir, 'archive.db')).size / 1024 ** 2,
        exchangesWrittenPerSecond: written / seconds,
        ...ask(dataDir, session),
      })
      if (goal === size) break
    }
  } finally {
    archive.close()
  }
  return points
}

const nextGoal = (goal: number, size: number) => Math.min(goal * 10, size)

function ask(dataDir: string, sessions: number) {
  const reader = openArchiveReader(dataDir)
  try {
    const random = createRandom(1)
    const list = time(() => reader.listSessions({ limit: pageSize, cursor: null }).sessions.length)
    const cursor = cursorHalfWay(reader, sessions)
    const listFurtherDown = time(() => reader.listSessions({ limit: pageSize, cursor }).sessions.length)
    const open = time(() => reader.readSession({ id: sessionIdOf(Math.floor(random() * sessions)) }).turns.length)
    const usage = time(() => reader.usage({ since: 0, timeZone: 'Europe/Berlin' }).rows.length)
    const samples = Object.entries(queries).map(([kind, queryOf]) => ({
      kind,
      ...sample((n) => reader.search({ query: queryOf(n), limit: hitLimit }).total),
    }))
    return {
      list,
      listFurtherDown,
      open,
      usage,
      search: summarize(
        samples.flatMap(({ durationsMs }) => durationsMs),
        samples.flatMap(({ results }) => results),
      ),
      searchByKind: Object.fromEntries(
        samples.map(({ kind, durationsMs, results }) => [kind, summarize(durationsMs, results)]),
      ),
    }
  } finally {
    reader.close()
  }
}

/** Of a page in the middle; null in an archive that has one page. */
function cursorHalfWay(reader: ArchiveReader, sessions: number): string | null {
  let cursor: string | null = null
  for (let seen = 0; seen < sessions / 2; seen += 1000) {
    cursor = reader.listSessions({ limit: Math.min(1000, Math.ceil(sessions / 2)), cursor }).nextCursor
  }
  return cursor
}

function sample(run: (n: number) => number): { durationsMs: number[]; results: number[] } {
  const durationsMs: number[] = []
  const results: number[] = []
  for (let n = -5; n < timesEach; n++) {
    const startedAt = performance.now()
    const count = run(Math.max(0, n))
    if (n < 0) continue
    durationsMs.push(performance.now() - startedAt)
    results.push(count)
  }
  return { durationsMs, results }
}

function time(run: (n: number) => number): Timing {
  const { durationsMs, results } = sample(run)
  return summarize(durationsMs, results)
}

function summarize(durationsMs: number[], results: number[]): Timing {
  return {
    p50Ms: median(durationsMs),
    p95Ms: percentile(durationsMs, 0.95),
    results: results.reduce((sum, count) => sum + count, 0) / results.length,
  }
}
