import type { WordTerm } from '../../contract/domain/searchLanguage.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Project, SessionSort } from '../../contract/domain/sessionQuery.ts'
import { ReplyError } from '../../contract/reply.ts'
import { createIndexWords } from './indexWords.ts'
import { unpack } from './packed.ts'
import { allOf, createConditions, oneOfKeys, type Sql } from './searchConditions.ts'
import { type SearchedFor, understand } from './searchedFor.ts'
import { createSessionsOfPlaces, type PlacesLook } from './sessionsOfPlaces.ts'
import type { Statements } from './statements.ts'

interface Page {
  limit: number
  cursor: string | null
  where: Sql
  sort: SessionSort
}

const sortColumns: Record<SessionSort, string> = {
  updated: 'updatedAt',
  started: 'startedAt',
  tokens: 'tokens',
  duration: 'durationMs',
  cost: 'usd',
}

/** The list of sessions, narrowed and sorted by the narrow rows beside them. */
export function createSessionQueries(statements: Statements, homes: readonly string[] = []) {
  const { get, all } = statements
  const conditions = createConditions(statements, homes)
  const wordsBeginning = createIndexWords(statements)
  const sessionsOfPlaces = createSessionsOfPlaces(statements)

  /** By its own words, or by one text that was said in it. What is excluded may stand in neither. */
  function byText({ words, text: { match, excluded } }: SearchedFor, look: PlacesLook): Sql[] {
    const wanted = byName(words.filter((term) => !term.isExcluded))
    const unwanted = byName(words.filter((term) => term.isExcluded))
    const parts: Sql[] = [...unwanted]
    if (match !== null) {
      const named = allOf(wanted)
      const said = oneOfKeys(look.saying(match))
      // Which keys there are is known by then; words are read for each row that it leaves.
      parts.push({ sql: `(${said.sql} OR ${named.sql})`, values: [...said.values, ...named.values] })
    }
    if (excluded !== null) {
      const said = oneOfKeys(look.notSaying(excluded))
      parts.push({ sql: `NOT ${said.sql}`, values: said.values })
    }
    return parts
  }

  return {
    /**
     * Which rows fit a query of the search language. It holds for the state in which it was made. A quick one may leave out older
     * sessions that have a word that is everywhere, and tells it.
     */
    narrow(query: string, now: number, isQuick = false): Sql & { isPartial: boolean } {
      const wanted = understand(query, now, wordsBeginning)
      const look = sessionsOfPlaces.look(isQuick)
      const where = allOf([conditions.ofSessions(wanted.conditions, look), ...byText(wanted, look)])
      return { ...where, isPartial: look.isPartial() }
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

    count({ sql, values }: Sql): number {
      return get<{ n: number }>(`SELECT count(*) AS n FROM sessionFacet WHERE ${sql}`, ...values)?.n ?? 0
    },

    /** Those that fit a query with their own words alone: title, folder, tags, note. The last active first. */
    named(query: string, limit: number, now: number): Session[] {
      const wanted = understand(query, now)
      const look = sessionsOfPlaces.look(true)
      const where = allOf([conditions.ofSessions(wanted.conditions, look), ...byName(wanted.words)])
      return all<{ body: unknown }>(
        `SELECT body FROM sessionFacet JOIN session ON session.key = sessionFacet.key
         WHERE ${where.sql} ORDER BY sessionFacet.updatedAt DESC, sessionFacet.key DESC LIMIT ?`,
        ...where.values,
        limit,
      ).map((row) => unpack<Session>(row.body))
    },

    /** Those that retention may delete, in the order in which it does, with what their record takes. */
    deletable(): { updatedAt: number; bytes: number }[] {
      return all(
        `SELECT sessionFacet.updatedAt, ifnull(bytes, 0) AS bytes
         FROM sessionFacet JOIN session ON session.key = sessionFacet.key LEFT JOIN sessionSize ON sessionId = session.id
         WHERE isStarred = 0 AND status <> 'live' ORDER BY sessionFacet.updatedAt, sessionFacet.key`,
      )
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

function byName(words: WordTerm[]): Sql[] {
  return words.map(({ text, isExcluded }) => ({
    sql: `instr(sessionFacet.words, ?) ${isExcluded ? '= 0' : '> 0'}`,
    values: [text.toLowerCase()],
  }))
}

function nameOf(cwd: string | null): string {
  if (cwd === null) return 'No folder'
  return cwd.split(/[/\\]/).findLast((part) => part !== '') ?? cwd
}

function decodeCursor(cursor: string): { value: number; key: number } {
  const [, value, key] = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)_(\d+)$/.exec(cursor) ?? []
  if (!value || !key)
    throw new ReplyError('badRequest', 'This cursor is none that session/list gave. Begin again without one.')
  return { value: Number(value), key: Number(key) }
}
