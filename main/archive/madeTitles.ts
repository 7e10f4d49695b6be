import type { Statements } from './statements.ts'

export interface MadeTitle {
  exchangeId: string
  launchId: string
  title: string
}

/**
 * Titles that codex had the model make. Such an exchange does not say for which session it is: its title waits, by its launch, until a
 * session claims it.
 */
export function createMadeTitles({ run, get, all }: Statements) {
  function keyOfExchange(id: string): number | null {
    return get<{ key: number }>('SELECT key FROM exchange WHERE id = ?', id)?.key ?? null
  }

  return {
    /** False when it is there already. */
    put({ exchangeId, launchId, title }: MadeTitle): boolean {
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

    remove(exchangeId: string): void {
      run('DELETE FROM madeTitle WHERE exchangeKey = ?', keyOfExchange(exchangeId))
    },

    /** The session that claimed it. */
    takerOf(exchangeId: string): string | null {
      const key = keyOfExchange(exchangeId)
      return (
        get<{ sessionId: string | null }>('SELECT sessionId FROM madeTitle WHERE exchangeKey = ?', key)?.sessionId ??
        null
      )
    },

    /** Whom its titles are for is to be found out again. */
    unclaim(sessionId: string): { exchangeId: string; launchId: string }[] {
      const titles = all<{ exchangeId: string; launchId: string }>(
        `SELECT id AS exchangeId, madeTitle.launchId FROM madeTitle JOIN exchange ON key = exchangeKey
         WHERE madeTitle.sessionId = ?`,
        sessionId,
      )
      if (titles.length > 0) run('UPDATE madeTitle SET sessionId = NULL WHERE sessionId = ?', sessionId)
      return titles
    },

    claim(exchangeId: string, sessionId: string): void {
      run('UPDATE madeTitle SET sessionId = ? WHERE exchangeKey = ?', sessionId, keyOfExchange(exchangeId))
    },

    /** Ids of the exchanges that made a title which nobody claimed yet. */
    unclaimed(launchId: string): string[] {
      return all<{ id: string }>(
        `SELECT id FROM madeTitle JOIN exchange ON key = exchangeKey
         WHERE madeTitle.launchId = ? AND madeTitle.sessionId IS NULL ORDER BY key`,
        launchId,
      ).map(({ id }) => id)
    },

    /** The last that codex made for it. */
    of(sessionId: string): string | null {
      return (
        get<{ title: string }>(
          'SELECT title FROM madeTitle WHERE sessionId = ? ORDER BY exchangeKey DESC LIMIT 1',
          sessionId,
        )?.title ?? null
      )
    },

    /** Sessions with a turn of this launch for which codex made no title yet. */
    untitledSessions(launchId: string): string[] {
      return all<{ sessionId: string }>(
        `SELECT DISTINCT sessionId FROM turn WHERE launchId = ?
         AND NOT EXISTS (SELECT 1 FROM madeTitle WHERE madeTitle.sessionId = turn.sessionId)`,
        launchId,
      ).map(({ sessionId }) => sessionId)
    },
  }
}
