import { Ellipsis, Keyboard, Plus, Search } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { countMissed, troubleOf } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { PrivateSessions } from '../recording/PrivateSessions.tsx'
import type { Route } from '../shell/route.ts'
import { Hidden, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { AccountRow } from './AccountRow.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import phone from './PhoneBar.module.css'
import { isListRoute, LivePlace, SessionsPlace, SettingsPlace, StarredPlace, UsagePlace } from './places.tsx'
import { RecordedCount } from './RecordedCount.tsx'
import { RederivedRow } from './RederivedRow.tsx'
import { SavedSearches } from './SavedSearches.tsx'
import styles from './Sidebar.module.css'
import { UpdateRow } from './UpdateRow.tsx'

interface PhoneBarProps {
  route: Route
  onSearch(): void
  onShortcuts(): void
  onNewSession(): void
}

/** What is gone to most, with its name; the rest behind More. */
export function PhoneBar({ route, onSearch, ...rest }: PhoneBarProps) {
  return (
    <div className={`${styles.inner} ${phone.bar}`} data-bar>
      <LivePlace route={route} />
      <SessionsPlace route={route} />
      <Tip label="Search everything" keys="mod+k">
        <button type="button" className={styles.row} onClick={onSearch}>
          <Search aria-hidden />
          <span className={styles.label}>Search</span>
        </button>
      </Tip>
      <AccountRow isCurrent={route.page === 'account'} />
      <ConnectionState />
      <More route={route} {...rest} />
    </div>
  )
}

function More({ route, onShortcuts, onNewSession }: Omit<PhoneBarProps, 'onSearch'>) {
  const [isOpen, setIsOpen] = useState(false)
  const needsLook = useNeedsLook()
  const isThere = route.page === 'usage' || route.page === 'settings' || route.page === 'starred'
  const leave = (act: () => void) => () => {
    setIsOpen(false)
    act()
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger className={styles.row} aria-current={isThere || undefined}>
        <Ellipsis aria-hidden />
        <span className={styles.label}>More</span>
        {needsLook && (
          <span className={phone.dot}>
            <Hidden>, needs a look</Hidden>
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal container={floatingHome()}>
        <Popover.Content
          className={phone.sheet}
          data-sheet
          aria-label="More"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('a')) setIsOpen(false)
          }}
        >
          <button type="button" className={styles.row} onClick={leave(onNewSession)}>
            <Plus aria-hidden />
            <span className={styles.label}>New session</span>
          </button>
          <StarredPlace route={route} />
          <UsagePlace route={route} />
          <SettingsPlace route={route} />
          <button type="button" className={styles.row} onClick={leave(onShortcuts)}>
            <Keyboard aria-hidden />
            <span className={styles.label}>Keyboard shortcuts</span>
          </button>
          <SavedSearches isList={isListRoute(route)} />
          <PrivateSessions />
          <UpdateRow />
          <RederivedRow />
          <RecordedCount />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Whether something behind More is not as it should be. */
function useNeedsLook(): boolean {
  return useAppState(({ recording, connection }) => {
    if (connection === 'reconnecting') return true
    if (recording === null) return false
    return recording.isPaused || troubleOf(recording) !== null || countMissed(recording.missed).lost > 0
  })
}
