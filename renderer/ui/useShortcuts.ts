import { createContext, useContext, useEffect, useRef } from 'react'
import { finish, isDone } from './closedTips.ts'
import { nameKey } from './nameKey.ts'

/** What a key does. Return false to let the browser have it. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => boolean | undefined>

/** A slider takes no letters. */
const takesKeys = 'input:not([type="range"]), textarea, select'

/** True around what something else covers: its keys would do what nobody sees. */
export const CoveredContext = createContext(false)

/**
 * Single keys for the whole window, named as by `nameKey`, `mod+` for Command or Control. They are silent while the
 * reader types, while something floats above the window, and where something covers them. Those that come first are asked before all others.
 */
export function useShortcuts(shortcuts: Shortcuts, { comesFirst = false } = {}) {
  const latest = useRef(shortcuts)
  const isCovered = useContext(CoveredContext)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    if (isCovered) return
    function onKeyDown(event: KeyboardEvent) {
      if (isDone(event) || event.altKey || event.isComposing) return
      const isMod = event.metaKey || event.ctrlKey
      if (!isMod && (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]'))) return
      const run = latest.current[isMod ? `mod+${event.key.toLowerCase()}` : nameKey(event)]
      if (run && run(event) !== false) finish(event)
    }
    window.addEventListener('keydown', onKeyDown, { capture: comesFirst })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: comesFirst })
  }, [comesFirst, isCovered])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(takesKeys))
}
