import type { SQLInputValue } from 'node:sqlite'
import { hasAllRuns } from './documentRuns.ts'
import type { Statements } from './statements.ts'

/** So many of the newest places of a word, and of the newest runs of documents with a tool, are looked at for a quick answer. */
const quickPlaces = 20_000
const quickRuns = 500

/** A word that is everywhere stands at a million places. Told once for so many keys in a row, they cross over in half of the time. */
const stretchLength = 64
/** Sessions that are not much longer leave too many stretches between two of them. */
const shortestRuns = 2 * stretchLength

/** One look for sessions by what stands in them. What it gives are keys of `session`. */
export interface PlacesLook {
  /** In which one text has what FTS5 is asked for. */
  saying(match: string): number[]
  calling(tool: string): number[]
  /** All that there are, even in a quick look: the oldest place may be of the session that was to be left out. */
  notSaying(match: string): number[]
  notCalling(tool: string): number[]
  /** Whether a quick look left anything out. */
  isPartial(): boolean
}

/** Documents of one session that follow one another, up to the next run. */
interface Run {
  firstKey: number
  /** Null when the session is gone. */
  session: number | null
}

/**
 * Stretches of keys, which rise, each told by its number. Unsure are those that reach over the end of a run, where that leaves
 * open whether a session was found.
 */
function sessionsOfStretches(
  stretches: number[],
  length: number,
  runs: Run[],
): { found: Set<number>; unsure: number[] } {
  const found = new Set<number>()
  const over: { stretch: number; sessions: (number | null)[] }[] = []
  let next = 0
  for (const stretch of stretches) {
    const first = stretch * length
    while (next < runs.length && (runs[next]?.firstKey ?? 0) <= first) next += 1
    let end = next
    while (end < runs.length && (runs[end]?.firstKey ?? 0) < first + length) end += 1
    const session = runs[next - 1]?.session ?? null
    if (end > next) over.push({ stretch, sessions: [session, ...runs.slice(next, end).map((run) => run.session)] })
    else if (session !== null) found.add(session)
  }
  const isOpen = (session: number | null) => session !== null && !found.has(session)
  return { found, unsure: over.filter(({ sessions }) => sessions.some(isOpen)).map(({ stretch }) => stretch) }
}

/** Which sessions have a word or a tool. */
export function createSessionsOfPlaces(statements: Statements) {
  const { get, all } = statements
  const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key)

  /** As one text they cross over in a fraction of the time of rows. */
  function numbersOf(sql: string, ...values: SQLInputValue[]): number[] {
    return JSON.parse(
      get<{ numbers: string }>(`SELECT json_group_array(number) AS numbers FROM (${sql})`, ...values)?.numbers ?? '[]',
    )
  }

  const placesOf = (match: string, order: string) =>
    numbersOf(`SELECT rowid AS number FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid ${order}`, match)

  /** Those that the keys from this one on are in. */
  function readRuns(from = 0): Run[] {
    const row = get<{ runs: string }>(
      `SELECT json_group_array(json_array(firstKey, session.key) ORDER BY firstKey) AS runs
       FROM documentRun LEFT JOIN session ON session.id = sessionId
       WHERE firstKey >= ifnull((SELECT max(firstKey) FROM documentRun WHERE firstKey <= ?), 0)`,
      from,
    )
    const runs: [number, number | null][] = JSON.parse(row?.runs ?? '[]')
    return runs.map(([firstKey, session]) => ({ firstKey, session }))
  }

  /** Of places that rise. */
  function sessionsOf(places: number[], runs = hasAllRuns(statements) ? readRuns(places[0]) : null): number[] {
    if (runs === null) {
      return keysOf(
        all(
          `SELECT key FROM session WHERE id IN (SELECT sessionId FROM turn INDEXED BY turnPlace WHERE key IN (
             SELECT turnKey FROM documentFacet WHERE key IN (SELECT value FROM json_each(?))))`,
          JSON.stringify(places),
        ),
      )
    }
    return [...sessionsOfStretches(places, 1, runs).found]
  }

  function allSaying(match: string): number[] {
    const runs = hasAllRuns(statements) ? readRuns() : null
    const lastKey = get<{ key: number | null }>('SELECT max(key) AS key FROM document')?.key ?? 0
    if (runs === null || runs.length * shortestRuns > lastKey) return sessionsOf(placesOf(match, ''), runs)
    const ofStretch = `rowid / ${stretchLength}`
    const matching = `FROM documentIndex WHERE documentIndex MATCH ?`
    const stretches = numbersOf(`SELECT DISTINCT ${ofStretch} AS number ${matching}`, match).sort((a, b) => a - b)
    const { found, unsure } = sessionsOfStretches(stretches, stretchLength, runs)
    if (unsure.length === 0) return [...found]
    const places = numbersOf(
      `SELECT rowid AS number ${matching} AND ${ofStretch} IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
      match,
      JSON.stringify(unsure),
    )
    return [...new Set([...found, ...sessionsOf(places, runs)])]
  }

  /** From the last call in one run of documents to the last one before that run. */
  function runsCalling(tool: string, limit: number): number[] {
    const runOf = (key: string) => `(SELECT max(firstKey) FROM documentRun WHERE firstKey <= ${key})`
    const rows = all<{ run: number | null }>(
      `WITH RECURSIVE called (run) AS (
         SELECT ${runOf('(SELECT max(key) FROM documentFacet WHERE tool = ?1)')}
         UNION ALL
         SELECT ${runOf('(SELECT max(key) FROM documentFacet WHERE tool = ?1 AND key < called.run)')}
         FROM called WHERE called.run IS NOT NULL
         LIMIT ?2
       )
       SELECT run FROM called`,
      tool,
      limit,
    )
    return rows.flatMap(({ run }) => run ?? [])
  }

  function allCalling(tool: string): number[] {
    if (hasAllRuns(statements)) return sessionsOf(runsCalling(tool, -1).reverse())
    const calls = all<{ key: number }>('SELECT key FROM documentFacet WHERE tool = ? ORDER BY key', tool)
    return sessionsOf(keysOf(calls))
  }

  return {
    /** A quick look leaves out what is older than many places of a word that is everywhere. */
    look(isQuick: boolean): PlacesLook {
      let isPartial = false
      return {
        saying(match) {
          if (!isQuick) return allSaying(match)
          const places = placesOf(match, `DESC LIMIT ${quickPlaces}`)
          isPartial ||= places.length === quickPlaces
          return sessionsOf(places.reverse())
        },
        calling(tool) {
          if (!isQuick || !hasAllRuns(statements)) return allCalling(tool)
          const runs = runsCalling(tool, quickRuns)
          isPartial ||= runs.length === quickRuns
          return sessionsOf(runs.reverse())
        },
        notSaying: allSaying,
        notCalling: allCalling,
        isPartial: () => isPartial,
      }
    },
  }
}
