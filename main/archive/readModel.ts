import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { SessionMarks } from '../capture/foldSession.ts'
import type { TurnSummary } from '../capture/reduced.ts'
import { pack, unpack } from './packed.ts'
import { createSearchIndex, type SearchDocument } from './searchIndex.ts'
import type { Statements } from './statements.ts'
import { createUsageSlots } from './usageSlots.ts'

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
    session(id: string): Session | null {
      const row = get<{ body: unknown }>('SELECT body FROM session WHERE id = ?', id)
      return row ? unpack<Session>(row.body) : null
    },

    sessionIds(): string[] {
      return all<{ id: string }>('SELECT id FROM session').map(({ id }) => id)
    },

    turnsOfSession(sessionId: string): Turn[] {
      return all<{ body: unknown }>('SELECT body FROM turn WHERE sessionId = ? ORDER BY startedAt, key', sessionId).map(
        (row) => unpack<Turn>(row.body),
      )
    },

    /** Some of them, in the order in which they started. */
    turnsOfSessionAmong(sessionId: string, ids: string[]): Turn[] {
      return all<{ body: unknown }>(
        `SELECT body FROM turn WHERE id IN (SELECT value FROM json_each(?)) AND sessionId = ? ORDER BY startedAt, key`,
        JSON.stringify(ids),
        sessionId,
      ).map((row) => unpack<Turn>(row.body))
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

/** Sorts behind whatever has a price. */
const unknownUsd = -1
const longestWords = 2000

/** The rows that people see, all of them derived: turns, sessions, made titles, and the search index. */
export function createReadModel(statements: Statements) {
  const { run, get, all } = statements
  const search = createSearchIndex(statements)
  const usage = createUsageSlots(statements)
  const reader = createReadModelReader(statements)

  function keyOfExchange(id: string): number | null {
    return get<{ key: number }>('SELECT key FROM exchange WHERE id = ?', id)?.key ?? null
  }

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
      if (!row) return
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
      search.put(row.key, documents)
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
      putFacet(session)
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

    rename(sessionId: string, title: string | null): void {
      run('DELETE FROM renamed WHERE sessionId = ?', sessionId)
      if (title !== null) run('INSERT INTO renamed VALUES (?, ?)', sessionId, title)
    },

    renamed(sessionId: string): string | null {
      return get<{ title: string }>('SELECT title FROM renamed WHERE sessionId = ?', sessionId)?.title ?? null
    },

    marks(sessionId: string): SessionMarks {
      return {
        isStarred: get('SELECT 1 FROM starred WHERE sessionId = ?', sessionId) !== undefined,
        tags: all<{ tag: string }>('SELECT tag FROM tagged WHERE sessionId = ? ORDER BY tag', sessionId).map(
          ({ tag }) => tag,
        ),
        note: get<{ note: string }>('SELECT note FROM noted WHERE sessionId = ?', sessionId)?.note ?? '',
      }
    },

    branch(sessionId: string): string | null {
      return get<{ name: string }>('SELECT name FROM branch WHERE sessionId = ?', sessionId)?.name ?? null
    },

    /** Not derived: it was true at its time, and no bytes tell of it. */
    putBranch(sessionId: string, name: string | null): void {
      if (name === null) run('DELETE FROM branch WHERE sessionId = ?', sessionId)
      else run('INSERT OR REPLACE INTO branch VALUES (?, ?)', sessionId, name)
    },

    isTrashed(sessionId: string): boolean {
      return get('SELECT 1 FROM trashed WHERE sessionId = ?', sessionId) !== undefined
    },

    /** The user's own words, all of them. */
    putMarks(sessionId: string, { isStarred, tags, note }: SessionMarks): void {
      run('DELETE FROM starred WHERE sessionId = ?', sessionId)
      run('DELETE FROM tagged WHERE sessionId = ?', sessionId)
      run('DELETE FROM noted WHERE sessionId = ?', sessionId)
      if (isStarred) run('INSERT INTO starred VALUES (?)', sessionId)
      for (const tag of new Set(tags)) run('INSERT INTO tagged VALUES (?, ?)', sessionId, tag)
      if (note !== '') run('INSERT INTO noted VALUES (?, ?)', sessionId, note)
    },

    putUsage: usage.put,
    dropUnusedUsage: usage.dropUnused,

    /** False when it is there already. */
    putMadeTitle({ exchangeId, launchId, title }: MadeTitle): boolean {
      return (
        run(
          `INSERT INTO madeTitle (exchangeKey, launchId, title) VALUES (?, ?, ?)
           ON CONFLICT (exchangeKey) DO UPDATE SET title = excluded.title WHERE title <> excluded.title`,
          keyOfExchange(exchangeId),
          launchId,
          title,
        ).changes > 0
      )
    },

    removeMadeTitle(exchangeId: string): void {
      run('DELETE FROM madeTitle WHERE exchangeKey = ?', keyOfExchange(exchangeId))
    },

    takerOfTitle(exchangeId: string): string | null {
      const key = keyOfExchange(exchangeId)
      return (
        get<{ sessionId: string | null }>('SELECT sessionId FROM madeTitle WHERE exchangeKey = ?', key)?.sessionId ??
        null
      )
    },

    /** Whom its titles are for is to be found out again. */
    unclaimTitles(sessionId: string): { exchangeId: string; launchId: string }[] {
      const titles = all<{ exchangeId: string; launchId: string }>(
        `SELECT id AS exchangeId, madeTitle.launchId FROM madeTitle JOIN exchange ON key = exchangeKey
         WHERE madeTitle.sessionId = ?`,
        sessionId,
      )
      if (titles.length > 0) run('UPDATE madeTitle SET sessionId = NULL WHERE sessionId = ?', sessionId)
      return titles
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

    /** Sessions with a turn of this launch for which codex made no title yet. */
    untitledOfLaunch(launchId: string): string[] {
      return all<{ sessionId: string }>(
        `SELECT DISTINCT sessionId FROM turn WHERE launchId = ?
         AND NOT EXISTS (SELECT 1 FROM madeTitle WHERE madeTitle.sessionId = turn.sessionId)`,
        launchId,
      ).map(({ sessionId }) => sessionId)
    },

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
