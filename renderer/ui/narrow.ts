import { useSyncExternalStore } from 'react'

/** Where a window has room for one pane at a time; the style sheets know the same number. */
const narrow = '(max-width: 860px)'

export function isNarrow(): boolean {
  return window.matchMedia(narrow).matches
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow)
}

function subscribe(listener: () => void) {
  const query = window.matchMedia(narrow)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
