import { useEffect } from 'react'
import type { RecentFolder } from '../../contract/domain/terminal.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'

/** The folders that codex worked in last and that are still there: looked for once for whoever is about to choose, from then on as known. */
export function useRecentFolders(): readonly RecentFolder[] {
  const client = useClient()
  useEffect(() => {
    void client.readRecentFolders()
  }, [client])
  return useAppState((state) => state.recentFolders)
}
