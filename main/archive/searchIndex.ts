import { hash } from 'node:crypto'
import type { SearchHit } from '../../contract/api.ts'
import { packText, unpackText } from './packed.ts'
import { parseSearch, snippetOf } from './searchQuery.ts'
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

export function createSearch({ get, all }: Statements) {
  return {
    /** The newest hits, and how many there are: counted up to a thousand, no further. */
    query(query: string, limit: number): { hits: SearchHit[]; total: number } {
      const search = parseSearch(query)
      if (!search) return { hits: [], total: 0 }
      const keys = all<{ rowid: number }>(
        'SELECT rowid FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT ?',
        search.match,
        Math.max(countLimit, limit),
      )
      const hits = keys.slice(0, limit).flatMap(({ rowid }): SearchHit[] => {
        const row = get<Omit<SearchHit, 'snippet'> & { text: unknown }>(
          `SELECT turn.sessionId, ifnull(session.title, '') AS sessionTitle, turn.id AS turnId, itemId, type, at, text
           FROM document JOIN turn ON turn.key = turnKey LEFT JOIN session ON session.id = turn.sessionId
           WHERE document.key = ?`,
          rowid,
        )
        if (!row) return []
        const { text, ...hit } = row
        return [{ ...hit, snippet: snippetOf(unpackText(text), search.pattern) }]
      })
      return { hits: hits.sort((a, b) => b.at - a.at), total: keys.length }
    },
  }
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
