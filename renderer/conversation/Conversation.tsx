import { useEffect, useMemo, useRef } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import styles from './Conversation.module.css'
import { ConversationFoot } from './ConversationFoot.tsx'
import bar from './FindBar.module.css'
import { FindBar } from './FindBar.tsx'
import { setFold, useFoldState } from './foldState.ts'
import { layOutConversation } from './layOutConversation.ts'
import { type ConversationRow, insideFold, layOutAllRows, layOutRows } from './layOutRows.ts'
import rowStyles from './Rows.module.css'
import { RowView } from './RowView.tsx'
import { findTarget, leadsSomewhere, type Target } from './target.ts'
import { useConversationKeys } from './useConversationKeys.ts'
import { useFind } from './useFind.ts'
import { useFollow } from './useFollow.ts'
import { useRows } from './useRows.ts'

/** A session as people read it, from what the address leads to. */
export function Conversation({ session, turns, target }: { session: Session; turns: Turn[]; target: Target }) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const layouts = useMemo(() => layOutConversation(session, turns), [session, turns])
  const isOpen = useFoldState()
  const rows = useMemo(() => layOutRows(layouts, isOpen), [layouts, isOpen])
  const isLive = session.status === 'live' || turns.some((turn) => turn.status === 'live')
  const follow = useFollow(scroller, content, isLive && !leadsSomewhere(target))
  const { virtual, indexOf, goTo, markedKey, onFocus } = useRows(scroller, rows, follow)
  const firstShownKey = () => {
    const first = virtual.getVirtualItemForOffset(scroller.current?.scrollTop ?? 0)
    return (first && rows[first.index]?.key) ?? null
  }
  const find = useFind({ sessionId: session.id, layouts, scroller, goTo, firstShownKey })
  useConversationKeys(scroller, rows, { virtual, indexOf, goTo }, follow, find.open)

  // What the conversation came to since changes nothing about where the address leads.
  const latest = useRef(layouts)
  latest.current = layouts
  useEffect(() => {
    const row = findTarget(layOutAllRows(latest.current), target)
    if (!row) return
    for (const scope of row.inside) setFold(scope, insideFold, true)
    const isItem = target.itemId !== null
    // An address of an exchange is about that one; the row that it leads to may be about another.
    const takesFocus = target.exchangeId === null
    goTo({ key: row.key, align: isItem ? 'center' : 'start', isMarked: isItem, takesFocus })
  }, [target, goTo])

  return (
    <>
      {find.isOpen && (
        <div className={bar.place}>
          <FindBar find={find} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label="Conversation" data-conversation>
        <div className={styles.column}>
          <div
            ref={content}
            className={rowStyles.rows}
            style={{ height: virtual.getTotalSize() }}
            onFocusCapture={onFocus}
          >
            {partByTurn(virtual.getVirtualItems(), rows).map(({ root, number, items }) => (
              <section key={root.id} aria-label={`Turn ${number}`}>
                <h2 className={rowStyles.turnName}>Turn {number}</h2>
                {items.map(({ row, start, index }) => (
                  <div
                    key={row.key}
                    ref={virtual.measureElement}
                    className={rowStyles.row}
                    style={{ top: start }}
                    data-index={index}
                    data-key={row.key}
                    data-turn={row.turn.id}
                    data-marked={row.key === markedKey || undefined}
                  >
                    <RowView row={row} />
                  </div>
                ))}
              </section>
            ))}
          </div>
        </div>
      </section>
      <ConversationFoot session={session} layouts={layouts} isFollowing={follow.isOn} onJump={follow.jump} />
    </>
  )
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
