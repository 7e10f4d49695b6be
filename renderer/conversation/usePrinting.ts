import { useSyncExternalStore } from 'react'

let isPrinting = false
const listeners = new Set<() => void>()

function tell(value: boolean): void {
  isPrinting = value
  for (const listener of listeners) listener()
}
addEventListener('beforeprint', () => tell(true))
addEventListener('afterprint', () => tell(false))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the page is about to go to paper, where nobody scrolls. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting)
}
