import type { useVirtualizer } from '@tanstack/react-virtual'
import { type Minimap, placeInMinimap } from './layOutMinimap.ts'
import type { ConversationRow } from './layOutRows.ts'

/** Which part of the minimap is on the screen. */
export function viewOf(
  virtual: ReturnType<typeof useVirtualizer<HTMLElement, HTMLDivElement>>,
  rows: ConversationRow[],
  map: Minimap,
): { top: number; bottom: number } {
  const top = virtual.scrollOffset ?? 0
  const height = virtual.scrollRect?.height ?? 0
  return { top: placeAt(virtual, rows, map, top), bottom: placeAt(virtual, rows, map, top + height) }
}

function placeAt(
  virtual: ReturnType<typeof useVirtualizer<HTMLElement, HTMLDivElement>>,
  rows: ConversationRow[],
  map: Minimap,
  offset: number,
): number {
  const at = virtual.getVirtualItemForOffset(offset)
  const row = at && rows[at.index]
  if (!at || !row) return 0
  const first = firstOfTurn(rows, at.index)
  const last = lastOfTurn(rows, at.index)
  const start = virtual.measurementsCache[first]?.start ?? 0
  const end = virtual.measurementsCache[last]?.end ?? start + 1
  return placeInMinimap(map, row.root.id, Math.min(1, Math.max(0, (offset - start) / Math.max(1, end - start))))
}

function firstOfTurn(rows: ConversationRow[], index: number): number {
  let at = index
  while (at > 0 && !rows[at]?.isTurnStart) at -= 1
  return at
}

function lastOfTurn(rows: ConversationRow[], index: number): number {
  let at = index
  while (at < rows.length - 1 && !rows[at + 1]?.isTurnStart) at += 1
  return at
}
