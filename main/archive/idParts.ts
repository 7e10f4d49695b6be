import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Statements } from './statements.ts'

type Found = Result<'id/find'>['found'][number]

/** Fewer characters stand in too many ids. */
const shortestPart = 6
const longestList = 20
const isThere = '(sessionId IS NULL OR sessionId NOT IN (SELECT sessionId FROM trashed))'
const fits = (id: string) => `(${id} = ?1 OR length(?1) >= ${shortestPart}
  AND (substr(${id}, 1, length(?1)) = ?1 OR substr(${id}, -length(?1)) = ?1))`

const queries: Record<Found['kind'], string> = {
  session: `
    SELECT id, title, updatedAt AS at FROM session
    WHERE ${fits('id')} ORDER BY id = ?1 DESC, updatedAt DESC, key DESC`,
  turn: `
    SELECT turn.id, title, startedAt AS at FROM turn LEFT JOIN session ON session.id = sessionId
    WHERE ${fits('turn.id')} AND ${isThere} AND (turn.id = ?1 OR NOT ${fits('sessionId')})
    ORDER BY turn.id = ?1 DESC, startedAt DESC, turn.key DESC`,
  exchange: `
    SELECT exchange.id, title, startedAt AS at FROM exchange LEFT JOIN session ON session.id = sessionId
    WHERE ${fits('exchange.id')} AND ${isThere}
      AND (exchange.id = ?1 OR NOT ${fits("ifnull(sessionId, '')")} AND NOT ${fits("ifnull(turnId, '')")})
    ORDER BY exchange.id = ?1 DESC, startedAt DESC, exchange.key DESC`,
}

/**
 * Finds by the beginning or the end of an id. Ids tell the time: a session begins like its first turn, so that what belongs to
 * something that fits too does not count. Who gives a whole id means that alone.
 */
export function createIdParts({ all }: Statements) {
  return ({ part, isSession }: ParsedParams<'id/find'>): Result<'id/find'> => {
    const kinds = isSession ? (['session'] as const) : (['session', 'turn', 'exchange'] as const)
    const found: Found[] = kinds.flatMap((kind) =>
      all<Omit<Found, 'kind'>>(`${queries[kind]} LIMIT ${longestList + 1}`, part).map((row) => ({ kind, ...row })),
    )
    const whole = found.find(({ id }) => id === part)
    if (whole) return { found: [whole], isMore: false }
    return { found: found.slice(0, longestList), isMore: found.length > longestList }
  }
}
