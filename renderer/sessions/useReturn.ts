import { useEffect, useRef } from 'react'
import type { Route } from '../shell/route.ts'
import type { groupSessions } from './groupSessions.ts'
import type { useListRows } from './useListRows.ts'

/** Whoever comes back to the list goes on at the session that they were in. */
export function useReturn({
  route,
  currentId,
  rows,
  scrollTo,
  focus,
}: {
  route: Route
  /** The session that is open beside the list. */
  currentId: string | null
  rows: ReturnType<typeof groupSessions>
} & Pick<ReturnType<typeof useListRows>, 'scrollTo' | 'focus'>): void {
  const leftId = useRef<string | null>(null)
  useEffect(() => {
    const left = leftId.current
    leftId.current = currentId
    if (left === null || currentId !== null || !isList(route) || document.activeElement !== document.body) return
    if (!rows.some((row) => row.kind === 'session' && row.session.id === left)) return
    scrollTo(left)
    focus(left)
  })
}

function isList({ page }: Route): boolean {
  return page === 'sessions' || page === 'starred'
}
