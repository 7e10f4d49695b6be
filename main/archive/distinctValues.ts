import type { Statements } from './statements.ts'

type Column =
  | 'sessionFacet.model'
  | 'sessionFacet.cwd'
  | 'turnFacet.model'
  | 'turnFacet.cwd'
  | 'documentFacet.tool'
  | 'tagged.tag'

/**
 * The different values of a column with an index, found by jumping from one to the next: what repeats costs nothing. An index
 * of the rows that have a value is used only where the query says so too.
 */
export function distinctValues({ all }: Statements, column: Column): string[] {
  const [table, name] = column.split('.')
  return all<{ value: string }>(
    `WITH RECURSIVE each (value) AS (
       SELECT min(${name}) FROM ${table} WHERE ${name} IS NOT NULL
       UNION ALL
       SELECT (SELECT min(${name}) FROM ${table} WHERE ${name} > value) FROM each WHERE value IS NOT NULL
     ) SELECT value FROM each WHERE value IS NOT NULL`,
  ).map(({ value }) => value)
}
