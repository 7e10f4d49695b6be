import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { ListRow } from './groupSessions.ts'

const dayHeight = 28
const rowHeight = 48
/** A row that is far away, or in a list that was not shown, is drawn in some frames. */
const mostFrames = 20

/** Which rows are drawn, where, and how one of them is come to. More are read as the end comes near. */
export function useListRows(rows: ListRow[]) {
  const client = useClient()
  const view = useAppState((state) => state.view)
  const narrowed = useAppState((state) => state.narrowed)
  const scroller = useRef<HTMLDivElement>(null)
  const headedFor = useRef<string | null>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : rowHeight),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 12,
  })
  // Sizes follow from the kind of row; they move with the rows when one arrives above.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again exactly when the rows change
  useEffect(() => virtual.measure(), [rows])

  // What another filter or order begins with is shown, however far the rows before it were scrolled.
  const shown = narrowed?.state === 'loading' ? null : JSON.stringify(view)
  useLayoutEffect(() => {
    if (shown !== null) scroller.current?.scrollTo({ top: 0 })
  }, [shown])

  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastIndex > rows.length - 20) void client.loadMore()
  }, [client, lastIndex, rows.length])

  return {
    scroller,
    items,
    height: virtual.getTotalSize(),
    scrollTo(id: string): void {
      const index = rows.findIndex((row) => row.kind === 'session' && row.session.id === id)
      virtual.scrollToIndex(index, { align: 'auto' })
    },
    focus(id: string): void {
      headedFor.current = id
      land(id, mostFrames)
    },
    /** The session whose row has the focus, or is about to have it: keys may come faster than rows are drawn. */
    focusedId: () => headedFor.current ?? idWithFocus(),
  }

  function land(id: string, framesLeft: number): void {
    if (headedFor.current !== id) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"] a`)
    link?.focus({ preventScroll: true })
    // A list that has just got its place back has no rows yet, or none that can have the focus.
    if (framesLeft > 0 && (!link || document.activeElement !== link))
      requestAnimationFrame(() => land(id, framesLeft - 1))
    else headedFor.current = null
  }
}

function idWithFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-pane="list"] li[data-key]')?.dataset.key
}

function keyOf(row: ListRow | undefined): string {
  if (!row) return ''
  return row.kind === 'day' ? `day ${row.label}` : row.session.id
}
