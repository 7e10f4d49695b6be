import {
  defaultRangeExtractor,
  elementScroll,
  measureElement,
  type Range,
  useVirtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { isUnread } from '../client/unreadTurns.ts'
import { estimateHeight } from './estimateHeight.ts'
import { type ConversationRow, findSuccessor } from './layOutRows.ts'
import { usePrinting } from './printing.ts'
import type { Follow } from './useFollow.ts'

/** A browser that prints lays out all of it at once. */
export const mostPrinted = 2_000

/** Where a row that the reader goes to is put. */
export interface Arrival {
  key: string
  /** Null leaves what is looked at where it is; `seen` does if the row begins where it is well seen, and puts it at the start else. */
  align: 'start' | 'center' | 'auto' | 'seen' | null
  /** Shows for a moment which one it is. */
  isMarked?: boolean
  takesFocus?: boolean
}

/**
 * Draws the rows near what is looked at, and no others. Two more are kept, however far away: the one that has the focus,
 * so that the keyboard goes on from it, and the one that the reader is on the way to.
 */
export function useRows(
  scroller: RefObject<HTMLElement | null>,
  rows: ConversationRow[],
  follow: Follow,
  {
    isPainted,
    startsAtTop,
  }: {
    isPainted: boolean
    /** Nothing leads to another place of it at first. */
    startsAtTop: boolean
  },
) {
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const [soughtKey, setSoughtKey] = useState<string | null>(null)
  const [markedKey, setMarkedKey] = useState<string | null>(null)
  const arrival = useRef<Arrival | null>(null)
  const indexOf = useMemo(() => new Map(rows.map(({ key }, index) => [key, index])), [rows])

  // The virtualizer itself forgets those that are as high as was estimated.
  const timesMeasured = useRef(new Map<string, number>())
  const isPrinting = usePrinting()
  const pinned = [focusedKey, soughtKey].flatMap((key) => (key === null ? [] : (indexOf.get(key) ?? [])))
  const virtual = useVirtualizer<HTMLElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(rows[index] as ConversationRow),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: (range: Range) =>
      isPrinting
        ? Array.from({ length: Math.min(rows.length, mostPrinted) }, (_, index) => index)
        : [...new Set([...defaultRangeExtractor(range), ...pinned])].sort((one, other) => one - other),
    measureElement(element, entry, instance) {
      const { key = '' } = element.dataset
      timesMeasured.current.set(key, (timesMeasured.current.get(key) ?? 0) + 1)
      return measureElement(element, entry, instance)
    },
    scrollToFn(offset, options, instance) {
      elementScroll(offset, options, instance)
      follow.expectTop()
    },
    // What nobody sees yet is drawn after what they see.
    overscan: isPainted ? 6 : 1,
    // Where it begins is known, so that nothing has to be drawn once without rows to learn how many there is room for.
    initialRect: { width: 0, height: startsAtTop ? usualHeight() : 0 },
    paddingStart: 16,
    paddingEnd: 24,
    scrollPaddingEnd: 40,
    // What is looked at stays where it is when rows come, go and grow elsewhere; at the end, that is the end.
    anchorTo: 'end',
    scrollEndThreshold: follow.isOn ? 32 : -1,
  })
  useEffect(() => {
    lastHeight = virtual.scrollRect?.height ?? 0
  })

  const { before, scrollTo, shownTarget } = useKeptPlace(rows, indexOf, virtual, follow)
  virtual.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, instance) => {
    const target = shownTarget()
    if (target !== null) return item.index < target
    const top = instance.scrollOffset ?? 0
    // One that is known grows at its end: it moves what is looked at only if all of it is above.
    const isKnown = (timesMeasured.current.get(String(item.key)) ?? 0) > 1
    return isKnown ? item.end <= top : item.start < top
  }

  // After each drawing, as the row that is sought may come only with one of the next.
  useLayoutEffect(() => {
    const to = arrival.current
    // It may have gone before it was drawn.
    const gone = to && !indexOf.has(to.key) ? before.current.find(({ key }) => key === to.key) : undefined
    const successor = gone && findSuccessor(rows, gone)
    if (to && successor) {
      arrival.current = { ...to, key: successor.key }
      setSoughtKey(successor.key)
      return
    }
    const index = to && indexOf.get(to.key)
    const row = to && scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(to.key)}"]`)
    if (!to || !row || index === undefined || index === null) return
    arrival.current = null
    if (to.align === 'seen') {
      if (!isWellSeen(row, scroller.current)) scrollTo(to.key, 'start')
    } else if (to.align !== null) scrollTo(to.key, to.align)
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

  const isFocusShown = useRef(false)
  // Where a turn was read, the keyboard goes on at its beginning, and whoever looked there goes on to look there.
  useLayoutEffect(() => {
    if (focusedKey === null || indexOf.has(focusedKey) || document.activeElement !== document.body) return
    const gone = before.current.find(({ key }) => key === focusedKey)
    const successor = gone && isUnread(gone.turn) ? findSuccessor(rows, gone) : undefined
    if (!successor) return
    arrival.current = { key: successor.key, align: isFocusShown.current ? 'start' : null }
    setSoughtKey(successor.key)
  }, [rows, indexOf, focusedKey, before])

  useLayoutEffect(() => {
    const index = focusedKey === null ? undefined : indexOf.get(focusedKey)
    const { range } = virtual
    isFocusShown.current = index !== undefined && range !== null && index >= range.startIndex && index <= range.endIndex
  })

  return {
    virtual,
    indexOf,
    goTo,
    /** The row that is about to have the focus: keys may come faster than rows are drawn. */
    headedFor: () => (arrival.current?.takesFocus === false ? null : (arrival.current?.key ?? null)),
    markedKey,
    /** To be told by the element around the rows. */
    onFocus: ({ target }: { target: EventTarget }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null
      setFocusedKey(row?.dataset.key ?? null)
    },
  }
}

/** Its beginning is there, and not only just. */
function isWellSeen(row: HTMLElement, scroller: HTMLElement | null): boolean {
  if (!scroller) return false
  const { top, height } = scroller.getBoundingClientRect()
  const start = row.getBoundingClientRect().top - top
  return start >= 0 && start < 0.7 * height
}

/** How high the region was that was drawn last; all of the window before that. */
let lastHeight = 0

function usualHeight(): number {
  return lastHeight > 0 ? lastHeight : window.innerHeight
}

/** A scroll to a row takes some frames, in which what is above it may be read and grow; after so long something else is wrong. */
const longestWayMs = 1_000
const stableFrames = 3

/**
 * Rows that close into one, or make room for what was read, take what is looked at with them: then what follows them is looked
 * at. Whoever is on the way to a row gets there, whatever comes in between.
 */
function useKeptPlace(
  rows: ConversationRow[],
  indexOf: Map<string, number>,
  virtual: ReturnType<typeof useVirtualizer<HTMLElement, HTMLDivElement>>,
  follow: Follow,
) {
  /** What was drawn last. */
  const before = useRef(rows)
  const topKey = useRef<string | null>(null)
  const heading = useRef<{ key: string; align: 'start' | 'center' | 'auto'; until: number } | null>(null)
  /** Where the reader was led, until they move by themselves: texts above may be formatted, and grow, long after the arrival. */
  const target = useRef<string | null>(null)

  useEffect(() => {
    function takeOver() {
      heading.current = null
      target.current = null
    }
    const events = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
    for (const event of events) document.addEventListener(event, takeOver, { capture: true, passive: true })
    return () => {
      for (const event of events) document.removeEventListener(event, takeOver, { capture: true })
    }
  }, [])

  const latestIndexOf = useRef(indexOf)
  latestIndexOf.current = indexOf
  const scrollTo = useCallback(
    (key: string, align: 'start' | 'center' | 'auto') => {
      const index = latestIndexOf.current.get(key)
      if (index === undefined) return
      const way = { key, align, until: performance.now() + longestWayMs }
      heading.current = way
      target.current = key
      virtual.scrollToIndex(index, { align })
      let stable = 0
      // It is over when it has been there for some frames.
      function look() {
        if (heading.current !== way) return
        const [offset] = virtual.getOffsetForIndex(latestIndexOf.current.get(key) ?? -1, align) ?? [Number.NaN]
        stable = Math.abs(offset - (virtual.scrollOffset ?? 0)) < 2 ? stable + 1 : 0
        if (stable < stableFrames && performance.now() < way.until) requestAnimationFrame(look)
        else heading.current = null
      }
      requestAnimationFrame(look)
    },
    [virtual],
  )

  // The virtualizer itself keeps what is at the top where it is, but knows where it is going by its number alone.
  useLayoutEffect(() => {
    if (before.current === rows || follow.isOn) return
    const way = heading.current
    const key = way?.key ?? topKey.current
    if (key === null || (!way && indexOf.has(key))) return
    const gone = indexOf.has(key) ? undefined : before.current.find((row) => row.key === key)
    const index = indexOf.get((gone ? findSuccessor(rows, gone)?.key : key) ?? '')
    if (index === undefined) return
    scrollTo(rows[index]?.key ?? key, way?.align ?? 'start')
  }, [rows, indexOf, scrollTo, follow.isOn])

  // After whatever else looks at what was drawn before.
  useEffect(() => {
    before.current = rows
  }, [rows])
  useLayoutEffect(() => {
    topKey.current = (virtual.getVirtualItemForOffset(virtual.scrollOffset ?? 0)?.key as string | undefined) ?? null
  })

  /** The place of the row that the reader was led to and still looks at. */
  function shownTarget(): number | null {
    const index = target.current === null || follow.isOn ? undefined : latestIndexOf.current.get(target.current)
    const { range } = virtual
    return index !== undefined && range && index >= range.startIndex && index <= range.endIndex ? index : null
  }
  return { before, scrollTo, shownTarget }
}
