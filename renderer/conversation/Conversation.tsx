import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { isUnread } from '../client/unreadTurns.ts'
import type { Selection } from '../inspector/selectExchange.ts'
import { useNow } from '../ui/clock.ts'
import { useCopy } from '../ui/Notices.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './Conversation.module.css'
import { ConversationFoot } from './ConversationFoot.tsx'
import { useEntered } from './entering.ts'
import bar from './FindBar.module.css'
import { FindBar } from './FindBar.tsx'
import { setFold, useFoldState } from './foldState.ts'
import { GoneNotice } from './GoneNotice.tsx'
import { isOfExchange } from './isOfExchange.ts'
import { relateItems } from './itemRelations.ts'
import { layOutConversation } from './layOutConversation.ts'
import { layOutMinimap } from './layOutMinimap.ts'
import { type ConversationRow, insideFold, layOutAllRows, layOutRows } from './layOutRows.ts'
import { linkTo } from './linkTo.ts'
import { PictureViewer } from './PictureViewer.tsx'
import { printConversation, usePrinting } from './printing.ts'
import { RowMenu } from './RowMenu.tsx'
import rowStyles from './Rows.module.css'
import { RowView } from './RowView.tsx'
import { ReadingProvider } from './reading.ts'
import { rowText } from './rowText.ts'
import { TurnMinimap } from './TurnMinimap.tsx'
import { findGone, findTarget, isTargetUnread, leadsSomewhere, type Target } from './target.ts'
import { useConversationKeys } from './useConversationKeys.ts'
import { useFind } from './useFind.ts'
import { useFollow } from './useFollow.ts'
import { useHasMap } from './useHasMap.ts'
import { usePainted } from './usePainted.ts'
import { mostPrinted, useRows } from './useRows.ts'
import { viewOf } from './viewOf.ts'

/** A session as people read it, from what the address leads to. */
export function Conversation({
  session,
  turns,
  target,
  inspectedId,
  sought,
}: {
  session: Session
  turns: Turn[]
  target: Target
  /** The request that is shown beside it. */
  inspectedId: string | null
  /** Where the inspector led last; another object each time. */
  sought: Selection | null
}) {
  const client = useClient()
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const layouts = useMemo(() => layOutConversation(session, turns), [session, turns])
  const relations = useMemo(() => relateItems(turns), [turns])
  const isOpen = useFoldState()
  const isPainted = usePainted()
  const rows = useMemo(() => layOutRows(layouts, isOpen), [layouts, isOpen])
  const isLive = session.status === 'live' || turns.some((turn) => turn.status === 'live')
  const follow = useFollow(scroller, content, isLive && !leadsSomewhere(target))
  const { virtual, indexOf, goTo, headedFor, markedKey, onFocus } = useRows(scroller, rows, follow, {
    isPainted,
    startsAtTop: !follow.isOn && !leadsSomewhere(target),
  })
  const firstShownKey = () => {
    const first = virtual.getVirtualItemForOffset(scroller.current?.scrollTop ?? 0)
    return (first && rows[first.index]?.key) ?? null
  }
  const isPrinting = usePrinting()
  useShortcuts({
    'mod+p': () => {
      void printConversation()
      return undefined
    },
  })
  const find = useFind({ sessionId: session.id, layouts, scroller, goTo, firstShownKey })
  const { isCopied, copy } = useCopy()
  const latestRows = useRef(rows)
  latestRows.current = rows
  const latestCopy = useRef(copy)
  latestCopy.current = copy
  const copyLink = useCallback(
    (key: string) => {
      const row = latestRows.current.find((row) => row.key === key)
      if (row) latestCopy.current(linkTo(session.id, row, location))
    },
    [session.id],
  )
  const copyText = useCallback((key: string) => {
    const row = latestRows.current.find((row) => row.key === key)
    if (row) latestCopy.current(rowText(row) ?? '')
  }, [])
  useConversationKeys(scroller, rows, { virtual, indexOf, goTo, headedFor }, follow, { find: find.open, copyLink })
  useEntered(session.id, () => scroller.current?.focus({ preventScroll: true }))
  const now = useNow(isLive)
  const map = useMemo(() => layOutMinimap(layouts, now), [layouts, now])
  const goToTurn = useCallback(
    (turnId: string) => {
      const start = latestRows.current.find((row) => row.isTurnStart && row.root.id === turnId)
      if (start) goTo({ key: start.key, align: 'start' })
    },
    [goTo],
  )

  const hasMap = useHasMap(layouts.length, virtual.getTotalSize(), virtual.scrollRect?.height ?? 0)
  const drawn = virtual.getVirtualItems()
  const awaitedId = drawn.map(({ index }) => rows[index]?.turn).find((turn) => turn && isUnread(turn))?.id
  useEffect(() => {
    if (awaitedId !== undefined) client.preferTurn(session.id, awaitedId)
  }, [client, session.id, awaitedId])

  // It leads there once more when that is read.
  const isAwaited = useMemo(() => isTargetUnread(turns, target), [turns, target])
  const gone = useMemo(
    () => findGone(turns, target.itemId === null ? [] : layOutAllRows(layouts), target),
    [turns, layouts, target],
  )
  const isTurnThere = turns.some(({ id }) => id === target.turnId)
  // What the conversation came to since changes nothing about where the address leads.
  const latest = useRef(layouts)
  latest.current = layouts
  const show = useCallback(
    (to: Target) => {
      if (!leadsSomewhere(to) && to.exchangeId === null) return
      const row = findTarget(layOutAllRows(latest.current), to)
      if (!row) return
      for (const scope of row.inside) setFold(scope, insideFold, true)
      const isItem = to.itemId !== null
      // An address of an exchange is about that one; the row that it leads to may be about another.
      const takesFocus = to.exchangeId === null
      goTo({ key: row.key, align: isItem ? 'center' : 'start', isMarked: isItem, takesFocus })
    },
    [goTo],
  )
  useEffect(() => {
    if (sought === null) return
    const { turnId, exchangeId } = sought
    const row =
      latestRows.current.find((row) => exchangeId !== null && isOfExchange(row, exchangeId)) ??
      latestRows.current.find(({ turn }) => turn.id === turnId)
    if (row) goTo({ key: row.key, align: 'seen', takesFocus: false })
  }, [sought, goTo])
  useEffect(() => {
    if (isAwaited && target.turnId !== null) client.preferTurn(session.id, target.turnId)
    show(target)
  }, [client, session.id, target, show, isAwaited])
  const reading = useMemo(
    () => ({
      sessionId: session.id,
      goToItem: (turnId: string, itemId: string) => show({ turnId, itemId, exchangeId: null }),
    }),
    [session.id, show],
  )

  return (
    <ReadingProvider value={reading}>
      {find.isOpen && (
        <div className={bar.place}>
          <FindBar find={find} />
        </div>
      )}
      <GoneNotice key={JSON.stringify(target)} gone={gone} isTurnThere={isTurnThere} />
      <div className={styles.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label="Conversation" data-conversation>
          <div className={styles.column}>
            <div
              ref={content}
              className={rowStyles.rows}
              style={{ height: virtual.getTotalSize() }}
              onFocusCapture={onFocus}
            >
              {partByTurn(drawn, rows).map(({ root, number, items }) => (
                <section key={root.id} aria-label={`Turn ${number}`}>
                  <h2 className={rowStyles.turnName}>Turn {number}</h2>
                  {items.map(({ row, start, index }) => (
                    <div
                      key={row.key}
                      ref={virtual.measureElement}
                      className={rowStyles.row}
                      style={{ top: start }}
                      data-index={index}
                      data-kind={row.kind}
                      data-gap={row.gap || undefined}
                      data-key={row.key}
                      data-turn={row.turn.id}
                      data-marked={row.key === markedKey || undefined}
                      data-inspected={(inspectedId !== null && isOfExchange(row, inspectedId)) || undefined}
                    >
                      <RowView
                        row={row}
                        relations={relations.get(row.kind === 'run' ? (row.run.calls[0]?.id ?? '') : row.key)}
                      />
                      {menus[row.kind] && (
                        <RowMenu
                          rowKey={row.key}
                          what={isPromptOf(row) ? 'prompt' : (menus[row.kind] ?? 'item')}
                          onCopyLink={copyLink}
                          onCopyText={row.kind !== 'end' && rowText(row) !== null ? copyText : undefined}
                        />
                      )}
                    </div>
                  ))}
                </section>
              ))}
            </div>
            {isPrinting && (rows.length > mostPrinted || turns.some(isUnread)) && (
              <p className={styles.unprinted}>
                Some of this conversation is not here, as it is too long to be printed from the window. Export it as a
                web page, and print that.
              </p>
            )}
          </div>
        </section>
        {hasMap && <TurnMinimap map={map} view={viewOf(virtual, rows, map)} isPainted={isPainted} onGoTo={goToTurn} />}
      </div>
      <ConversationFoot
        session={session}
        layouts={layouts}
        isFollowing={follow.isOn}
        isCopied={isCopied}
        onJump={follow.jump}
        onFind={find.open}
      />
      <PictureViewer />
    </ReadingProvider>
  )
}

/** What the menu beside a row is of; other rows have none. */
const menus: Partial<Record<ConversationRow['kind'], 'item' | 'prompt' | 'turn'>> = {
  item: 'item',
  retries: 'item',
  prompt: 'prompt',
  end: 'turn',
}

/** The user's own words, whether as an item or as all that is known of the turn. */
function isPromptOf(row: ConversationRow): boolean {
  return row.kind === 'prompt' || (row.kind === 'item' && row.item.type === 'userMessage')
}

interface DrawnRow {
  row: ConversationRow
  start: number
  index: number
}

function partByTurn(drawn: { index: number; start: number }[], rows: ConversationRow[]) {
  const parts: { root: Turn; number: number; items: DrawnRow[] }[] = []
  for (const { index, start } of drawn) {
    const row = rows[index]
    if (!row) continue
    const part = parts.at(-1)
    if (part?.root.id === row.root.id) part.items.push({ row, start, index })
    else parts.push({ root: row.root, number: row.number, items: [{ row, start, index }] })
  }
  return parts
}
