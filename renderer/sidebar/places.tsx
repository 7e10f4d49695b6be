import { ChartNoAxesColumn, Radio, Rows3, Settings, Star } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import { starredQuery } from '../sessions/listAddress.ts'
import type { Route } from '../shell/route.ts'
import { LiveCount } from './LiveCount.tsx'
import { Place } from './Place.tsx'
import styles from './Sidebar.module.css'

/** The pages, as the sidebar and the bar of a phone name them. */

export function isListRoute({ page }: Route): boolean {
  return page === 'sessions' || page === 'session' || page === 'starred'
}

export function LivePlace({ route }: { route: Route }) {
  return (
    <Place
      to={{ page: 'live' }}
      label="Live"
      tip="Sessions that run now"
      keys="g l"
      icon={Radio}
      isCurrent={route.page === 'live'}
    >
      <LiveCount />
    </Place>
  )
}

export function SessionsPlace({ route }: { route: Route }) {
  const total = useAppState(({ listing }) => listing.total)
  const query = useAppState(({ view }) => view.query)
  return (
    <Place
      to={{ page: 'sessions' }}
      label="Sessions"
      tip="All sessions, by day"
      keys="g s"
      icon={Rows3}
      isCurrent={isListRoute(route) && query === ''}
    >
      {total > 0 && <span className={styles.count}>{total.toLocaleString('en')}</span>}
    </Place>
  )
}

export function StarredPlace({ route }: { route: Route }) {
  const query = useAppState(({ view }) => view.query)
  return (
    <Place
      to={{ page: 'starred' }}
      label="Starred"
      tip="Sessions with a star"
      keys="g t"
      icon={Star}
      className={styles.starred}
      isCurrent={isListRoute(route) && query === starredQuery}
    />
  )
}

export function UsagePlace({ route }: { route: Route }) {
  return (
    <Place
      to={{ page: 'usage' }}
      label="Usage"
      tip="Tokens and cost over time"
      keys="u"
      icon={ChartNoAxesColumn}
      isCurrent={route.page === 'usage'}
    />
  )
}

export function SettingsPlace({ route }: { route: Route }) {
  return (
    <Place
      to={{ page: 'settings' }}
      label="Settings"
      tip="Settings"
      keys="mod+,"
      icon={Settings}
      isCurrent={route.page === 'settings'}
    />
  )
}
