import type { SessionMarks } from '../capture/foldSession.ts'
import type { Statements } from './statements.ts'

export type KeptFacts = ReturnType<typeof createKeptFacts>

/**
 * What is known of a session and stands in no recorded byte, so that deriving it again does not touch it: its user's own words, and the
 * branch that it worked on.
 */
export function createKeptFacts({ run, get, all }: Statements) {
  return {
    /** Null gives the session its first title back. */
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

    /** The user's own words, all of them. */
    putMarks(sessionId: string, { isStarred, tags, note }: SessionMarks): void {
      run('DELETE FROM starred WHERE sessionId = ?', sessionId)
      run('DELETE FROM tagged WHERE sessionId = ?', sessionId)
      run('DELETE FROM noted WHERE sessionId = ?', sessionId)
      if (isStarred) run('INSERT INTO starred VALUES (?)', sessionId)
      for (const tag of new Set(tags)) run('INSERT INTO tagged VALUES (?, ?)', sessionId, tag)
      if (note !== '') run('INSERT INTO noted VALUES (?, ?)', sessionId, note)
    },

    branch(sessionId: string): string | null {
      return get<{ name: string }>('SELECT name FROM branch WHERE sessionId = ?', sessionId)?.name ?? null
    },

    /** It was read as the turn began, and is true of then. */
    putBranch(sessionId: string, name: string | null): void {
      if (name === null) run('DELETE FROM branch WHERE sessionId = ?', sessionId)
      else run('INSERT OR REPLACE INTO branch VALUES (?, ?)', sessionId, name)
    },
  }
}
