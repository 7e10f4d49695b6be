import { type RefObject, useEffect, useState } from 'react'
import { create } from 'zustand'

const storageKey = 'diffs'
/** Below it two columns of code are too narrow to read. */
const wideEnough = 720

interface DiffView {
  isSideBySide: boolean
}

/** How the reader wants to see what changed; kept in the browser, as it is about its window. */
const useDiffView = create<DiffView>(() => ({ isSideBySide: recall() }))

export function useSideBySide(): [isWanted: boolean, toggle: () => void] {
  const isSideBySide = useDiffView((state) => state.isSideBySide)
  return [isSideBySide, () => choose(!isSideBySide)]
}

function choose(isSideBySide: boolean): void {
  useDiffView.setState({ isSideBySide })
  try {
    localStorage.setItem(storageKey, isSideBySide ? 'sideBySide' : 'unified')
  } catch {
    // Without a storage it holds until the page is loaded again.
  }
}

function recall(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'sideBySide'
  } catch {
    return false
  }
}

/** Whether an element has room for two columns; false until it was measured. */
export function useHasRoom(element: RefObject<HTMLElement | null>): boolean {
  const [hasRoom, setHasRoom] = useState(false)
  useEffect(() => {
    const measured = element.current
    if (!measured) return
    const observer = new ResizeObserver(([entry]) => setHasRoom((entry?.contentRect.width ?? 0) >= wideEnough))
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element])
  return hasRoom
}
