import { useEffect } from 'react'
import { create } from 'zustand'

/** The session whose conversation is to have the focus as soon as it is there. */
const useEntering = create<{ sessionId: string | null }>(() => ({ sessionId: null }))

/** For whoever leads to a session by a key from what is gone then: the keyboard goes on in its conversation. */
export function enterConversation(sessionId: string) {
  useEntering.setState({ sessionId })
}

export function useEntered(sessionId: string, enter: () => void) {
  const isWanted = useEntering((state) => state.sessionId === sessionId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that somebody asks
  useEffect(() => {
    if (!isWanted) return
    useEntering.setState({ sessionId: null })
    if (isFree(document.activeElement)) enter()
  }, [isWanted])
}

/** Nobody is anywhere: not on the page before either, of which the browser lets go only as it draws. */
function isFree(active: Element | null): boolean {
  return active === null || active === document.body || active.matches('main') || !active.checkVisibility()
}
