import { createContext, useCallback, useContext, useMemo } from 'react'
import { create } from 'zustand'

/** What the reader decided, by the item that a fold is in and the fold's name in it. */
interface FoldState {
  chosen: Record<string, Record<string, boolean>>
}

/**
 * Kept outside of what is drawn: a row that scrolls away is taken out of the page, and has to come back as it was left.
 * It outlives the conversation too, so that a session is found again as it was read.
 */
const useFoldStore = create<FoldState>(() => ({ chosen: {} }))

/** The item whose folds are meant; ids are those of items, turns and threads, which no two sessions share. */
const FoldScope = createContext('')
export const FoldScopeProvider = FoldScope.Provider

/**
 * Open or folded: as it should be by itself, until the reader decides. `name` tells the fold from the others of its item.
 */
export function useFold(name: string, opensByItself: boolean): [isOpen: boolean, toggle: () => void] {
  const scope = useContext(FoldScope)
  const isOpen = useFoldStore(({ chosen }) => chosen[scope]?.[name] ?? opensByItself)
  return [isOpen, () => setFold(scope, name, !isOpen)]
}

/** Of many folds of an item, each closed by itself: which are open, and what opens or closes some of them. */
export function useFolds(
  names: string[],
): [isOpen: (name: string) => boolean, set: (names: string[], isOpen: boolean) => void] {
  const scope = useContext(FoldScope)
  // A text, as it is the same while nothing of it changed.
  const open = useFoldStore(({ chosen }) => JSON.stringify(names.filter((name) => chosen[scope]?.[name])))
  const isOpen = useMemo(() => {
    const all = new Set<string>(JSON.parse(open))
    return (name: string) => all.has(name)
  }, [open])
  const set = (some: string[], isOpen: boolean) =>
    useFoldStore.setState(({ chosen }) => ({
      chosen: { ...chosen, [scope]: { ...chosen[scope], ...Object.fromEntries(some.map((name) => [name, isOpen])) } },
    }))
  return [isOpen, set]
}

/** Opens or closes one fold of an item. */
export function setFold(scope: string, name: string, isOpen: boolean) {
  useFoldStore.setState(({ chosen }) => ({ chosen: { ...chosen, [scope]: { ...chosen[scope], [name]: isOpen } } }))
}

/** Tells of any fold whether it is open, to those who lay out rows by it. */
export function useFoldState() {
  const chosen = useFoldStore((state) => state.chosen)
  return useCallback(
    (scope: string, name: string, opensByItself: boolean) => chosen[scope]?.[name] ?? opensByItself,
    [chosen],
  )
}
