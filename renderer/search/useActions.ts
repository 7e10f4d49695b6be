import { useMemo } from 'react'
import { folderToGoOnIn } from '../../contract/domain/session.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { orderSessions } from '../sessions/groupSessions.ts'
import { removeOpen } from '../sessions/removeOpen.ts'
import type { Route } from '../shell/route.ts'
import { useRecentFolders } from '../terminals/useRecentFolders.ts'
import type { Action } from './action.ts'
import { appActions } from './appActions.ts'
import { inspectorAction, printAction, sessionActions } from './sessionActions.ts'
import { startActions } from './startActions.ts'

/** What the window opens over itself. */
export interface Openers {
  onShortcuts(): void
  onNewSession(): void
  onExport(ids: string[]): void
}

const foldersOffered = 3

/** All that can be done from where the reader is, the nearest first. */
export function useActions(route: Route, { onShortcuts, onNewSession, onExport }: Openers): Action[] {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const recentFolders = useRecentFolders()
  const isPaused = useAppState(({ recording }) => recording?.isPaused ?? false)
  const isSignedIn = useAppState(({ account }) => account?.account.state === 'chatgpt')
  const current = route.page === 'session' ? sessions[route.sessionId] : undefined

  return useMemo(() => {
    const newest = orderSessions(Object.values(sessions)).find(
      (session) => session.status !== 'live' && folderToGoOnIn(session) !== null,
    )
    const folders = recentFolders.slice(0, foldersOffered).map(({ path }) => path)
    return [
      ...(current
        ? [
            ...sessionActions(client, [current], { onExport, onRemove: (ids) => removeOpen(client, ids) }),
            inspectorAction,
            printAction,
          ]
        : []),
      ...startActions(client, { folders, last: newest?.id === current?.id ? undefined : newest, onNewSession }),
      ...appActions(client, { isPaused, isSignedIn, onShortcuts }),
    ]
  }, [client, sessions, recentFolders, isPaused, isSignedIn, current, onShortcuts, onNewSession, onExport])
}
