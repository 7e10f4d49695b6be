import { CassetteTape, Keyboard, Plus, Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { PrivateSessions } from '../recording/PrivateSessions.tsx'
import type { Route } from '../shell/route.ts'
import { IconButton, Keys, Tip } from '../ui/Controls.tsx'
import { useIsPhone } from '../ui/narrow.ts'
import { AccountRow, LimitBars } from './AccountRow.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { Projects } from './Projects.tsx'
import { isListRoute, LivePlace, SessionsPlace, SettingsPlace, StarredPlace, UsagePlace } from './places.tsx'
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

export function Sidebar(props: SidebarProps) {
  const { route, onSearch, onShortcuts, onNewSession } = props
  const isList = isListRoute(route)
  const isPhone = useIsPhone()
  const rows = useCurrentInView(route, isPhone)
  if (isPhone) {
    return (
      <nav className={styles.sidebar} aria-label="Main" data-pane="sidebar">
        <PhoneBar {...props} />
      </nav>
    )
  }
  return (
    <nav className={styles.sidebar} aria-label="Main" data-pane="sidebar">
      <div className={styles.inner} data-bar>
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
          <LivePlace route={route} />
          <SessionsPlace route={route} />
          <StarredPlace route={route} />
          <UsagePlace route={route} />
          <SavedSearches isList={isList} />
          <Projects isList={isList} />
        </div>
        <div className={styles.bottom}>
          <LimitBars />
          <AccountRow isCurrent={route.page === 'account'} />
          <SettingsPlace route={route} />
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
function useCurrentInView(route: Route, isPhone: boolean) {
  const rows = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another route has another entry, and a phone has none of them
  useEffect(() => {
    const scroller = rows.current
    if (!scroller) return
    const show = () => scroller.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
    const observer = new ResizeObserver(show)
    observer.observe(scroller)
    show()
    return () => observer.disconnect()
  }, [route, isPhone])
  return rows
}
