import { findPattern } from '../../contract/domain/findPattern.ts'
import { partsOf } from './findParts.ts'
import type { ConversationRow } from './layOutRows.ts'

export interface Hit {
  /** Of the row. */
  key: string
  turnId: string
  /** What has to be open in the item for it to be seen. */
  folds: string[]
  /** Which of the hits of its piece it is. */
  nth: number
  /** Where in a long output it is, if that part did not come along. */
  offset: number | null
  /** It is in the last piece of a long output. */
  isAtEnd: boolean
  /** The part of the row that shows it; null in a long output. */
  piece: string | null
}

/** Where the parts of outputs that did not come along have it, by item. */
export type LeftOut = ReadonlyMap<string, number[]>

/** All places where the conversation says it, drawn or not, in the order in which they are read. */
export function findHits(rows: ConversationRow[], query: string, leftOut: LeftOut): Hit[] {
  const pattern = findPattern(query)
  if (!pattern) return []
  return rows.flatMap((row) => {
    const at = { key: row.key, turnId: row.turn.id }
    return partsOf(row).flatMap(({ text, folds, piece, isAtEnd = false }) => {
      const between = isAtEnd ? (leftOut.get(row.key) ?? []) : []
      const hitIn = { ...at, folds, piece }
      const missing = between.map((offset): Hit => ({ ...hitIn, nth: 0, offset, isAtEnd: false }))
      const found = Array.from(
        { length: countIn(text, pattern) },
        (_, nth): Hit => ({ ...hitIn, nth, offset: null, isAtEnd }),
      )
      return [...missing, ...found]
    })
  })
}

export function countIn(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
