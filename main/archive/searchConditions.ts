import type { SQLInputValue } from 'node:sqlite'
import {
  type Condition,
  type ConditionTerm,
  isFolderWanted,
  isModelWanted,
  isToolWanted,
  type Wanted,
} from '../../contract/domain/searchLanguage.ts'
import { distinctValues } from './distinctValues.ts'
import type { PlacesLook } from './sessionsOfPlaces.ts'
import type { Statements } from './statements.ts'

export interface Sql {
  sql: string
  values: SQLInputValue[]
}

/** Keys of the sessions in which a tool was called. */
type CallsOf = (tool: string) => number[]

export const always: Sql = { sql: 'TRUE', values: [] }

export function allOf(parts: Sql[]): Sql {
  if (parts.length === 0) return always
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) }
}

/** Calls are asked of documents where turns are meant. */
const noCalls: CallsOf = () => []

/** What the conditions of a query are in SQL: of `sessionFacet`, and of `turnFacet` with `documentFacet`. */
export function createConditions(statements: Statements, homes: readonly string[] = []) {
  /** What is asked for by a part of it is looked up first: there are few, and equal values have an index. */
  const known = (
    column: Parameters<typeof distinctValues>[1],
    wanted: Wanted[],
    fits: (value: string, wanted: Wanted) => boolean,
  ) => distinctValues(statements, column).filter((value) => wanted.some((each) => fits(value, each)))

  const isFolder = (cwd: string, wanted: Wanted) => isFolderWanted(cwd, wanted, homes)

  function ofSession(condition: Condition, callsOf: CallsOf): Sql {
    switch (condition.key) {
      case 'model':
        return oneOf('sessionFacet.model', known('sessionFacet.model', condition.values, isModelWanted))
      case 'cwd':
        return oneOf('sessionFacet.cwd', known('sessionFacet.cwd', condition.values, isFolder))
      case 'tool':
        return oneOfKeys(known('documentFacet.tool', condition.values, isToolWanted).flatMap(callsOf))
      case 'tag': {
        const tags = oneOf('tag', condition.values)
        return {
          sql: `sessionFacet.key IN (SELECT session.key FROM tagged JOIN session ON session.id = sessionId WHERE ${tags.sql})`,
          values: tags.values,
        }
      }
      case 'status':
        return oneOf('sessionFacet.status', condition.values)
      case 'account':
        return oneOf('sessionFacet.accountMode', condition.values)
      case 'has':
        return {
          sql: `(${condition.values.map((what) => (what === 'edits' ? 'sessionFacet.hasEdits = 1' : 'sessionFacet.hasErrors = 1')).join(' OR ')})`,
          values: [],
        }
      case 'is':
        return { sql: 'sessionFacet.isStarred = 1', values: [] }
      case 'after':
        return { sql: 'sessionFacet.updatedAt >= ?', values: [condition.at] }
      case 'before':
        return { sql: 'sessionFacet.startedAt < ?', values: [condition.at] }
    }
  }

  function ofTurn(condition: Condition): Sql {
    switch (condition.key) {
      case 'model':
        return oneOf('turnFacet.model', known('turnFacet.model', condition.values, isModelWanted))
      case 'cwd':
        return oneOf('turnFacet.cwd', known('turnFacet.cwd', condition.values, isFolder))
      case 'tool':
        return oneOf('documentFacet.tool', known('documentFacet.tool', condition.values, isToolWanted))
      case 'status':
        return oneOf('turnFacet.status', condition.values)
      case 'after':
        return { sql: 'turnFacet.startedAt >= ?', values: [condition.at] }
      case 'before':
        return { sql: 'turnFacet.startedAt < ?', values: [condition.at] }
      case 'is':
      case 'tag': {
        // There are few such sessions: their turns are found once, and not anew for each hit.
        const { sql, values } = ofSession(condition, noCalls)
        return {
          sql: `turnFacet.key IN (
            SELECT turn.key FROM sessionFacet JOIN session ON session.key = sessionFacet.key
            JOIN turn ON turn.sessionId = session.id WHERE ${sql})`,
          values,
        }
      }
      case 'account':
      case 'has': {
        const { sql, values } = ofSession(condition, noCalls)
        return {
          sql: `EXISTS (
            SELECT 1 FROM turn JOIN session ON session.id = turn.sessionId
            JOIN sessionFacet ON sessionFacet.key = session.key WHERE turn.key = turnFacet.key AND ${sql})`,
          values,
        }
      }
    }
  }

  return {
    ofSessions: (terms: ConditionTerm[], look: PlacesLook): Sql =>
      allOf(
        terms.map((term) => sided(ofSession(term.condition, term.isExcluded ? look.notCalling : look.calling), term)),
      ),
    ofTurns: (terms: ConditionTerm[]): Sql => allOf(terms.map((term) => sided(ofTurn(term.condition), term))),
  }
}

/** What is not known, such as the folder of a session that told of none, is not what is excluded. */
function sided({ sql, values }: Sql, { isExcluded }: ConditionTerm): Sql {
  return isExcluded ? { sql: `(${sql}) IS NOT TRUE`, values } : { sql, values }
}

/** Sessions that were looked up before, so that all who ask share what that took. */
export function oneOfKeys(sessionKeys: number[]): Sql {
  return { sql: 'sessionFacet.key IN (SELECT value FROM json_each(?))', values: [JSON.stringify(sessionKeys)] }
}

function oneOf(column: string, values: readonly string[]): Sql {
  const [only] = values
  if (only === undefined) return { sql: 'FALSE', values: [] }
  if (values.length === 1) return { sql: `${column} = ?`, values: [only] }
  return { sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }
}
