import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { AccountPage } from '../account/AccountPage.tsx'
import { FirstRun } from '../account/FirstRun.tsx'
import { useAppState } from '../client/ClientProvider.tsx'
import { useInspector } from '../inspector/inspectorState.ts'
import { FirstSession } from '../live/FirstSession.tsx'
import { LivePage } from '../live/LivePage.tsx'
import { SaveSearchDialog } from '../search/SaveSearchDialog.tsx'
import { SearchPalette } from '../search/SearchPalette.tsx'
import { useHitMark } from '../search/useHitMark.ts'
import { useFilterKey } from '../sessions/filterKey.ts'
import { orderSessions } from '../sessions/groupSessions.ts'
import { SessionList } from '../sessions/SessionList.tsx'
import { SessionPage } from '../sessions/SessionPage.tsx'
import { UndoBar } from '../sessions/UndoBar.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { applyTheme } from '../settings/theme.ts'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import { Sidebar } from '../sidebar/Sidebar.tsx'
import { NewSessionDialog } from '../terminals/NewSessionDialog.tsx'
import { isNarrow } from '../ui/narrow.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { UsagePage } from '../usage/UsagePage.tsx'
import styles from './App.module.css'
import { NothingChosen } from './NothingChosen.tsx'
import { PlaceKeys } from './PlaceKeys.tsx'
import { goTo, isUnknownAddress, type Route, replaceRoute, useRoute } from './route.ts'
import { ShortcutMap } from './ShortcutMap.tsx'

type Floating = 'search' | 'shortcuts' | 'newSession' | null

const nothingExported: string[] = []

export function App() {
  const route = useRoute()
  const hasInspector = useInspector(({ isOpen }) => isOpen) && route.page === 'session'
  const [floating, setFloating] = useState<Floating>(null)
  const hasSessions = useAppState(({ listing, sessions }) => listing.total > 0 || Object.keys(sessions).length > 0)
  const isKnown = useAppState(({ listing }) => listing.state === 'ready')
  const isUnderWay = useAppState(({ listing }) => listing.state === 'loading')
  /** Until the first answers are there. */
  const isAsking = useAppState(({ connection, recording }) => connection === 'connecting' && recording === null)
  useTheme()
  useKeptFocus()
  const main = useRef<HTMLElement>(null)
  useFocusedPage(route.page, main)
  const [exported, setExported] = useState(nothingExported)
  const [saved, setSaved] = useState<string | null>(null)
  const [goneFolder, setGoneFolder] = useState<string | null>(null)
  const newSessionWish = useAppState((state) => state.newSessionWish)
  useEffect(() => {
    if (!newSessionWish) return
    setExported(nothingExported)
    setSaved(null)
    setGoneFolder(newSessionWish.goneFolder)
    setFloating('newSession')
  }, [newSessionWish])
  useLanding()
  useHitMark(route)
  useTitle(route)
  useEffect(() => {
    if (route.page === 'sessions' && isUnknownAddress(location.hash)) replaceRoute(route)
  }, [route])

  const openShortcuts = useCallback(() => setFloating('shortcuts'), [])
  const openNewSession = useCallback(() => {
    setGoneFolder(null)
    setFloating('newSession')
  }, [])
  const openSearch = () => {
    setFloating('search')
    return undefined
  }
  useShortcuts({
    'mod+k': openSearch,
    '/': () => (isReading() ? false : openSearch()),
    '?': () => {
      openShortcuts()
      return undefined
    },
    'mod+,': () => {
      goTo({ page: 'settings' })
      return undefined
    },
    u: () => {
      goTo({ page: 'usage' })
      return undefined
    },
    c: () => {
      openNewSession()
      return undefined
    },
  })
  const openExport = useCallback((ids: string[]) => {
    setFloating(null)
    setExported(ids)
  }, [])

  const isBeginning = !hasSessions && (route.page === 'sessions' || route.page === 'live')
  const isFirstRun = isKnown && isBeginning
  // Which of two pages it will be is not known yet: it is neither of them.
  const isUnsettled = isUnderWay && isBeginning
  useFilterKey({ hasList: !isFirstRun })
  const layout = isFirstRun ? 'wide' : layoutOf(route)
  return (
    <div
      className={styles.window}
      data-layout={layout}
      data-inspector={hasInspector || undefined}
      data-unsettled={isUnsettled || undefined}
    >
      <PlaceKeys />
      <Sidebar
        route={route}
        onSearch={() => setFloating('search')}
        onShortcuts={() => setFloating('shortcuts')}
        onNewSession={openNewSession}
      />
      {layout !== 'wide' && <SessionList route={route} />}
      <main ref={main} className={styles.main} tabIndex={-1} aria-busy={isAsking || undefined}>
        {isFirstRun ? (
          <Beginning onNewSession={openNewSession} />
        ) : isUnsettled ? null : (
          <Page route={route} onShortcuts={openShortcuts} onNewSession={openNewSession} />
        )}
      </main>
      <SearchPalette
        isOpen={floating === 'search'}
        // What was done in it may have opened something in its place.
        onClose={() => setFloating((now) => (now === 'search' ? null : now))}
        onShortcuts={openShortcuts}
        onNewSession={openNewSession}
        onExport={openExport}
        onSave={(query) => {
          setFloating(null)
          setSaved(query)
        }}
      />
      <SaveSearchDialog query={saved ?? ''} isOpen={saved !== null} onClose={() => setSaved(null)} />
      <ExportDialog ids={exported} isOpen={exported.length > 0} onClose={() => setExported(nothingExported)} />
      <UndoBar />
      <ShortcutMap isOpen={floating === 'shortcuts'} onClose={() => setFloating(null)} />
      <NewSessionDialog
        isOpen={floating === 'newSession'}
        route={route}
        goneFolder={goneFolder}
        onClose={() => setFloating(null)}
      />
    </div>
  )
}

/** A conversation finds in itself by the same key. */
function isReading(): boolean {
  return (
    document.querySelector('[data-conversation]') !== null &&
    document.activeElement?.closest('[data-pane="list"]') == null
  )
}

function layoutOf({ page }: Route): 'wide' | 'list' | 'detail' {
  switch (page) {
    case 'live':
    case 'account':
    case 'settings':
    case 'usage':
      return 'wide'
    case 'session':
      return 'detail'
    case 'sessions':
    case 'starred':
      return 'list'
  }
}

/** Nothing is recorded yet. The steps stay while somebody signs in, so that the last of them is where it was. */
function Beginning({ onNewSession }: { onNewSession(): void }) {
  const codex = useAppState(({ status }) => status?.codex ?? null)
  const account = useAppState((state) => state.account)
  const isUnknown = useAppState((state) => state.account === null && state.accountProblem !== null)
  // They are answered together; the status may be refused.
  const isAnswered = useAppState(({ status, settings }) => status !== null || settings !== null)
  if (!isAnswered) return null
  return codex && !isUnknown ? (
    <FirstRun codex={codex} account={account} onNewSession={onNewSession} />
  ) : (
    <FirstSession onNewSession={onNewSession} />
  )
}

function Page({ route, onShortcuts, onNewSession }: { route: Route; onShortcuts(): void; onNewSession(): void }) {
  switch (route.page) {
    case 'live':
      return <LivePage onNewSession={onNewSession} />
    case 'account':
      return <AccountPage />
    case 'settings':
      return <SettingsPage onShortcuts={onShortcuts} />
    case 'usage':
      return <UsagePage view={route.view} />
    case 'session':
      return (
        <SessionPage
          key={route.sessionId}
          sessionId={route.sessionId}
          turnId={route.turnId}
          itemId={route.itemId ?? null}
          exchangeId={route.exchangeId ?? null}
        />
      )
    case 'sessions':
    case 'starred':
      return <NothingChosen />
  }
}

/** Whoever arrives without an address sees the newest session, where there is room for it beside the list. */
function useLanding() {
  const newest = useAppState(({ sessions, listing }) =>
    listing.state === 'ready' && location.hash === '' ? (orderSessions(Object.values(sessions))[0]?.id ?? null) : null,
  )
  useEffect(() => {
    if (newest !== null && !isNarrow() && location.hash === '') {
      replaceRoute({ page: 'session', sessionId: newest, turnId: null })
    }
  }, [newest])
}

/** What had the focus may not be on the page that is shown instead: the keyboard goes on at its begin. */
function useFocusedPage(page: Route['page'], main: RefObject<HTMLElement | null>) {
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return
    before.current = page
    const active = document.activeElement
    if (active === document.body || !active?.checkVisibility()) main.current?.focus({ preventScroll: true })
  }, [page, main])
}

function useTheme() {
  const theme = useAppState(({ settings }) => settings?.value.theme)
  useEffect(() => {
    if (theme !== undefined) applyTheme(theme)
  }, [theme])
}

function useTitle(route: Route) {
  const title = useAppState(({ sessions }) => (route.page === 'session' ? sessions[route.sessionId]?.title : undefined))
  useEffect(() => {
    document.title = title ? `${revealControls(title)} · Tapedeck` : pageTitles[route.page]
  }, [title, route.page])
}

const pageTitles = {
  live: 'Live · Tapedeck',
  account: 'Account · Tapedeck',
  settings: 'Settings · Tapedeck',
  usage: 'Usage · Tapedeck',
  session: 'Tapedeck',
  sessions: 'Sessions · Tapedeck',
  starred: 'Starred · Tapedeck',
} as const satisfies Record<Route['page'], string>
