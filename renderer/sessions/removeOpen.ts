import type { Client } from '../client/client.ts'
import { goTo } from '../shell/route.ts'
import { routeOfView } from './listAddress.ts'

/** Deletes the session that is open and goes back to the list. Null when it is gone, else why it is not. */
export async function removeOpen(client: Client, ids: string[]): Promise<string | null> {
  const reply = await client.deleteSessions(ids)
  if (!reply.ok) return reply.error.message
  goTo(routeOfView(client.store.getState().view))
  return null
}
