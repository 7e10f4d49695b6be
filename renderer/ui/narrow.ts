import { useCallback, useSyncExternalStore } from 'react'

/** Where a window has room for one pane at a time; the style sheets know the same number. */
const narrow = '(max-width: 860px)'

export function isNarrow(): boolean {
  return window.matchMedia(narrow).matches
}

export function useIsNarrow(): boolean {
  return useMatch(narrow)
}

/** Where the bar at the foot has room for a few names. */
const phone = '(max-width: 480px)'

export function useIsPhone(): boolean {
  return useMatch(phone)
}

function useMatch(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
