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
/** So many stretches are looked into one by one, which takes some hundredths of a millisecond each; more in one look at all places. */
const mostLooks = 64

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

/** Documents of one session that follow one another: with which key each run begins, in order, and whose it is; null when that is gone. */
interface Runs {
  firstKeys: number[]
  sessions: (number | null)[]
}

/**
 * Stretches of keys, which rise, each told by its number. Unsure are those that reach over the end of a run, where that leaves
 * open whether a session was found.
 */
function sessionsOfStretches(
  stretches: number[],
  length: number,
  { firstKeys, sessions }: Runs,
): { found: Set<number>; unsure: number[] } {
  const found = new Set<number>()
  const over: { stretch: number; first: number; last: number }[] = []
  let next = 0
  for (const stretch of stretches) {
    const firstKey = stretch * length
    while ((firstKeys[next] ?? Infinity) <= firstKey) next += 1
    let end = next
    while ((firstKeys[end] ?? Infinity) < firstKey + length) end += 1
    if (end > next) over.push({ stretch, first: Math.max(0, next - 1), last: end })
    else {
      const session = sessions[next - 1] ?? null
      if (session !== null) found.add(session)
    }
  }
  const isOpen = (session: number | null) => session !== null && !found.has(session)
  const unsure = over.filter(({ first, last }) => sessions.slice(first, last).some(isOpen))
  return { found, unsure: unsure.map(({ stretch }) => stretch) }
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
  function readRuns(from = 0): Runs {
    const row = get<{ firstKeys: string; sessions: string }>(
      `SELECT json_group_array(firstKey) AS firstKeys, json_group_array(session) AS sessions FROM (
         SELECT firstKey, session.key AS session FROM documentRun LEFT JOIN session ON session.id = sessionId
         WHERE firstKey >= ifnull((SELECT max(firstKey) FROM documentRun WHERE firstKey <= ?), 0) ORDER BY firstKey)`,
      from,
    )
    return { firstKeys: JSON.parse(row?.firstKeys ?? '[]'), sessions: JSON.parse(row?.sessions ?? '[]') }
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

  /** The places of a word in these stretches, which rise. */
  function placesWithin(stretches: number[], match: string): number[] {
    const within = JSON.stringify(stretches)
    if (stretches.length > mostLooks) {
      return numbersOf(
        `SELECT rowid AS number FROM documentIndex
         WHERE documentIndex MATCH ? AND rowid / ${stretchLength} IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
        match,
        within,
      )
    }
    return numbersOf(
      `SELECT documentIndex.rowid AS number FROM json_each(?) AS stretch CROSS JOIN documentIndex
       WHERE documentIndex MATCH ?
         AND documentIndex.rowid BETWEEN stretch.value * ${stretchLength} AND stretch.value * ${stretchLength} + ${stretchLength - 1}
       ORDER BY number`,
      within,
      match,
    )
  }

  function allSaying(match: string): number[] {
    const runs = hasAllRuns(statements) ? readRuns() : null
    const lastKey = get<{ key: number | null }>('SELECT max(key) AS key FROM document')?.key ?? 0
    if (runs === null || runs.firstKeys.length * shortestRuns > lastKey) return sessionsOf(placesOf(match, ''), runs)
    const stretches = numbersOf(
      `SELECT DISTINCT rowid / ${stretchLength} AS number FROM documentIndex WHERE documentIndex MATCH ?`,
      match,
    ).sort((a, b) => a - b)
    const { found, unsure } = sessionsOfStretches(stretches, stretchLength, runs)
    return [...new Set([...found, ...sessionsOf(placesWithin(unsure, match), runs)])]
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
