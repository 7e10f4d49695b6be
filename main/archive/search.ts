import type { ParsedParams, Result } from '../../contract/api.ts'
import { mostHitsCounted, type SearchHit, type SearchKind } from '../../contract/domain/search.ts'
import { distinctValues } from './distinctValues.ts'
import { readFileHit } from './fileHit.ts'
import { createIndexWords } from './indexWords.ts'
import { unpackText } from './packed.ts'
import { allOf, createConditions, type Sql } from './searchConditions.ts'
import { understand } from './searchedFor.ts'
import { snippetOf, type TextQuery } from './searchQuery.ts'
import type { createSessionQueries } from './sessionQueries.ts'
import type { Statements } from './statements.ts'

/** Of a word that is everywhere, the newest places are held against what else is asked for before all of them are. */
const newestPlaces = 100_000
/** Nor more than this shared out by kind. */
const groupedLimit = 10_000
/** Sessions whose name has the words; the list shows the rest. */
const namedLimit = 5

/** What is read line by line. Of the others more is needed to understand them. */
const lineKinds = new Set<SearchKind>(['command', 'file', 'output'])

interface Place {
  key: number
  kind: SearchKind
  /** So many of its kind. */
  count: number
}

export function createSearch(
  statements: Statements,
  sessions: ReturnType<typeof createSessionQueries>,
  homes: readonly string[] = [],
) {
  const { get, all } = statements
  const conditions = createConditions(statements, homes)
  const wordsBeginning = createIndexWords(statements)

  /** Places in the index that have the words, the newest first, as the table `place`. */
  function placesOf(text: TextQuery, limit: number): Sql | null {
    const match = matchOf(text)
    if (match === null) return null
    return {
      sql: `(SELECT rowid AS key FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT ${limit}) AS place`,
      values: [match],
    }
  }

  function hasOlderPlaces(text: TextQuery): boolean {
    const match = matchOf(text)
    const oldest = 'SELECT 1 FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?'
    return match !== null && get(oldest, match, newestPlaces) !== undefined
  }

  /** Turns of what is deleted and can still be taken back; nothing while there is nothing, as it makes a word that is everywhere slow. */
  function withoutTrashed(turnKey: string): Sql[] {
    if (get('SELECT 1 FROM trashed LIMIT 1') === undefined) return []
    const trashed = 'SELECT turn.key FROM trashed JOIN turn ON turn.sessionId = trashed.sessionId'
    return [{ sql: `${turnKey} NOT IN (${trashed})`, values: [] }]
  }

  /** What `place` is held against: documents with their kind, and turns where something is asked of them. */
  function documentsOf(
    text: TextQuery,
    narrowing: Sql,
    kind: SearchKind | undefined,
    { limit, places: placeLimit }: { limit: number; places: number },
  ): Sql {
    const ofDocument: Sql[] = kind === undefined ? [] : [{ sql: 'documentFacet.kind = ?', values: [kind] }]
    ofDocument.push(...withoutTrashed('documentFacet.turnKey'))
    const places = placesOf(text, placeLimit)
    const turns = narrowing.sql === 'TRUE' ? '' : 'JOIN turnFacet ON turnFacet.key = documentFacet.turnKey'
    if (places) {
      const where = allOf([...ofDocument, narrowing])
      return {
        sql: `SELECT documentFacet.key AS key, documentFacet.kind AS kind
          FROM ${places.sql} CROSS JOIN documentFacet ON documentFacet.key = place.key ${turns}
          WHERE ${where.sql} ORDER BY documentFacet.key DESC LIMIT ?`,
        values: [...places.values, ...where.values, limit],
      }
    }
    const where = allOf([...ofDocument, narrowing, ...withoutWords(text, 'documentFacet.key', 'rowid')])
    return {
      sql: `SELECT documentFacet.key AS key, documentFacet.kind AS kind FROM documentFacet ${turns}
        WHERE ${where.sql} ORDER BY documentFacet.key DESC LIMIT ?`,
      values: [...where.values, limit],
    }
  }

  /** Without a word, each turn that fits stands there with how it began. */
  function beginningsOf(text: TextQuery, narrowing: Sql, limit: number): Sql {
    const places = `(SELECT turnKey FROM documentFacet AS place WHERE place.key = rowid)`
    const where = allOf([narrowing, ...withoutTrashed('turnFacet.key'), ...withoutWords(text, 'turnFacet.key', places)])
    return {
      sql: `SELECT documentFacet.key AS key, documentFacet.kind AS kind FROM (
          SELECT (SELECT min(document.key) FROM document WHERE document.turnKey = turnFacet.key) AS first
          FROM turnFacet WHERE ${where.sql} ORDER BY turnFacet.key DESC LIMIT ?
        ) CROSS JOIN documentFacet ON documentFacet.key = first`,
      values: [...where.values, limit],
    }
  }

  function withoutWords({ excluded }: TextQuery, key: string, found: string): Sql[] {
    if (excluded === null) return []
    return [
      { sql: `${key} NOT IN (SELECT ${found} FROM documentIndex WHERE documentIndex MATCH ?)`, values: [excluded] },
    ]
  }

  function find(found: Sql, limit: number, isGrouped: boolean): Place[] {
    const order = isGrouped ? 'PARTITION BY kind' : ''
    return all<Place & { place: number }>(
      `WITH found AS MATERIALIZED (${found.sql})
       SELECT key, kind, count FROM (
         SELECT key, kind, row_number() OVER (${order} ORDER BY key DESC) AS place, count(*) OVER (${order}) AS count
         FROM found
       ) WHERE place <= ? ORDER BY key DESC`,
      ...found.values,
      limit,
    )
  }

  function readHit(key: number, kind: SearchKind, pattern: RegExp): SearchHit[] {
    const row = get<Omit<SearchHit, 'snippet' | 'kind'> & { text: unknown }>(
      `SELECT turn.sessionId, ifnull(session.title, '') AS sessionTitle, turn.id AS turnId, itemId, type, at, text, documentFacet.tool AS tool
       FROM document JOIN turn ON turn.key = document.turnKey LEFT JOIN documentFacet ON documentFacet.key = document.key
       LEFT JOIN session ON session.id = turn.sessionId
       WHERE document.key = ?`,
      key,
    )
    if (!row) return []
    const { text: packed, ...hit } = row
    const text = unpackText(packed)
    const inFile = kind === 'file' ? readFileHit(text, pattern) : null
    return [{ ...hit, kind, ...(inFile ?? { snippet: snippetOf(text, pattern, lineKinds.has(kind)) }) }]
  }

  return {
    /**
     * The newest hits, and how many there are: counted as far as that goes. Throws a sentence for people when the
     * query says something that it cannot mean.
     */
    query(
      { query, limit, kind, isGrouped = false }: ParsedParams<'search/query'>,
      now: number,
    ): Result<'search/query'> {
      const { text, conditions: wanted } = understand(query, now, wordsBeginning)
      const isEmpty = text.match === null && text.excluded === null && wanted.length === 0
      if (isEmpty) return { hits: [], total: 0, kinds: [], sessions: [] }
      const narrowing = conditions.ofTurns(wanted)
      const isAboutCalls = wanted.some(({ condition }) => condition.key === 'tool')
      const most = isGrouped ? groupedLimit : Math.max(mostHitsCounted, limit)
      const isNarrow = narrowing.sql !== 'TRUE' || kind !== undefined || withoutTrashed('').length > 0
      const findIn = (places: number) =>
        find(documentsOf(text, narrowing, kind, { limit: most, places }), limit, isGrouped)
      const findPlaces = () => {
        if (text.match === null && !isAboutCalls && kind === undefined)
          return find(beginningsOf(text, narrowing, most), limit, isGrouped)
        if (!isNarrow) return findIn(most)
        const newest = findIn(newestPlaces)
        return newest.length < limit && hasOlderPlaces(text) ? findIn(-1) : newest
      }
      const places = findPlaces()
      const kinds = new Map(places.map((place) => [place.kind, Math.min(place.count, mostHitsCounted)]))
      const counts = isGrouped ? [...kinds.values()] : [places[0]?.count ?? 0]
      const hits = places.flatMap((place) => readHit(place.key, place.kind, text.pattern))
      return {
        hits: hits.sort((a, b) => b.at - a.at),
        total: counts.reduce((sum, count) => sum + count, 0),
        kinds: isGrouped ? [...kinds].map(([kind, total]) => ({ kind, total })) : [],
        sessions: isGrouped ? sessions.named(query, namedLimit, now) : [],
      }
    },

    /** What there is to ask for, for whoever is still typing. */
    values: (): Result<'search/values'> => ({
      models: distinctValues(statements, 'sessionFacet.model'),
      tools: distinctValues(statements, 'documentFacet.tool'),
      tags: distinctValues(statements, 'tagged.tag'),
    }),
  }
}

function matchOf({ match, excluded }: TextQuery): string | null {
  return match === null || excluded === null ? match : `(${match}) NOT (${excluded})`
}
