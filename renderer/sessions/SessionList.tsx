import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { queryForFolder, readSearch } from '../../contract/domain/searchLanguage.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { goTo, type Route, replaceRoute } from '../shell/route.ts'
import { Button, Hidden, Keys } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { projectName } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { FilterBar } from './FilterBar.tsx'
import { listSessions } from './filterSessions.ts'
import { groupSessions } from './groupSessions.ts'
import { LeaveOutButton } from './LeaveOutButton.tsx'
import { routeOfView, showView, starredQuery, useListAddress } from './listAddress.ts'
import { SelectionBar } from './SelectionBar.tsx'
import styles from './SessionList.module.css'
import { SessionRow } from './SessionRow.tsx'
import { useSelection } from './useSelection.ts'

const dayHeight = 28
const rowHeight = 48

export function SessionList({ route }: { route: Route }) {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const whole = useAppState((state) => state.listing)
  const view = useAppState((state) => state.view)
  const narrowed = useAppState((state) => state.narrowed)
  const listing = narrowed ?? whole
  const now = useNow(false)
  const ordered = useMemo(() => listSessions({ sessions, view, narrowed }, now), [sessions, view, narrowed, now])
  const rows = useMemo(() => groupSessions(ordered, view.sort, now), [ordered, view.sort, now])
  const isFiltering = narrowed?.state === 'loading' && rows.length > 0
  // A session that is open beside the list has the title of the page.
  const [Heading, Day] = route.page === 'session' ? (['h2', 'h3'] as const) : (['h1', 'h2'] as const)
  const selection = useSelection(ordered)
  useListAddress(route)
  const place = usePlace()
  const nonsense = readSearch(view.query, now).problems[0]?.message
  const scroller = useRef<HTMLDivElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
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

  const currentId = route.page === 'session' ? route.sessionId : null
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastIndex > rows.length - 20) void client.loadMore()
  }, [client, lastIndex, rows.length])

  function step(by: 1 | -1): boolean {
    const isHere = document.activeElement?.closest('[data-pane="list"]') != null
    if (route.page === 'session' && !isHere) return false
    const index = ordered.findIndex(({ id }) => id === (focusedId() ?? currentId))
    const next = index === -1 ? (by === 1 ? 0 : ordered.length - 1) : index + by
    // At an end it is the one with the focus, which may not be open yet.
    const session = ordered[next] ?? ordered[index]
    if (!session) return true
    const rowIndex = rows.findIndex((row) => row.kind === 'session' && row.session.id === session.id)
    virtual.scrollToIndex(rowIndex, { align: 'auto' })
    // Where a session takes the place of the list, Enter opens it.
    if (window.matchMedia('(min-width: 861px)').matches) {
      const to: Route = { page: 'session', sessionId: session.id, turnId: null }
      if (currentId === null) goTo(to)
      else replaceRoute(to)
    }
    focusRow(session.id)
    return true
  }

  function focusRow(id: string) {
    requestAnimationFrame(() => {
      const rowElement = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"] a`)
      rowElement?.focus({ preventScroll: true })
    })
  }

  /** The keyboard goes on at what follows them, which is read in their place. */
  async function remove(ids: string[]) {
    const isKept = ({ id }: { id: string }) => !ids.includes(id)
    const at = ordered.findIndex(({ id }) => ids.includes(id))
    const next = ordered.slice(at).find(isKept) ?? ordered.slice(0, at).findLast(isKept)
    const reply = await client.deleteSessions(ids)
    setProblem(reply.ok ? null : reply.error.message)
    if (!reply.ok) return
    selection.clear()
    if (currentId !== null && ids.includes(currentId)) {
      if (next) replaceRoute({ page: 'session', sessionId: next.id, turnId: null })
      else goTo(routeOfView(view))
    }
    if (next) focusRow(next.id)
  }

  function removeByKey(): boolean {
    const focused = focusedId()
    if (focused === undefined) return false
    void remove(selection.ids.length > 0 ? selection.ids : [focused])
    return true
  }

  useShortcuts({
    j: () => step(1) || false,
    k: () => step(-1) || false,
    ArrowDown: (event) => stepByArrow(1, event.shiftKey),
    ArrowUp: (event) => stepByArrow(-1, event.shiftKey),
    x: () => {
      const id = focusedId() ?? currentId
      if (id === null) return false
      selection.toggle(id)
      return undefined
    },
    Delete: removeByKey,
    'mod+backspace': removeByKey,
    Escape: () => {
      if (selection.ids.length === 0) return false
      selection.clear()
      return undefined
    },
  })

  function stepByArrow(by: 1 | -1, isChoosing: boolean): boolean {
    const from = focusedId()
    if (from === undefined) return false
    const to = ordered[ordered.findIndex(({ id }) => id === from) + by]?.id
    if (isChoosing && to !== undefined) selection.stretch(from, to)
    return step(by)
  }

  return (
    <section className={styles.list} aria-label="Sessions" data-pane="list">
      <header className={styles.head}>
        <Heading title={place.hint}>{place.title}</Heading>
        {narrowed?.state === 'ready' && <span className={styles.total}>{narrowed.total.toLocaleString('en')}</span>}
      </header>
      <FilterBar now={now} />
      {nonsense !== undefined && (
        <div className={styles.notice}>
          <Problem title="This filter cannot be read" actions={<LeaveOutButton view={view} now={now} />}>
            {nonsense}
          </Problem>
        </div>
      )}
      {problem !== null && (
        <div className={styles.notice}>
          <Problem title="Not all could be deleted" actions={<Button onClick={() => setProblem(null)}>Dismiss</Button>}>
            {problem}
          </Problem>
        </div>
      )}
      {listing.state === 'failed' && nonsense === undefined && (
        <div className={styles.notice}>
          <Problem
            title="The sessions could not be read"
            actions={
              <Button onClick={() => void (narrowed ? client.setView({ ...view }) : client.retryListing())}>
                Try again
              </Button>
            }
          >
            {listing.message}
          </Problem>
        </div>
      )}
      <div ref={scroller} className={styles.scroll} tabIndex={rows.length === 0 ? 0 : -1}>
        {listing.state === 'loading' && rows.length === 0 && <Bones />}
        {isFiltering && (
          <p className={styles.filtering} role="status">
            <Hidden>Sessions are being filtered</Hidden>
          </p>
        )}
        {!narrowed && listing.state === 'ready' && rows.length === 0 && (
          <p className={styles.none} role="status">
            Nothing is recorded yet.
          </p>
        )}
        {narrowed?.state === 'ready' && rows.length === 0 && <NoneFits query={view.query} />}
        <ul className={styles.rows} aria-busy={isFiltering} style={{ height: virtual.getTotalSize() }}>
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
                  <Day className={styles.day}>{row.label}</Day>
                ) : (
                  <SessionRow
                    session={row.session}
                    isUnderDay={view.sort === 'updated'}
                    isCurrent={row.session.id === currentId}
                    isSelected={selection.has(row.session.id)}
                    onSelect={selection.point}
                  />
                )}
              </li>
            )
          })}
        </ul>
      </div>
      {selection.ids.length > 0 ? (
        <SelectionBar ids={selection.ids} onClear={selection.clear} onDelete={() => void remove(selection.ids)} />
      ) : (
        <ListHints />
      )}
    </section>
  )
}

/** The session whose row has the focus. */
function focusedId(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-pane="list"] li[data-key]')?.dataset.key
}

/** What the list is called: a folder, a saved search, or all there is. */
function usePlace(): { title: string; hint?: string } {
  const query = useAppState(({ view }) => view.query)
  const projects = useAppState((state) => state.projects)
  const saved = useAppState(({ settings }) => settings?.value.savedSearches)
  const name = saved?.find((search) => search.query === query)?.name
  if (name !== undefined) return { title: revealControls(name), hint: query }
  const cwd = projects.find((project) => project.cwd !== null && queryForFolder(project.cwd) === query)?.cwd
  if (cwd) return { title: revealControls(projectName(cwd)), hint: cwd }
  return { title: query === starredQuery ? 'Starred' : 'Sessions' }
}

/** The few keys that work here. */
function ListHints() {
  return (
    <footer className={styles.hints}>
      <span>
        <Keys keys="j" />
        <Keys keys="k" /> session
      </span>
      <span>
        <Keys keys="f" /> filter
      </span>
      <span>
        <Keys keys="x" /> choose
      </span>
      <span>
        <Keys keys="?" /> keys
      </span>
    </footer>
  )
}

function NoneFits({ query }: { query: string }) {
  const client = useClient()
  const isStarred = query === starredQuery
  return (
    <div className={styles.none} role="status">
      <p>
        {isStarred
          ? 'Nothing is starred yet. Press s in a session to keep it at hand: retention never takes it.'
          : 'No session fits these filters.'}
      </p>
      {!isStarred && (
        <Button onClick={() => showView(client, { query: '', sort: 'updated' })}>Show all sessions</Button>
      )}
    </div>
  )
}

function keyOf(row: ReturnType<typeof groupSessions>[number] | undefined): string {
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
