import { hash } from 'node:crypto'
import type { SearchKind } from '../../contract/domain/search.ts'
import { createDocumentRuns } from './documentRuns.ts'
import { packText, unpackText } from './packed.ts'
import type { Statements } from './statements.ts'

/** One text of an item as search sees it. An item may have several, each of its own kind. */
export interface SearchDocument {
  itemId: string
  type: string
  kind: SearchKind
  /** The name of the tool that was called. */
  tool: string | null
  at: number
  text: string
}

/** Of one item no more is indexed: a tool that printed a whole disk is found by how it began and how it ended. */
const textLimit = 256 * 1024
/** An error stands at the end. */
const endLimit = textLimit / 4

interface StoredDocument {
  key: number
  kind: string | null
  digest: string
}

/** What is stored of a turn's documents, by their items. */
export type StoredDocuments = Map<string, StoredDocument[]>

/** What makes turns findable. */
export function createSearchIndex(statements: Statements) {
  const { run, get, all } = statements
  const runs = createDocumentRuns(statements)

  /** The index is younger than the texts up to this key. */
  function unindexedTo(): number {
    return get<{ value: number }>("SELECT value FROM counter WHERE name = 'unindexedTo'")?.value ?? 0
  }

  function read(turnKey: number): StoredDocuments {
    const rows = all<StoredDocument & { itemId: string }>(
      `SELECT document.key, itemId, kind, digest FROM document LEFT JOIN documentFacet ON documentFacet.key = document.key
       WHERE document.turnKey = ?`,
      turnKey,
    )
    const stored: StoredDocuments = new Map()
    for (const { itemId, ...document } of rows) {
      const ofItem = stored.get(itemId)
      if (ofItem) ofItem.push(document)
      else stored.set(itemId, [document])
    }
    return stored
  }

  function nextKey(above: number): number {
    const { last } = get<{ last: number | null }>('SELECT max(key) AS last FROM document') ?? { last: null }
    return Math.max(last ?? 0, above) + 1
  }

  function remove(key: number, isIndexed: boolean): void {
    if (!isIndexed) {
      run('DELETE FROM document WHERE key = ?', key)
      return
    }
    const text = unpackText(get<{ text: unknown }>('SELECT text FROM document WHERE key = ?', key)?.text ?? '')
    run("INSERT INTO documentIndex (documentIndex, rowid, text) VALUES ('delete', ?, ?)", key, text)
    run('DELETE FROM document WHERE key = ?', key)
  }

  return {
    /**
     * Makes a turn findable by these texts and no others. What did not change is not touched. `since`: what is stored, if that is
     * known; then only these items of it have changed, and the texts are theirs alone. Returns what is stored by that.
     */
    put(
      turn: { key: number; sessionId: string },
      documents: SearchDocument[],
      since?: { documents: StoredDocuments; itemIds: Set<string> },
    ): StoredDocuments {
      const stored = since?.documents ?? read(turn.key)
      const present = new Map<string, StoredDocument>()
      for (const itemId of since?.itemIds ?? [...stored.keys()]) {
        for (const row of stored.get(itemId) ?? []) present.set(placeOf({ itemId, kind: row.kind }), row)
        stored.delete(itemId)
      }
      const keep = (itemId: string, document: StoredDocument) => {
        const ofItem = stored.get(itemId)
        if (ofItem) ofItem.push(document)
        else stored.set(itemId, [document])
      }
      const removed: number[] = []
      let hasAppended = false
      runs.move(
        [...present.values()].map(({ key }) => key).sort((a, b) => a - b),
        turn.sessionId,
      )
      const unindexed = unindexedTo()
      for (const document of documents) {
        const { itemId, type, kind, tool, at } = document
        const text = storable(document.text)
        const digest = hash('sha1', text)
        const old = present.get(placeOf(document))
        present.delete(placeOf(document))
        const isIndexed = old !== undefined && old.key > unindexed
        if (isIndexed && old.digest === digest) {
          keep(itemId, old)
          continue
        }
        if (old) remove(old.key, isIndexed)
        if (old && !isIndexed) removed.push(old.key)
        const { key } = run(
          'INSERT INTO document (key, turnKey, itemId, type, at, digest, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
          isIndexed ? old.key : nextKey(unindexed),
          turn.key,
          itemId,
          type,
          at,
          digest,
          packText(text),
        )
        run('INSERT INTO documentFacet (key, turnKey, kind, tool) VALUES (?, ?, ?, ?)', key, turn.key, kind, tool)
        run('INSERT INTO documentIndex (rowid, text) VALUES (?, ?)', key, text)
        keep(itemId, { key, kind, digest })
        // The others that are new follow it.
        if (!isIndexed && !hasAppended) runs.append(key, turn.sessionId)
        hasAppended ||= !isIndexed
      }
      for (const old of present.values()) {
        remove(old.key, old.key > unindexed)
        removed.push(old.key)
      }
      if (removed.length > 0) runs.removed(removed)
      return stored
    },
  }
}

/** What comes back from the database is what went in, or the index could never be told to forget it. */
function storable(text: string): string {
  const kept = text.length > textLimit ? `${text.slice(0, textLimit - endLimit)}\n…\n${text.slice(-endLimit)}` : text
  return kept.toWellFormed().replaceAll('\0', ' ')
}

function placeOf({ itemId, kind }: { itemId: string; kind: string | null }): string {
  return `${kind} ${itemId}`
}
