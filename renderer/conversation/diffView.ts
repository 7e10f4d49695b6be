import { createContext, useContext, useLayoutEffect, useState } from 'react'
import { create } from 'zustand'
import type { FileChange } from './patch.ts'

const storageKey = 'diffs'
/** Below it two columns of code are too narrow to read. */
const wideEnough = 720
/** From here on two columns show some 75 letters each, and are what a reader has who chose nothing. */
const wideByItself = 1_100

type Room = 'none' | 'some' | 'plenty'

interface DiffView {
  /** Null while nothing was chosen. */
  isSideBySide: boolean | null
}

/** How the reader wants to see what changed; kept in the browser, as it is about its window. */
const useDiffView = create<DiffView>(() => ({ isSideBySide: recall() }))

export function useSideBySide(room: Room): [isWanted: boolean, toggle: () => void] {
  const isSideBySide = useDiffView((state) => state.isSideBySide) ?? room === 'plenty'
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

function recall(): boolean | null {
  try {
    const kept = localStorage.getItem(storageKey)
    return kept === null ? null : kept === 'sideBySide'
  } catch {
    return null
  }
}

const Sides = createContext(false)
export const SidesProvider = Sides.Provider

/** Whether what was before and what is now stand beside each other in the card around it. */
export function useSides(change: FileChange): boolean {
  return useContext(Sides) && hasTwoSides(change)
}

/** A new file has nothing to stand beside. */
export function hasTwoSides({ added, removed }: FileChange): boolean {
  return added > 0 && removed > 0
}

/** How much room an element has for two columns; none until it was measured, which is before it is drawn. */
export function useDiffRoom(measured: HTMLElement | null): Room {
  const [room, setRoom] = useState<Room>('none')
  useLayoutEffect(() => {
    if (!measured) return
    const measure = () => setRoom(roomOf(measured.offsetWidth))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    return () => observer.disconnect()
  }, [measured])
  return room
}

function roomOf(width: number): Room {
  if (width < wideEnough) return 'none'
  return width < wideByItself ? 'some' : 'plenty'
}
