import { hasAllRuns } from './documentRuns.ts'
import type { Statements } from './statements.ts'

/** So many of the newest places of a word, and of the newest runs of documents with a tool, are looked at for a quick answer. */
const quickPlaces = 20_000
const quickRuns = 500

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

/** Which sessions have a word or a tool. */
export function createSessionsOfPlaces(statements: Statements) {
  const { get, all } = statements
  const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key)

  /** Rising. A word that is everywhere has a million places: as one text they cross over in a fraction of the time of rows. */
  function placesOf(match: string, order: string): number[] {
    const found = get<{ places: string }>(
      `SELECT json_group_array(place) AS places FROM (
         SELECT rowid AS place FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid ${order})`,
      match,
    )
    return JSON.parse(found?.places ?? '[]')
  }

  function sessionsOf(places: number[]): number[] {
    if (!hasAllRuns(statements)) {
      return keysOf(
        all(
          `SELECT key FROM session WHERE id IN (SELECT sessionId FROM turn INDEXED BY turnPlace WHERE key IN (
             SELECT turnKey FROM documentFacet WHERE key IN (SELECT value FROM json_each(?))))`,
          JSON.stringify(places),
        ),
      )
    }
    const runs = all<{ firstKey: number; session: number | null }>(
      `SELECT firstKey, session.key AS session FROM documentRun LEFT JOIN session ON session.id = sessionId ORDER BY firstKey`,
    )
    const found = new Set<number>()
    let next = 0
    for (const place of places) {
      const before = next
      while (next < runs.length && (runs[next]?.firstKey ?? 0) <= place) next += 1
      const session = runs[next - 1]?.session ?? null
      if (next > before && session !== null) found.add(session)
    }
    return [...found]
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

  const allSaying = (match: string) => sessionsOf(placesOf(match, ''))

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
