import type { Result } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { TurnSummary } from '../capture/reduced.ts'
import { pack, unpack } from './packed.ts'
import { createSearchIndex, type SearchDocument } from './searchIndex.ts'
import type { Statements } from './statements.ts'

export interface StoredTurn {
  turn: Turn
  summary: TurnSummary
  /** What search may find of it by now. */
  documents: SearchDocument[]
}

export interface MadeTitle {
  exchangeId: string
  launchId: string
  title: string
}

export type ReadModelReader = ReturnType<typeof createReadModelReader>
export type ReadModel = ReturnType<typeof createReadModel>

export function createReadModelReader({ get, all }: Statements) {
  return {
    /** Newest first. A page ends where its cursor says, so that it costs the same however far down it is. */
    sessions(limit: number, cursor: string | null): Pick<Result<'session/list'>, 'sessions' | 'nextCursor'> {
      const after = cursor === null ? null : decodeCursor(cursor)
      const rows = all<{ updatedAt: number; key: number; body: unknown }>(
        `SELECT updatedAt, key, body FROM session WHERE (updatedAt, key) < (?, ?)
         ORDER BY updatedAt DESC, key DESC LIMIT ?`,
        after?.updatedAt ?? Number.MAX_VALUE,
        after?.key ?? 0,
        limit + 1,
      )
      const last = rows[limit - 1]
      return {
        sessions: rows.slice(0, limit).map((row) => unpack<Session>(row.body)),
        nextCursor: rows.length > limit && last ? encodeCursor(last.updatedAt, last.key) : null,
      }
    },

    session(id: string): Session | null {
      const row = get<{ body: unknown }>('SELECT body FROM session WHERE id = ?', id)
      return row ? unpack<Session>(row.body) : null
    },

    turnsOfSession(sessionId: string): Turn[] {
      return all<{ body: unknown }>('SELECT body FROM turn WHERE sessionId = ? ORDER BY startedAt, key', sessionId).map(
        (row) => unpack<Turn>(row.body),
      )
    },

    turn(id: string): Turn | null {
      const row = get<{ body: unknown }>('SELECT body FROM turn WHERE id = ?', id)
      return row ? unpack<Turn>(row.body) : null
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

/** The rows that people see, all of them derived: turns, sessions, made titles, and the search index. */
export function createReadModel(statements: Statements) {
  const { run, get, all } = statements
  const search = createSearchIndex(statements)
  const reader = createReadModelReader(statements)

  function keyOfExchange(id: string): number | null {
    return get<{ key: number }>('SELECT key FROM exchange WHERE id = ?', id)?.key ?? null
  }

  return {
    ...reader,

    putTurn({ turn, summary, documents }: StoredTurn): void {
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
        pack(turn),
      )
      const row = get<{ key: number }>('SELECT key FROM turn WHERE id = ?', turn.id)
      if (row) search.put(row.key, documents)
    },

    removeTurn(id: string): void {
      const row = get<{ key: number }>('SELECT key FROM turn WHERE id = ?', id)
      if (!row) return
      search.put(row.key, [])
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
    },

    removeSession(id: string): void {
      run('DELETE FROM session WHERE id = ?', id)
    },

    /** In the order in which they started. */
    summariesOfSession(sessionId: string): TurnSummary[] {
      return all<{ summary: unknown }>(
        'SELECT summary FROM turn WHERE sessionId = ? ORDER BY startedAt, key',
        sessionId,
      ).map((row) => unpack<TurnSummary>(row.summary))
    },

    /** Some turn of the session, if one is left. */
    anyTurn(sessionId: string): string | null {
      return get<{ id: string }>('SELECT id FROM turn WHERE sessionId = ? LIMIT 1', sessionId)?.id ?? null
    },

    /** Turns that wait for something to happen, of one launch or of all. */
    liveTurns(launchId: string | null): { id: string; launchId: string }[] {
      return launchId === null
        ? all('SELECT id, launchId FROM turn WHERE isLive = 1')
        : all('SELECT id, launchId FROM turn WHERE isLive = 1 AND launchId = ?', launchId)
    },

    rename(sessionId: string, title: string | null): void {
      run('DELETE FROM renamed WHERE sessionId = ?', sessionId)
      if (title !== null) run('INSERT INTO renamed VALUES (?, ?)', sessionId, title)
    },

    renamed(sessionId: string): string | null {
      return get<{ title: string }>('SELECT title FROM renamed WHERE sessionId = ?', sessionId)?.title ?? null
    },

    putMadeTitle({ exchangeId, launchId, title }: MadeTitle): void {
      run(
        `INSERT INTO madeTitle (exchangeKey, launchId, title) VALUES (?, ?, ?)
         ON CONFLICT (exchangeKey) DO UPDATE SET title = excluded.title`,
        keyOfExchange(exchangeId),
        launchId,
        title,
      )
    },

    claimTitle(exchangeId: string, sessionId: string): void {
      run('UPDATE madeTitle SET sessionId = ? WHERE exchangeKey = ?', sessionId, keyOfExchange(exchangeId))
    },

    /** Ids of the exchanges that made a title which nobody claimed yet. */
    unclaimedTitles(launchId: string): string[] {
      return all<{ id: string }>(
        `SELECT id FROM madeTitle JOIN exchange ON key = exchangeKey
         WHERE madeTitle.launchId = ? AND madeTitle.sessionId IS NULL ORDER BY key`,
        launchId,
      ).map(({ id }) => id)
    },

    /** The last that codex made for it. */
    madeTitle(sessionId: string): string | null {
      return (
        get<{ title: string }>(
          'SELECT title FROM madeTitle WHERE sessionId = ? ORDER BY exchangeKey DESC LIMIT 1',
          sessionId,
        )?.title ?? null
      )
    },

    /** Sessions with a turn of this launch. */
    sessionsOfLaunch(launchId: string): string[] {
      return all<{ sessionId: string }>('SELECT DISTINCT sessionId FROM turn WHERE launchId = ?', launchId).map(
        ({ sessionId }) => sessionId,
      )
    },

    /** Forgets all that is derived, and nothing else. */
    clear(): void {
      search.clear()
      run('DELETE FROM turn')
      run('DELETE FROM session')
      run('DELETE FROM madeTitle')
    },
  }
}

function encodeCursor(updatedAt: number, key: number): string {
  return `${updatedAt}-${key}`
}

function decodeCursor(cursor: string): { updatedAt: number; key: number } {
  const [, updatedAt, key] = /^(\d+(?:\.\d+)?)-(\d+)$/.exec(cursor) ?? []
  if (!updatedAt || !key) throw new ReplyError('badRequest', 'This cursor is none that session/list gave.')
  return { updatedAt: Number(updatedAt), key: Number(key) }
}
