import { createContext, type ReactNode, use } from 'react'
import { useStore } from 'zustand'
import type { Client } from './client.ts'
import type { AppState } from './state.ts'

const ClientContext = createContext<Client | null>(null)

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>
}

export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('useClient needs a ClientProvider above it')
  return client
}

/** Selects from the state; the selector must give the same value for the same state. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useClient().store, select)
}
