import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { TurnSummary } from '../capture/reduced.ts'
import { pack, unpack } from './packed.ts'
import { createSearchIndex, type SearchDocument, type StoredDocuments } from './searchIndex.ts'
import type { Statements } from './statements.ts'
import { createTurnBodies, createTurnBodiesReader, type StoredParts } from './turnBodies.ts'
import { createUsageSlots } from './usageSlots.ts'

export interface StoredTurn {
  turn: Turn
  summary: TurnSummary
  /** What search may find of it by now. */
  documents: SearchDocument[]
  /** The version of it that is stored: then only what changed is written, and `documents` are those of these items alone. */
  since?: { version: StoredVersion; itemIds: Set<string> } | undefined
}

/** What is stored of a turn that goes on. */
export interface StoredVersion extends StoredParts {
  /** Of the JSON in its row. */
  bodyLength: number
  sessionId: string
  documents: StoredDocuments
}

export type ReadModelReader = ReturnType<typeof createReadModelReader>
export type ReadModel = ReturnType<typeof createReadModel>

interface TurnRow {
  key: number
  body: unknown
}

export function createReadModelReader(statements: Statements) {
  const { get, all } = statements
  const bodies = createTurnBodiesReader(statements)
  const readTurn = ({ key, body }: TurnRow) => bodies.read(key, body)

  return {
    session(id: string): Session | null {
      const row = get<{ body: unknown }>('SELECT body FROM session WHERE id = ?', id)
      return row ? unpack<Session>(row.body) : null
    },

    sessionIds(): string[] {
      return all<{ id: string }>('SELECT id FROM session').map(({ id }) => id)
    },

    turnsOfSession(sessionId: string): Turn[] {
      return all<TurnRow>('SELECT key, body FROM turn WHERE sessionId = ? ORDER BY startedAt, key', sessionId).map(
        readTurn,
      )
    },

    /** Some of them, in the order in which they started. */
    turnsOfSessionAmong(sessionId: string, ids: string[]): Turn[] {
      return all<TurnRow>(
        `SELECT key, body FROM turn WHERE id IN (SELECT value FROM json_each(?)) AND sessionId = ? ORDER BY startedAt, key`,
        JSON.stringify(ids),
        sessionId,
      ).map(readTurn)
    },

    /** In the order in which they started. */
    summariesOfSession(sessionId: string): TurnSummary[] {
      return all<{ summary: unknown }>(
        'SELECT summary FROM turn WHERE sessionId = ? ORDER BY startedAt, key',
        sessionId,
      ).map((row) => unpack<TurnSummary>(row.summary))
    },

    turnCount(sessionId: string): number {
      return get<{ n: number }>('SELECT count(*) AS n FROM turn WHERE sessionId = ?', sessionId)?.n ?? 0
    },

    /** In the order in which they started. */
    turnIds(sessionId: string): string[] {
      return all<{ id: string }>('SELECT id FROM turn WHERE sessionId = ? ORDER BY startedAt, key', sessionId).map(
        ({ id }) => id,
      )
    },

    turn(id: string): Turn | null {
      const row = get<TurnRow>('SELECT key, body FROM turn WHERE id = ?', id)
      return row ? readTurn(row) : null
    },

    /** The turn of the same thread that began right before. */
    turnBefore({ id, sessionId, threadId }: Pick<Turn, 'id' | 'sessionId' | 'threadId'>): Turn | null {
      let place = get<{ startedAt: number; key: number }>('SELECT startedAt, key FROM turn WHERE id = ?', id)
      while (place) {
        const rows = all<{ id: string; startedAt: number; key: number; summary: unknown }>(
          `SELECT id, startedAt, key, summary FROM turn WHERE sessionId = ? AND (startedAt, key) < (?, ?)
           ORDER BY startedAt DESC, key DESC LIMIT 20`,
          sessionId,
          place.startedAt,
          place.key,
        )
        const found = rows.find((row) => unpack<TurnSummary>(row.summary).threadId === threadId)
        if (found) return this.turn(found.id)
        place = rows.at(-1)
      }
      return null
    },
  }
}

/** Sorts behind whatever has a price. */
const unknownUsd = -1
const longestWords = 2000

/** The rows that people see, all of them derived: turns, sessions, what they used, and the search index. */
export function createReadModel(statements: Statements) {
  const { run, get, all } = statements
  const search = createSearchIndex(statements)
  const usage = createUsageSlots(statements)
  const bodies = createTurnBodies(statements)
  const reader = createReadModelReader(statements)

  function putFacet(session: Session): void {
    const row = get<{ key: number; isShown: number; cwd: string | null }>(
      `SELECT session.key, sessionFacet.key IS NOT NULL AS isShown, cwd
       FROM session LEFT JOIN sessionFacet ON sessionFacet.key = session.key WHERE id = ?`,
      session.id,
    )
    if (row?.isShown !== 1 || row.cwd !== session.cwd) usage.show(session.id, session.cwd)
    const words = [session.title, session.cwd ?? '', session.git?.branch ?? '', ...session.tags, session.note]
    run(
      `INSERT OR REPLACE INTO sessionFacet (key, updatedAt, startedAt, tokens, durationMs, usd, status, cwd, model,
         accountMode, hasEdits, hasErrors, isStarred, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row?.key ?? null,
      session.updatedAt,
      session.startedAt,
      session.usage.totalTokens,
      session.durationMs,
      session.apiEquivalentUsd ?? unknownUsd,
      session.status,
      session.cwd,
      session.model,
      session.accountMode,
      Number(session.hasEdits),
      Number(session.hasErrors),
      Number(session.isStarred),
      words.join('\n').toLowerCase().slice(0, longestWords),
    )
  }

  return {
    ...reader,

    /** Returns what is stored by that, for the next version, if more may come of it. */
    putTurn({ turn, summary, documents, since }: StoredTurn): StoredVersion | null {
      const { body, length: bodyLength } = bodies.encode(turn)
      run(
        `INSERT INTO turn (id, sessionId, launchId, startedAt, isLive, summary, body) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET sessionId = excluded.sessionId, launchId = excluded.launchId,
           startedAt = excluded.startedAt, isLive = excluded.isLive, summary = excluded.summary, body = excluded.body`,
        turn.id,
        turn.sessionId,
        summary.launchId,
        turn.startedAt,
        turn.status === 'live' ? 1 : 0,
        pack(summary),
        body,
      )
      const row = get<{ key: number }>('SELECT key FROM turn WHERE id = ?', turn.id)
      if (!row) return null
      run(
        `INSERT INTO turnFacet (key, startedAt, status, model, cwd) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET startedAt = excluded.startedAt, status = excluded.status,
           model = excluded.model, cwd = excluded.cwd`,
        row.key,
        turn.startedAt,
        turn.status,
        turn.model,
        summary.cwd,
      )
      const { sessionId } = turn
      const parts = bodies.putParts(row.key, turn, since?.version ?? null)
      const stored = search.put(
        { key: row.key, sessionId },
        documents,
        since && { documents: since.version.documents, itemIds: since.itemIds },
      )
      return turn.status === 'live' ? { ...parts, bodyLength, sessionId, documents: stored } : null
    },

    removeTurn(id: string): void {
      const row = get<{ key: number; sessionId: string }>('SELECT key, sessionId FROM turn WHERE id = ?', id)
      if (!row) return
      search.put(row, [])
      run('DELETE FROM turn WHERE key = ?', row.key)
    },

    putSession(session: Session): void {
      run(
        `INSERT INTO session (id, updatedAt, title, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET updatedAt = excluded.updatedAt, title = excluded.title, body = excluded.body`,
        session.id,
        session.updatedAt,
        session.title,
        pack(session),
      )
      putFacet(session)
    },

    titleOf(id: string): string | null {
      return get<{ title: string | null }>('SELECT title FROM session WHERE id = ?', id)?.title ?? null
    },

    removeSession(id: string): void {
      usage.hide(id)
      run('DELETE FROM session WHERE id = ?', id)
    },

    countOfTurns(): number {
      return get<{ count: number }>('SELECT count(*) AS count FROM turn')?.count ?? 0
    },

    /** Some turn of the session, if one is left. */
    anyTurn(sessionId: string): string | null {
      return get<{ id: string }>('SELECT id FROM turn WHERE sessionId = ? LIMIT 1', sessionId)?.id ?? null
    },

    /** Turns that wait for something to happen, of one launch or of all. */
    liveTurns(launchId: string | null): { id: string; launchId: string; sessionId: string }[] {
      return launchId === null
        ? all('SELECT id, launchId, sessionId FROM turn WHERE isLive = 1')
        : all('SELECT id, launchId, sessionId FROM turn WHERE isLive = 1 AND launchId = ?', launchId)
    },

    putUsage: usage.put,
    dropUnusedUsage: usage.dropUnused,

    /**
     * Some turns and sessions that no exchange belongs to, the sessions without their turns: what was derived once and is not any
     * more. `after` are the last of the page before.
     */
    forsaken(after: { turn: number; session: number }, limit: number) {
      const turns = all<{ key: number; id: string; isForsaken: number }>(
        `SELECT key, id, NOT EXISTS (SELECT 1 FROM exchange WHERE turnId = turn.id) AS isForsaken
         FROM turn WHERE key > ? ORDER BY key LIMIT ?`,
        after.turn,
        limit,
      )
      const sessions = all<{ key: number; id: string; isForsaken: number }>(
        `SELECT key, id, NOT EXISTS (SELECT 1 FROM exchange WHERE sessionId = session.id) AS isForsaken
         FROM session WHERE key > ? ORDER BY key LIMIT ?`,
        after.session,
        limit,
      )
      const idsOf = (rows: typeof turns) => rows.filter(({ isForsaken }) => isForsaken === 1).map(({ id }) => id)
      return {
        turnIds: idsOf(turns),
        sessionIds: idsOf(sessions),
        last: { turn: turns.at(-1)?.key ?? after.turn, session: sessions.at(-1)?.key ?? after.session },
        isLast: turns.length + sessions.length === 0,
      }
    },
  }
}
