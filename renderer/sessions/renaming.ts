import { create } from 'zustand'

/** The session whose head shows the field of its title. It is asked for by the head itself, by a key, and by the palette. */
export const useRenaming = create<{ sessionId: string | null }>(() => ({ sessionId: null }))

export function beginRenaming(sessionId: string) {
  useRenaming.setState({ sessionId })
}

export function endRenaming(sessionId: string) {
  useRenaming.setState((before) => (before.sessionId === sessionId ? { sessionId: null } : before))
}

/** For what closes over the page: it gives the focus back to where it was, but not from the field that has just taken it. */
export function leaveFocusToRenaming(event: Event) {
  if (useRenaming.getState().sessionId !== null) event.preventDefault()
}
