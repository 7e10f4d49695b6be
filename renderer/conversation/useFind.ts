import { type RefObject, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { findPattern } from '../../contract/domain/findPattern.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { untilLoaded } from '../ui/untilLoaded.ts'
import { countIn, findHits, type Hit, type LeftOut } from './findHits.ts'
import { setFold } from './foldState.ts'
import { bringIntoView, currentHitName, hitName, paint, pieces, putBack, rangesOf } from './highlightHits.ts'
import type { TurnLayout } from './layOutConversation.ts'
import { type ConversationRow, insideFold, layOutAllRows } from './layOutRows.ts'
import { fetchAround } from './longOutputs.ts'
import { hasUnreadTexts, readTexts } from './markdownTexts.ts'
import type { Arrival } from './useRows.ts'

const noLeftOut: LeftOut = new Map()
/** A row that is far away is drawn and measured in some frames; after so many something else is wrong. */
const mostFrames = 120

export interface Find {
  isOpen: boolean
  query: string
  setQuery(query: string): void
  hits: Hit[]
  /** -1 while none is gone to. */
  current: number
  /** Whether the hits are of what stands in the field, and not of what stood there a moment ago. */
  isUpToDate: boolean
  /** Whether all of the conversation is there to be looked through. */
  isWhole: boolean
  open(): void
  close(): void
  step(by: 1 | -1): void
}

/** Finds in all of a conversation, drawn or not, and goes from hit to hit. */
export function useFind({
  sessionId,
  layouts,
  scroller,
  goTo,
  firstShownKey,
}: {
  sessionId: string
  layouts: TurnLayout[]
  scroller: RefObject<HTMLElement | null>
  goTo(to: Arrival): void
  firstShownKey(): string | null
}): Find {
  const client = useClient()
  const [isOpen, setIsOpen] = useState(false)
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState<Hit | null>(null)
  const sought = useDeferredValue(isOpen ? query : '')
  const known = useDeferredValue(layouts)
  const rows = useMemo(() => (sought === '' ? [] : layOutAllRows(known)), [known, sought])
  const reading = useTexts(rows, sought)
  const isWhole = reading.isDone && !rows.some(({ kind }) => kind === 'unread')
  const leftOut = useLeftOut(sessionId, rows, sought)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read since is found too
  const hits = useMemo(() => findHits(rows, sought, leftOut), [rows, sought, leftOut, reading.round])
  const at = current === null ? -1 : hits.findIndex((hit) => isSameHit(hit, current))
  /** From where the reader looks for it: what is typed further narrows from there. */
  const origin = useRef<string | null>(null)

  const show = useCallback(
    (hit: Hit | undefined, inRows: ConversationRow[]) => {
      setCurrent(hit ?? null)
      const row = hit && inRows.find(({ key }) => key === hit.key)
      if (!hit || !row) return
      for (const scope of row.inside) setFold(scope, insideFold, true)
      for (const name of hit.folds) setFold(hit.key, name, true)
      if (hit.offset !== null) {
        void fetchAround(client, { turnId: hit.turnId, itemId: hit.key, offset: hit.offset })
      }
      goTo({ key: hit.key, align: 'auto', takesFocus: false })
    },
    [client, goTo],
  )

  /** What the first hit was shown of already, or another one that was asked for. */
  const shownOf = useRef('')
  /** Steps that were asked for while the hits of what stands in the field were not there. */
  const stepsAhead = useRef(0)

  // While it is typed the first hit from there is shown, as soon as there is one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes in while one reads does not take one elsewhere
  useEffect(() => {
    if (shownOf.current === sought) return
    setCurrent(null)
    if (hits.length === 0 || !isWhole) return
    shownOf.current = sought
    const order = new Map(rows.map(({ key }, index) => [key, index]))
    const from = order.get(origin.current ?? '') ?? 0
    const first = hits.findIndex(({ key }) => (order.get(key) ?? 0) >= from)
    show(around(hits, Math.max(0, first) + stepsAhead.current), rows)
    stepsAhead.current = 0
  }, [sought, leftOut, show, isWhole])

  useHighlights(scroller, sought, isOpen ? current : null)

  return {
    isOpen,
    query,
    setQuery: (text) => {
      stepsAhead.current = 0
      setQuery(text)
    },
    hits,
    current: at,
    isUpToDate: sought === query,
    isWhole,
    open: () => {
      origin.current = firstShownKey()
      setIsOpen(true)
    },
    close: () => {
      setIsOpen(false)
      shownOf.current = ''
      stepsAhead.current = 0
      if (current) goTo({ key: current.key, align: 'auto' })
      else scroller.current?.focus({ preventScroll: true })
    },
    step: (by) => {
      if (sought !== query) {
        stepsAhead.current += by
        return
      }
      if (hits.length === 0) return
      shownOf.current = sought
      stepsAhead.current = 0
      show(around(hits, at === -1 && by === 1 ? 0 : Math.max(0, at) + by), rows)
    },
  }
}

/** The first follows the last. */
function around(hits: Hit[], place: number): Hit | undefined {
  return hits.at(place % hits.length)
}

function isSameHit(a: Hit, b: Hit): boolean {
  return a.key === b.key && a.nth === b.nth && a.offset === b.offset && a.isAtEnd === b.isAtEnd && a.piece === b.piece
}

/** So long the page can wait between two frames. */
const sliceMs = 12
/** And so long whoever looks for something for the first hits. */
const roundMs = 250

/** Reads the Markdown that may say it, a slice at a time: nothing waits for it but the count. */
function useTexts(rows: ConversationRow[], query: string): { isDone: boolean; round: number } {
  const [round, setRound] = useState(0)
  const latestRound = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round read some of it
  const isDone = useMemo(() => !hasUnreadTexts(rows, query), [rows, query, round])
  useEffect(() => {
    if (isDone) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    let roundEnds = performance.now() + roundMs
    void untilLoaded(() => import('../ui/readMarkdown.ts')).then(({ readMarkdown }) => {
      function readSlice() {
        if (isOver) return
        const sliceEnds = performance.now() + sliceMs
        const isAll = readTexts(rows, query, readMarkdown, () => performance.now() > sliceEnds)
        if (isAll || performance.now() > roundEnds) {
          roundEnds = performance.now() + roundMs
          latestRound.current += 1
          setRound(latestRound.current)
        }
        if (!isAll) timer = setTimeout(readSlice)
      }
      readSlice()
    })
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [rows, query, isDone])
  return { isDone, round }
}

/** Main looks through what is not here, if there is any. */
function useLeftOut(sessionId: string, rows: ConversationRow[], text: string): LeftOut {
  const client = useClient()
  const [answer, setAnswer] = useState<{ text: string; leftOut: LeftOut } | null>(null)
  const hasCut = rows.some((row) => row.kind === 'item' && row.item.type === 'toolCall' && row.item.outputCut)
  useEffect(() => {
    if (!hasCut || text.trim() === '') return
    let isWanted = true
    void client.call('session/find', { id: sessionId, text: text.slice(0, 1_000) }).then((reply) => {
      if (!isWanted || !reply.ok) return
      const leftOut = new Map<string, number[]>()
      for (const { itemId, offset } of reply.value.hits) {
        leftOut.set(itemId, [...(leftOut.get(itemId) ?? []), offset])
      }
      setAnswer({ text, leftOut })
    })
    return () => {
      isWanted = false
    }
  }, [client, sessionId, hasCut, text])
  return answer?.text === text ? answer.leftOut : noLeftOut
}

/** Marks every hit that is drawn, and brings the current one into view as soon as it is. */
function useHighlights(scroller: RefObject<HTMLElement | null>, query: string, current: Hit | null) {
  useEffect(() => {
    const root = scroller.current
    const pattern = findPattern(query)
    if (!root || !pattern) return
    let frame = 0
    let isSettling = current !== null
    let framesLeft = mostFrames
    function draw() {
      frame = 0
      if (!root || !pattern) return
      const elements = [...root.querySelectorAll<HTMLElement>(pieces)]
      paint(
        hitName,
        elements.flatMap((element) => rangesOf(element, pattern)),
      )
      const range = current && rangeOfHit(root, current, pattern)
      paint(currentHitName, range ? [range] : [])
      if (!isSettling) return
      framesLeft -= 1
      const isThere = range != null && !bringIntoView(range, root)
      isSettling = !isThere && framesLeft > 0
      if (isSettling) again()
    }
    function again() {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    function giveUp() {
      isSettling = false
    }
    again()
    const observer = new MutationObserver(again)
    observer.observe(root, { childList: true, subtree: true, characterData: true })
    // Whoever scrolls has seen it, or does not want to.
    root.addEventListener('wheel', giveUp, { passive: true })
    root.addEventListener('touchmove', giveUp, { passive: true })
    return () => {
      observer.disconnect()
      root.removeEventListener('wheel', giveUp)
      root.removeEventListener('touchmove', giveUp)
      cancelAnimationFrame(frame)
      putBack()
      paint(hitName, [])
      paint(currentHitName, [])
    }
  }, [scroller, query, current])
}

function rangeOfHit(root: HTMLElement, hit: Hit, pattern: RegExp): Range | null {
  const item = root.querySelector<HTMLElement>(`[data-item="${CSS.escape(hit.key)}"]`)
  if (!item) return null
  if (hit.piece !== null) {
    const piece = item.querySelector<HTMLElement>(`[data-piece="${CSS.escape(hit.piece)}"]`)
    return piece && (rangesOf(piece, pattern)[hit.nth] ?? null)
  }
  const lines = [...item.querySelectorAll<HTMLElement>('[data-offset]')]
  if (hit.offset === null) {
    const within = lines.at(hit.isAtEnd ? -1 : 0)
    return within ? (rangesOf(within, pattern)[hit.nth] ?? null) : null
  }
  const { offset } = hit
  const piece = lines.findLast((element) => Number(element.dataset.offset) <= offset)
  if (!piece) return null
  const start = Number(piece.dataset.offset)
  const text = piece.textContent
  // It lies behind this piece while the one that it is in is being fetched.
  if (start + text.length < offset) return null
  const ranges = rangesOf(piece, pattern)
  return ranges[countIn(text.slice(0, offset - start), pattern)] ?? ranges.at(-1) ?? null
}
