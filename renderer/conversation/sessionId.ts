import { createContext, useContext } from 'react'

/** The session that is read, for what leads to another place in it. */
const SessionId = createContext('')
export const SessionIdProvider = SessionId.Provider

export function useSessionId(): string {
  return useContext(SessionId)
}
