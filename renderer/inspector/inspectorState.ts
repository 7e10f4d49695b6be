import { create } from 'zustand'

/** What the inspector is about: one request, one turn, or all of the session. */
const scopes = ['exchange', 'turn', 'session'] as const
export type Scope = (typeof scopes)[number]

export const tabs = ['overview', 'context', 'changes', 'request', 'response', 'events', 'headers'] as const
export type Tab = (typeof tabs)[number]

interface InspectorState {
  isOpen: boolean
  /** It is to take the focus, once it is there; Escape leads back. */
  isEntered: boolean
  scope: Scope
  tab: Tab
}

const storageKey = 'tapedeck.inspector'
const initial: InspectorState = { isOpen: false, isEntered: false, scope: 'exchange', tab: 'overview' }

/** Survives sessions and reloads: whoever works with it open wants it open. */
export const useInspector = create<InspectorState>(() => ({ ...initial, ...restore() }))

/** What had the focus when a key led in. */
let cameFrom: Element | null = null

export function whereFrom(): Element | null {
  return cameFrom
}

export function setInspector(change: Partial<InspectorState>) {
  // It loses the focus as soon as the inspector covers it.
  if (change.isEntered) cameFrom = document.activeElement
  useInspector.setState(change)
  try {
    localStorage.setItem(storageKey, JSON.stringify(useInspector.getState()))
  } catch {
    // Storage can be closed; then it is remembered until the page is left.
  }
}

/** Where it covers the conversation, whoever opens it is in it. */
export function toggleInspector(isCovering: boolean) {
  const isOpen = !useInspector.getState().isOpen
  setInspector({ isOpen, isEntered: isOpen && isCovering })
}

/** For what leads to a place in the conversation, which it would hide where it covers it. */
export function putInspectorAside(isCovering: boolean) {
  if (isCovering && useInspector.getState().isOpen) setInspector({ isOpen: false, isEntered: false })
}

function restore(): Partial<InspectorState> {
  try {
    const { isOpen, scope, tab } = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>
    return {
      isOpen: isOpen === true,
      scope: scopes.find((known) => known === scope) ?? initial.scope,
      tab: tabs.find((known) => known === tab) ?? initial.tab,
    }
  } catch {
    return {}
  }
}
