import type { SQLInputValue } from 'node:sqlite'
import type { Session } from '../../contract/domain/session.ts'
import type { Project, SessionFilter, SessionSort } from '../../contract/domain/sessionQuery.ts'
import { ReplyError } from '../../contract/reply.ts'
import { unpack } from './packed.ts'
import { parseSearch } from './searchQuery.ts'
import type { Statements } from './statements.ts'

interface Page {
  limit: number
  cursor: string | null
  where: Condition
  sort: SessionSort
}

const sortColumns: Record<SessionSort, string> = {
  updated: 'updatedAt',
  started: 'startedAt',
  tokens: 'tokens',
  duration: 'durationMs',
  cost: 'usd',
}
/** Of a word that is everywhere, only the newest places say which sessions have it. */
const placesOfText = 20_000

/** Which rows fit a filter. It holds for the state in which it was made: the sessions that have a text are looked up then. */
export interface Condition {
  sql: string
  values: SQLInputValue[]
}

/** The list of sessions, narrowed and sorted by the narrow rows beside them. */
export function createSessionQueries({ get, all }: Statements) {
  /** Once for all that asks: of a common word there are many places to look at. */
  function sessionsWith(match: string): string {
    const keys = all<{ key: number }>(
      `SELECT key FROM session WHERE id IN (
         SELECT sessionId FROM turn WHERE key IN (
           SELECT turnKey FROM document WHERE key IN (
             SELECT rowid FROM documentIndex WHERE documentIndex MATCH ? ORDER BY rowid DESC LIMIT ${placesOfText}
           )
         )
       )`,
      match,
    )
    return JSON.stringify(keys.map(({ key }) => key))
  }

  function byText(text: string): Condition[] {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const named: Condition = { sql: 'instr(sessionFacet.words, ?) > 0', values: [wanted] }
    const search = parseSearch(text)
    if (!search) return [named]
    return [
      {
        sql: `(${named.sql} OR sessionFacet.key IN (SELECT value FROM json_each(?)))`,
        values: [...named.values, sessionsWith(search.match)],
      },
    ]
  }

  return {
    narrow(filter: SessionFilter): Condition {
      const conditions = [...byFacets(filter), ...(filter.text === undefined ? [] : byText(filter.text))]
      return {
        sql: conditions.length === 0 ? 'TRUE' : conditions.map(({ sql }) => sql).join(' AND '),
        values: conditions.flatMap(({ values }) => values),
      }
    },

    /** Largest first. A page ends where its cursor says, so that it costs the same however far down it is. */
    page({ limit, cursor, where, sort }: Page): { sessions: Session[]; nextCursor: string | null } {
      const column = sortColumns[sort]
      const after = cursor === null ? null : decodeCursor(cursor)
      const rows = all<{ value: number; key: number; body: unknown }>(
        `SELECT sessionFacet.${column} AS value, sessionFacet.key AS key, body
         FROM sessionFacet JOIN session ON session.key = sessionFacet.key
         WHERE (sessionFacet.${column}, sessionFacet.key) < (?, ?) AND ${where.sql}
         ORDER BY sessionFacet.${column} DESC, sessionFacet.key DESC LIMIT ?`,
        after?.value ?? Number.MAX_VALUE,
        after?.key ?? 0,
        ...where.values,
        limit + 1,
      )
      const last = rows[limit - 1]
      return {
        sessions: rows.slice(0, limit).map((row) => unpack<Session>(row.body)),
        nextCursor: rows.length > limit && last ? `${last.value}_${last.key}` : null,
      }
    },

    count({ sql, values }: Condition): number {
      return get<{ n: number }>(`SELECT count(*) AS n FROM sessionFacet WHERE ${sql}`, ...values)?.n ?? 0
    },

    /** The last active first. */
    projects(): Project[] {
      return all<Omit<Project, 'name'>>(
        `SELECT cwd, count(*) AS sessionCount, max(sessionFacet.updatedAt) AS updatedAt, ifnull(sum(bytes), 0) AS bytes
         FROM sessionFacet JOIN session ON session.key = sessionFacet.key LEFT JOIN sessionSize ON sessionId = session.id
         GROUP BY cwd ORDER BY updatedAt DESC`,
      ).map(({ cwd, ...rest }) => ({ cwd, name: nameOf(cwd), ...rest }))
    },
  }
}

function byFacets(filter: SessionFilter): Condition[] {
  return [
    ...equal('cwd', filter.project),
    ...equal('model', filter.model),
    ...equal('accountMode', filter.accountMode),
    ...equal('status', filter.status),
    ...equal('hasEdits', toNumber(filter.hasEdits)),
    ...equal('hasErrors', toNumber(filter.hasErrors)),
    ...equal('isStarred', toNumber(filter.isStarred)),
    ...(filter.from === undefined ? [] : [{ sql: 'sessionFacet.updatedAt >= ?', values: [filter.from] }]),
    ...(filter.to === undefined ? [] : [{ sql: 'sessionFacet.startedAt <= ?', values: [filter.to] }]),
    ...(filter.tag === undefined ? [] : [byTag(filter.tag)]),
  ]
}

function equal(column: string, value: SQLInputValue | undefined): Condition[] {
  return value === undefined ? [] : [{ sql: `sessionFacet.${column} = ?`, values: [value] }]
}

function byTag(tag: string): Condition {
  return {
    sql: 'sessionFacet.key IN (SELECT session.key FROM tagged JOIN session ON session.id = sessionId WHERE tag = ?)',
    values: [tag],
  }
}

function toNumber(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}

function nameOf(cwd: string | null): string {
  if (cwd === null) return 'No folder'
  return cwd.split(/[/\\]/).findLast((part) => part !== '') ?? cwd
}

function decodeCursor(cursor: string): { value: number; key: number } {
  const [, value, key] = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)_(\d+)$/.exec(cursor) ?? []
  if (!value || !key) throw new ReplyError('badRequest', 'This cursor is none that session/list gave.')
  return { value: Number(value), key: Number(key) }
}
