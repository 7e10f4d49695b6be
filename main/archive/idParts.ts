import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Statements } from './statements.ts'

type Found = Result<'id/find'>['found'][number]

/** Fewer characters stand in too many ids. */
const shortestPart = 6
const longestList = 20
const isThere = '(sessionId IS NULL OR sessionId NOT IN (SELECT sessionId FROM trashed))'
/** Whether an id that is at hand begins or ends with these characters. */
const fits = (id: string) => `(substr(${id}, 1, length(?1)) = ?1 OR substr(${id}, -length(?1)) = ?1)`
/** The index of a table's ids is all that is read, and for beginnings only a piece of that: rows are large. */
const fitting = (table: Found['kind']) => `${table}.key IN (
  SELECT key FROM ${table} WHERE id >= ?1 AND id < ?1 || char(0x10ffff)
  UNION SELECT key FROM ${table} WHERE substr(id, -length(?1)) = ?1)`

const columns: Record<Found['kind'], string> = {
  session: 'session.id, title, updatedAt AS at FROM session',
  turn: 'turn.id, title, startedAt AS at FROM turn LEFT JOIN session ON session.id = sessionId',
  exchange: 'exchange.id, title, startedAt AS at FROM exchange LEFT JOIN session ON session.id = sessionId',
}
const isThereOf: Record<Found['kind'], string> = { session: 'TRUE', turn: isThere, exchange: isThere }
/** What an id belongs to fits as well. */
const isWithin: Record<Found['kind'], string> = {
  session: 'FALSE',
  turn: fits('sessionId'),
  exchange: `${fits("ifnull(sessionId, '')")} OR ${fits("ifnull(turnId, '')")}`,
}

/**
 * Finds by the beginning or the end of an id. Ids tell the time: a session begins like its first turn, so that what belongs to
 * something that fits too does not count. Who gives a whole id means that alone.
 */
export function createIdParts({ all }: Statements) {
  function findOf(kind: Found['kind'], where: string, part: string): Found[] {
    const rows = all<Omit<Found, 'kind'>>(
      `SELECT ${columns[kind]} WHERE ${where} AND ${isThereOf[kind]}
       ORDER BY at DESC, ${kind}.key DESC LIMIT ${longestList + 1}`,
      part,
    )
    return rows.map((row) => ({ kind, ...row }))
  }

  return ({ part, isSession }: ParsedParams<'id/find'>): Result<'id/find'> => {
    const kinds = isSession ? (['session'] as const) : (['session', 'turn', 'exchange'] as const)
    for (const kind of kinds) {
      const whole = findOf(kind, `${kind}.id = ?1`, part)
      if (whole.length > 0) return { found: whole, isMore: false }
    }
    if (part.length < shortestPart) return { found: [], isMore: false }
    const found = kinds.flatMap((kind) => findOf(kind, `${fitting(kind)} AND NOT (${isWithin[kind]})`, part))
    return { found: found.slice(0, longestList), isMore: found.length > longestList }
  }
}
