import { createContext, useContext } from 'react'

/** The turn that an item is in, for those who ask main for more of it. */
const TurnId = createContext('')
export const TurnIdProvider = TurnId.Provider

export function useTurnId(): string {
  return useContext(TurnId)
}
