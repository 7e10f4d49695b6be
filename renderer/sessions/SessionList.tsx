import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { goTo, type Route, replaceRoute } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { Problem } from '../ui/Notices.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { groupByDay, orderSessions } from './groupSessions.ts'
import styles from './SessionList.module.css'
import { SessionRow } from './SessionRow.tsx'

const dayHeight = 28
const rowHeight = 48

export function SessionList({ route }: { route: Route }) {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const listing = useAppState((state) => state.listing)
  const now = useNow(false)
  const ordered = useMemo(() => orderSessions(Object.values(sessions)), [sessions])
  const rows = useMemo(() => groupByDay(ordered, now), [ordered, now])
  const scroller = useRef<HTMLDivElement>(null)
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

  const currentId = route.page === 'session' ? route.sessionId : null
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastIndex > rows.length - 20) void client.loadMore()
  }, [client, lastIndex, rows.length])

  function step(by: 1 | -1): boolean {
    const isHere = document.activeElement?.closest('[data-pane="list"]') != null
    if (route.page === 'session' && !isHere) return false
    const index = ordered.findIndex((session) => session.id === currentId)
    const next = index === -1 ? (by === 1 ? 0 : ordered.length - 1) : index + by
    const session = ordered[next]
    if (!session) return true
    const rowIndex = rows.findIndex((row) => row.kind === 'session' && row.session.id === session.id)
    virtual.scrollToIndex(rowIndex, { align: 'auto' })
    const to: Route = { page: 'session', sessionId: session.id, turnId: null }
    if (currentId === null) goTo(to)
    else replaceRoute(to)
    requestAnimationFrame(() => {
      const rowElement = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(session.id)}"] a`)
      rowElement?.focus({ preventScroll: true })
    })
    return true
  }

  useShortcuts({
    j: () => step(1) || false,
    k: () => step(-1) || false,
    ArrowDown: () => stepByArrow(1),
    ArrowUp: () => stepByArrow(-1),
  })

  function stepByArrow(by: 1 | -1) {
    return document.activeElement?.closest('[data-pane="list"] li') ? step(by) || false : false
  }

  return (
    <section className={styles.list} aria-label="Sessions" data-pane="list">
      <header className={styles.head}>
        <h2>Sessions</h2>
      </header>
      {listing.state === 'failed' && (
        <div className={styles.notice}>
          <Problem
            title="The sessions could not be read"
            actions={<Button onClick={() => void client.retryListing()}>Try again</Button>}
          >
            {listing.message}
          </Problem>
        </div>
      )}
      <div ref={scroller} className={styles.scroll} tabIndex={rows.length === 0 ? 0 : -1}>
        {listing.state === 'loading' && rows.length === 0 && <Bones />}
        <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <li
                key={item.key}
                data-key={row.kind === 'session' ? row.session.id : undefined}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'day' ? (
                  <h3 className={styles.day}>{row.label}</h3>
                ) : (
                  <SessionRow session={row.session} isCurrent={row.session.id === currentId} />
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}

function keyOf(row: ReturnType<typeof groupByDay>[number] | undefined): string {
  if (!row) return ''
  return row.kind === 'day' ? `day ${row.label}` : row.session.id
}

function Bones() {
  return (
    <div role="status" aria-label="Sessions are being read">
      {[62, 80, 54, 70].map((width) => (
        <div key={width} className={styles.bones}>
          <span style={{ width: `${width}%` }} />
          <span style={{ width: `${width * 0.6}%` }} />
        </div>
      ))}
    </div>
  )
}
