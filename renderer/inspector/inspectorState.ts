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

export function setInspector(change: Partial<InspectorState>) {
  useInspector.setState(change)
  try {
    localStorage.setItem(storageKey, JSON.stringify(useInspector.getState()))
  } catch {
    // Storage can be closed; then it is remembered until the page is left.
  }
}

export function toggleInspector() {
  setInspector({ isOpen: !useInspector.getState().isOpen })
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
