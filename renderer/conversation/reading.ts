import { createContext, useContext } from 'react'

/** What is read, for what leads to another place in it. */
export interface Reading {
  sessionId: string
  /** Opens what hides it, and goes there. */
  goToItem(turnId: string, itemId: string): void
}

const ReadingContext = createContext<Reading>({ sessionId: '', goToItem: () => {} })
export const ReadingProvider = ReadingContext.Provider

export function useReading(): Reading {
  return useContext(ReadingContext)
}
