import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import type { ReadModel } from './readModel.ts'
import type { Statements } from './statements.ts'

export type Trash = ReturnType<typeof createTrash>

/** What was deleted and is still there. */
export function createTrashReader({ all, get }: Statements) {
  return {
    /** In the order in which it was deleted. */
    sessions: (): DeletedSession[] =>
      all(
        `SELECT sessionId AS id, title, coalesce(batch, sessionId) AS batch, undoUntil FROM trashed
         ORDER BY undoUntil, sessionId`,
      ),

    /** Until when it can be brought back; null when it is not deleted. */
    undoUntil: (sessionId: string): number | null =>
      get<{ undoUntil: number }>('SELECT undoUntil FROM trashed WHERE sessionId = ?', sessionId)?.undoUntil ?? null,
  }
}

export function createTrash(statements: Statements, readModel: Pick<ReadModel, 'titleOf' | 'removeSession'>) {
  const { run } = statements
  return {
    ...createTrashReader(statements),

    /** Takes it out of every list; all of it is still there until it is deleted for good, or taken out again. */
    put(id: string, batch: string, undoUntil: number): DeletedSession {
      const title = readModel.titleOf(id)
      run(
        'INSERT OR REPLACE INTO trashed (sessionId, title, batch, undoUntil) VALUES (?, ?, ?, ?)',
        id,
        title,
        batch,
        undoUntil,
      )
      readModel.removeSession(id)
      return { id, title, batch, undoUntil }
    },

    /** A session that was put back is shown again when its row is derived again. False when it was not there. */
    takeOut: (sessionId: string): boolean => run('DELETE FROM trashed WHERE sessionId = ?', sessionId).changes > 0,
  }
}
