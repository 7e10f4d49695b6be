import type { Recording } from '../../contract/domain/recording.ts'
import type { Statements } from './statements.ts'

export interface UnderivedExchange {
  key: number
  id: string
}

export type Underived = ReturnType<typeof createUnderived>

/** How many there are; nothing when there is none. */
export function countUnderived({ get }: Pick<Statements, 'get'>): Pick<Recording, 'underived'> {
  const count = get<{ n: number }>('SELECT count(*) AS n FROM underived')?.n ?? 0
  return count === 0 ? {} : { underived: count }
}

/**
 * Exchanges that were stored in a hurry: the raw record has all of them, the read model nothing, or not their end. Said in the
 * transaction that stores the end of one, and taken back in the one that derives it, so that no crash comes between.
 */
export function createUnderived({ run, get, all }: Statements) {
  return {
    put(id: string): void {
      run('INSERT OR IGNORE INTO underived SELECT key FROM exchange WHERE id = ?', id)
    },

    /** False when it was none of them. Looked at first: whatever may write several rows makes the index put what it holds into a segment. */
    remove(id: string): boolean {
      const row = get<{ key: number }>('SELECT key FROM underived JOIN exchange ON key = exchangeKey WHERE id = ?', id)
      if (!row) return false
      run('DELETE FROM underived WHERE exchangeKey = ?', row.key)
      return true
    },

    /** The oldest of them, in the order in which they began. */
    next(limit: number): UnderivedExchange[] {
      return all('SELECT key, id FROM underived JOIN exchange ON key = exchangeKey ORDER BY exchangeKey LIMIT ?', limit)
    },

    /** The key of the newest; 0 when there is none. */
    lastKey(): number {
      return get<{ key: number | null }>('SELECT max(exchangeKey) AS key FROM underived')?.key ?? 0
    },

    /** Whether any of them is as old as this key, or older. */
    hasUpTo(key: number): boolean {
      return get('SELECT 1 FROM underived WHERE exchangeKey <= ? LIMIT 1', key) !== undefined
    },
  }
}
