import type { Turn } from '../../contract/domain/turn.ts'
import { type Packed, packText, unpack } from './packed.ts'
import type { Statements } from './statements.ts'

/** So many items lie in one row while a turn goes on that has more of them; what changes most is the last ones. */
const partLength = 16

const lists = ['items', 'exchanges'] as const
type List = (typeof lists)[number]
type TurnHead = Omit<Turn, List>

/** A turn that goes on as it lies in the archive, and how long each of its parts is. None where it is short. */
export interface StoredParts {
  turn: Turn
  lengths: Record<List, number[]>
}

function liesInParts({ status, items }: Turn): boolean {
  return status === 'live' && items.length > partLength
}

export function createTurnBodiesReader({ all }: Statements) {
  return {
    /** The turn whose row this is. */
    read(key: number, body: unknown): Turn {
      const told = unpack<Turn | TurnHead>(body)
      if ('items' in told) return told
      const parts = all<{ list: List; body: unknown }>(
        'SELECT list, body FROM turnPart WHERE turnKey = ? ORDER BY list, at',
        key,
      )
      const turn: Turn = { ...told, items: [], exchanges: [] }
      for (const { list, body } of parts) for (const each of unpack<never[]>(body)) turn[list].push(each)
      return turn
    },
  }
}

/**
 * Turns as they lie in the archive: whole when they are over, which packs best, or short. While a longer one goes on it changes many
 * times a second, mostly at its end, so its lists lie in parts of their own then, of which only those that changed are written.
 */
export function createTurnBodies(statements: Statements) {
  const { run, get } = statements

  /** Looked at first: whatever may write several rows makes the search index put what it holds into a segment. */
  function removeFrom(key: number, list: List, at: number): void {
    if (!get('SELECT 1 FROM turnPart WHERE turnKey = ? AND list = ? AND at >= ?', key, list, at)) return
    run('DELETE FROM turnPart WHERE turnKey = ? AND list = ? AND at >= ?', key, list, at)
  }

  function putList(key: number, list: List, turn: Turn, before: StoredParts | null): number[] {
    const values: readonly unknown[] = turn[list]
    const known: readonly unknown[] = before?.turn[list] ?? []
    const count = Math.ceil(values.length / partLength)
    const lengths = Array.from({ length: count }, (_, at) => {
      const part = values.slice(at * partLength, (at + 1) * partLength)
      const old = known.slice(at * partLength, (at + 1) * partLength)
      const length = before?.lengths[list][at]
      if (length !== undefined && part.length === old.length && part.every((each, n) => each === old[n])) return length
      const text = JSON.stringify(part)
      run(
        `INSERT INTO turnPart (turnKey, list, at, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (turnKey, list, at) DO UPDATE SET body = excluded.body`,
        key,
        list,
        at,
        packText(text),
      )
      return text.length
    })
    if (!before || before.lengths[list].length > count) removeFrom(key, list, count)
    return lengths
  }

  return {
    ...createTurnBodiesReader(statements),

    /** What is to stand in the row of the turn. */
    encode(turn: Turn): { body: Packed; length: number } {
      const { items: _items, exchanges: _exchanges, ...head } = turn
      const text = JSON.stringify(liesInParts(turn) ? head : turn)
      return { body: packText(text), length: text.length }
    },

    /** The rest of it, beside the row. `before`: what lies there now, where that is known. */
    putParts(key: number, turn: Turn, before: StoredParts | null): StoredParts {
      if (!liesInParts(turn)) {
        for (const list of lists) if (!before || before.lengths[list].length > 0) removeFrom(key, list, 0)
        return { turn, lengths: { items: [], exchanges: [] } }
      }
      return {
        turn,
        lengths: {
          items: putList(key, 'items', turn, before),
          exchanges: putList(key, 'exchanges', turn, before),
        },
      }
    },
  }
}
