import type { Item } from '../../contract/domain/turn.ts'
import type { Row, TurnLayout } from './layOutConversation.ts'

/** Each update brings whole turns as new objects; these tell what did not change, so that it is not drawn again. */
export function isSameLayout(a: TurnLayout, b: TurnLayout): boolean {
  return (
    a.turn === b.turn &&
    a.number === b.number &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, index) => isSameRow(row, b.rows[index] as Row))
  )
}

function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === 'item' || b.kind === 'item') return a.kind === 'item' && b.kind === 'item' && a.item === b.item
  const [ours, theirs] = [a.lane, b.lane]
  return (
    ours.thread === theirs.thread &&
    ours.turns.length === theirs.turns.length &&
    ours.turns.every((layout, index) => isSameLayout(layout, theirs.turns[index] as TurnLayout))
  )
}

export function isSameItem(a: Item, b: Item): boolean {
  return a === b || isSameValue(a, b)
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSameValue(a[key as keyof typeof a], b[key as keyof typeof b]))
  )
}
