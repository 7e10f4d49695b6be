import { defaultRangeExtractor, elementScroll, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { estimateHeight } from './estimateHeight.ts'
import type { ConversationRow } from './layOutRows.ts'
import type { Follow } from './useFollow.ts'

/** Where a row that the reader goes to is put. */
export interface Arrival {
  key: string
  align: 'start' | 'center' | 'auto'
  /** Shows for a moment which one it is. */
  isMarked?: boolean
  takesFocus?: boolean
}

/**
 * Draws the rows near what is looked at, and no others. Two more are kept, however far away: the one that has the focus,
 * so that the keyboard goes on from it, and the one that the reader is on the way to.
 */
export function useRows(scroller: RefObject<HTMLElement | null>, rows: ConversationRow[], follow: Follow) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const [soughtKey, setSoughtKey] = useState<string | null>(null)
  const [markedKey, setMarkedKey] = useState<string | null>(null)
  const arrival = useRef<Arrival | null>(null)
  const indexOf = useMemo(() => new Map(rows.map(({ key }, index) => [key, index])), [rows])

  const pinned = [focusedKey, soughtKey].flatMap((key) => (key === null ? [] : (indexOf.get(key) ?? [])))
  const virtual = useVirtualizer<HTMLElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(rows[index] as ConversationRow),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...pinned])].sort((one, other) => one - other),
    scrollToFn(offset, options, instance) {
      elementScroll(offset, options, instance)
      follow.expectTop()
    },
    overscan: 6,
    paddingStart: 16,
    paddingEnd: 24,
    scrollPaddingEnd: 40,
    // What is looked at stays where it is when rows come, go and grow elsewhere; at the end, that is the end.
    anchorTo: 'end',
    scrollEndThreshold: follow.isOn ? 32 : -1,
  })
  virtual.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, instance) => {
    const top = instance.scrollOffset ?? 0
    // One that is known grows at its end: it moves what is looked at only if all of it is above.
    return instance.itemSizeCache.has(item.key) ? item.end <= top : item.start < top
  }

  useKeptPlace(rows, indexOf, virtual)

  // After each drawing, as the row that is sought may come only with one of the next.
  useLayoutEffect(() => {
    const to = arrival.current
    const index = to && indexOf.get(to.key)
    const row = to && scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(to.key)}"]`)
    if (!to || !row || index === undefined || index === null) return
    arrival.current = null
    virtual.scrollToIndex(index, { align: to.align })
    if (to.takesFocus !== false) row.querySelector<HTMLElement>('[data-item]')?.focus({ preventScroll: true })
  })

  const { release } = follow
  const goTo = useCallback(
    (to: Arrival) => {
      release()
      arrival.current = to
      setSoughtKey(to.key)
      setMarkedKey(to.isMarked ? to.key : null)
    },
    [release],
  )

  return {
    virtual,
    indexOf,
    goTo,
    markedKey,
    /** To be told by the element around the rows. */
    onFocus: ({ target }: { target: EventTarget }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null
      setFocusedKey(row?.dataset.key ?? null)
    },
  }
}

/** Rows that close into one take what is looked at with them: then that one is looked at. */
function useKeptPlace(
  rows: ConversationRow[],
  indexOf: Map<string, number>,
  virtual: ReturnType<typeof useVirtualizer<HTMLElement, HTMLDivElement>>,
) {
  const topKey = useRef<string | null>(null)
  useLayoutEffect(() => {
    const key = topKey.current
    if (key !== null && !indexOf.has(key)) {
      const index = rows.findIndex((row) => holdsFolded(row, key))
      if (index !== -1) virtual.scrollToIndex(index, { align: 'start' })
    }
  }, [rows, indexOf, virtual])
  useLayoutEffect(() => {
    topKey.current = (virtual.getVirtualItemForOffset(virtual.scrollOffset ?? 0)?.key as string | undefined) ?? null
  })
}

function holdsFolded(row: ConversationRow, key: string): boolean {
  if (row.kind === 'run') return row.run.rows.some((inner) => isItem(inner, key))
  return row.kind === 'lane' && row.lane.turns.some(({ turn }) => turn.items.some(({ id }) => id === key))
}

function isItem(row: { kind: string; item?: { id: string } }, id: string): boolean {
  return row.kind === 'item' && row.item?.id === id
}
