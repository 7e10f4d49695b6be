import { hash } from 'node:crypto'
import type { SQLInputValue } from 'node:sqlite'
import type { SearchHit } from '../../contract/api.ts'
import { packText, unpackText } from './packed.ts'
import { readSearch, type SearchFilters } from './searchLanguage.ts'
import { parseSearch, type SearchQuery, snippetOf } from './searchQuery.ts'
import type { Statements } from './statements.ts'

/** One item's text as search sees it. */
export interface SearchDocument {
  itemId: string
  type: string
  at: number
  text: string
}

/** Of one item no more is indexed: a tool that printed a whole disk is found by how it began. */
const textLimit = 256 * 1024
/** Nobody reads on to the thousandth hit; a word that is everywhere must not cost a walk through everything. */
const countLimit = 1000

/** Of a word that is everywhere, no more places than this are held against what else is asked for. */
const narrowedLimit = 100_000
/** Matches nowhere: what was asked for is no word. */
const nothing = /(?!)/gu

export function createSearch({ get, all }: Statements) {
  /** Places in the index, the newest first. */
  function find(words: SearchQuery | null, filters: SearchFilters, limit: number): number[] {
    const tool = filters.tool === undefined ? null : toolMatch(filters.tool)
    const match = [tool, words?.match].filter((part) => part != null).join(' AND ')
    const { sql, values } = conditionOf(filters)
    if (match === '') return findTurns(sql, values, limit)
    if (sql === 'TRUE' && tool === null) {
      return all<{ rowid: number }>(
        'SELECT rowid FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT ?',
        match,
        limit,
      ).map(({ rowid }) => rowid)
    }
    return all<{ key: number }>(
      `SELECT document.key FROM (
         SELECT rowid FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT ${narrowedLimit}
       ) AS place CROSS JOIN document ON document.key = place.rowid JOIN turnFacet ON turnFacet.key = document.turnKey
       WHERE ${sql} ${tool === null ? '' : "AND document.type = 'toolCall'"} ORDER BY document.key DESC LIMIT ?`,
      match,
      ...values,
      limit,
    ).map(({ key }) => key)
  }

  /** Without a word, each turn that fits stands there with how it began. */
  function findTurns(sql: string, values: SQLInputValue[], limit: number): number[] {
    return all<{ key: number | null }>(
      `SELECT (SELECT min(document.key) FROM document WHERE turnKey = turnFacet.key) AS key
       FROM turnFacet WHERE ${sql} ORDER BY turnFacet.key DESC LIMIT ?`,
      ...values,
      limit,
    ).flatMap(({ key }) => key ?? [])
  }

  return {
    /**
     * The newest hits, and how many there are: counted up to a thousand, no further. Throws a sentence for people when the
     * query says something that it cannot mean.
     */
    query(query: string, limit: number, now: number): { hits: SearchHit[]; total: number } {
      const { words, filters } = readSearch(query, now)
      const search = parseSearch(words)
      if (!search && Object.keys(filters).length === 0) return { hits: [], total: 0 }
      const keys = find(search, filters, Math.max(countLimit, limit))
      const hits = keys.slice(0, limit).flatMap((key): SearchHit[] => {
        const row = get<Omit<SearchHit, 'snippet'> & { text: unknown }>(
          `SELECT turn.sessionId, ifnull(session.title, '') AS sessionTitle, turn.id AS turnId, itemId, type, at, text
           FROM document JOIN turn ON turn.key = turnKey LEFT JOIN session ON session.id = turn.sessionId
           WHERE document.key = ? AND turn.sessionId NOT IN (SELECT sessionId FROM trashed)`,
          key,
        )
        if (!row) return []
        const { text, ...hit } = row
        return [{ ...hit, snippet: snippetOf(unpackText(text), search?.pattern ?? nothing) }]
      })
      return { hits: hits.sort((a, b) => b.at - a.at), total: keys.length }
    },
  }
}

function conditionOf({ model, cwd, status, after, before }: SearchFilters): { sql: string; values: SQLInputValue[] } {
  const conditions: [sql: string, value: SQLInputValue | undefined][] = [
    ['instr(lower(turnFacet.model), ?) > 0', model?.toLowerCase()],
    ['instr(lower(turnFacet.cwd), ?) > 0', cwd?.toLowerCase()],
    ['turnFacet.status = ?', status],
    ['turnFacet.startedAt >= ?', after],
    ['turnFacet.startedAt < ?', before],
  ]
  const given = conditions.filter((condition): condition is [string, SQLInputValue] => condition[1] !== undefined)
  return {
    sql: given.length === 0 ? 'TRUE' : given.map(([sql]) => sql).join(' AND '),
    values: given.map(([, value]) => value),
  }
}

/** The text of a tool call begins with the name of the tool. */
function toolMatch(name: string): string {
  return `^"${name.replaceAll('"', ' ').replaceAll('\0', ' ')}"*`
}

export function createSearchIndex({ run, get, all }: Statements) {
  function remove(key: number): void {
    const text = unpackText(get<{ text: unknown }>('SELECT text FROM document WHERE key = ?', key)?.text ?? '')
    run("INSERT INTO documentIndex (documentIndex, rowid, text) VALUES ('delete', ?, ?)", key, text)
    run('DELETE FROM document WHERE key = ?', key)
  }

  return {
    /** Makes a turn findable by these texts and no others. What did not change is not touched. */
    put(turnKey: number, documents: SearchDocument[]): void {
      const present = new Map(
        all<{ key: number; itemId: string; digest: string }>(
          'SELECT key, itemId, digest FROM document WHERE turnKey = ?',
          turnKey,
        ).map((row) => [row.itemId, row]),
      )
      for (const document of documents) {
        const { itemId, type, at } = document
        const text = storable(document.text)
        const digest = hash('sha1', text)
        const old = present.get(itemId)
        present.delete(itemId)
        if (old?.digest === digest) continue
        if (old) remove(old.key)
        const { key } = run(
          'INSERT INTO document (key, turnKey, itemId, type, at, digest, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
          old?.key ?? null,
          turnKey,
          itemId,
          type,
          at,
          digest,
          packText(text),
        )
        run('INSERT INTO documentIndex (rowid, text) VALUES (?, ?)', key, text)
      }
      for (const old of present.values()) remove(old.key)
    },

    clear(): void {
      run("INSERT INTO documentIndex (documentIndex) VALUES ('delete-all')")
      run('DELETE FROM document')
    },
  }
}

/** What comes back from the database is what went in, or the index could never be told to forget it. */
function storable(text: string): string {
  return text.slice(0, textLimit).toWellFormed().replaceAll('\0', ' ')
}
