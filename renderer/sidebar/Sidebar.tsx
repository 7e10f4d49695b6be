import {
  CassetteTape,
  ChartNoAxesColumn,
  Keyboard,
  Plus,
  Radio,
  Rows3,
  Search,
  Settings,
  Star,
  Unplug,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useAppState } from '../client/ClientProvider.tsx'
import { PrivateSessions } from '../recording/PrivateSessions.tsx'
import { starredQuery } from '../sessions/listAddress.ts'
import { formatRoute, type Route } from '../shell/route.ts'
import { IconButton, Keys, Tip } from '../ui/Controls.tsx'
import { AccountRow, LimitBars } from './AccountRow.tsx'
import { LiveCount } from './LiveCount.tsx'
import { Projects } from './Projects.tsx'
import { RecordedCount } from './RecordedCount.tsx'
import { RederivedRow } from './RederivedRow.tsx'
import { SavedSearches } from './SavedSearches.tsx'
import styles from './Sidebar.module.css'
import { UpdateRow } from './UpdateRow.tsx'

interface SidebarProps {
  route: Route
  onSearch(): void
  onShortcuts(): void
  onNewSession(): void
}

export function Sidebar({ route, onSearch, onShortcuts, onNewSession }: SidebarProps) {
  const total = useAppState(({ listing }) => listing.total)
  const query = useAppState(({ view }) => view.query)
  const isList = route.page === 'sessions' || route.page === 'session' || route.page === 'starred'
  const rows = useCurrentInView(route)
  return (
    <nav className={styles.sidebar} aria-label="Main" data-pane="sidebar">
      <div className={styles.inner}>
        <div className={styles.brand}>
          <CassetteTape aria-hidden />
          <span>Tapedeck</span>
        </div>
        <div className={styles.top}>
          <Tip label="Search everything" keys="mod+k">
            <button type="button" className={styles.search} onClick={onSearch}>
              <Search aria-hidden />
              <span className={styles.label}>Search</span>
              <Keys keys="mod+k" />
            </button>
          </Tip>
        </div>
        <div ref={rows} className={styles.rows}>
          <Tip label="Start Codex in a terminal" keys="c" side="right">
            <button type="button" className={styles.row} onClick={onNewSession}>
              <Plus aria-hidden />
              <span className={styles.label}>
                New<span className={styles.long}> session</span>
              </span>
            </button>
          </Tip>
          <Tip label="Sessions that run now" keys="g l" side="right">
            <a
              className={styles.row}
              href={formatRoute({ page: 'live' })}
              aria-current={route.page === 'live' ? 'page' : undefined}
            >
              <Radio aria-hidden />
              <span className={styles.label}>Live</span>
              <LiveCount />
            </a>
          </Tip>
          <Tip label="All sessions, by day" keys="g s" side="right">
            <a
              className={styles.row}
              href={formatRoute({ page: 'sessions' })}
              aria-current={isList && query === '' ? 'page' : undefined}
            >
              <Rows3 aria-hidden />
              <span className={styles.label}>Sessions</span>
              {total > 0 && <span className={styles.count}>{total.toLocaleString('en')}</span>}
            </a>
          </Tip>
          <Tip label="Sessions with a star" keys="g t" side="right">
            <a
              className={`${styles.row} ${styles.starred}`}
              href={formatRoute({ page: 'starred' })}
              aria-current={isList && query === starredQuery ? 'page' : undefined}
            >
              <Star aria-hidden />
              <span className={styles.label}>Starred</span>
            </a>
          </Tip>
          <Tip label="Tokens and cost over time" keys="u" side="right">
            <a
              className={styles.row}
              href={formatRoute({ page: 'usage' })}
              aria-current={route.page === 'usage' ? 'page' : undefined}
            >
              <ChartNoAxesColumn aria-hidden />
              <span className={styles.label}>Usage</span>
            </a>
          </Tip>
          <SavedSearches isList={isList} />
          <Projects isList={isList} />
        </div>
        <div className={styles.bottom}>
          <LimitBars />
          <AccountRow isCurrent={route.page === 'account'} />
          <Tip label="Settings" keys="mod+," side="right">
            <a
              className={styles.row}
              href={formatRoute({ page: 'settings' })}
              aria-current={route.page === 'settings' ? 'page' : undefined}
            >
              <Settings aria-hidden />
              <span className={styles.label}>Settings</span>
            </a>
          </Tip>
          <ConnectionState />
          <PrivateSessions />
          <UpdateRow />
          <RederivedRow />
          <div className={styles.footRow}>
            <RecordedCount />
            <IconButton
              label="Keyboard shortcuts"
              keys="?"
              icon={Keyboard}
              className={styles.more}
              onClick={onShortcuts}
            />
          </div>
        </div>
      </div>
    </nav>
  )
}

/** In a low window the entries scroll: the one that is open is among those that are seen. */
function useCurrentInView(route: Route) {
  const rows = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another route has another entry
  useEffect(() => {
    const scroller = rows.current
    if (!scroller) return
    const show = () => scroller.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
    const observer = new ResizeObserver(show)
    observer.observe(scroller)
    show()
    return () => observer.disconnect()
  }, [route])
  return rows
}

/** Quiet while all is well: only a line that is down says so. */
function ConnectionState() {
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  return (
    <div role="status">
      {isDown && (
        <div className={styles.foot} data-tone="warn">
          <Unplug aria-hidden />
          <span className={styles.label}>Reconnecting…</span>
        </div>
      )}
    </div>
  )
}
