import { useSyncExternalStore } from 'react'

/** What `read` tells of the element that has the focus, again each time that another one gets it. */
export function useFocused<T extends string | number | boolean | null>(read: (active: Element | null) => T): T {
  return useSyncExternalStore(subscribe, () => read(document.activeElement))
}

function subscribe(listener: () => void) {
  // When one loses it, none has it for a moment.
  const later = () => void setTimeout(listener)
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', later)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', later)
  }
}
