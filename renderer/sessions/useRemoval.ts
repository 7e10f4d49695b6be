import type { Session } from '../../contract/domain/session.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { goTo, replaceRoute } from '../shell/route.ts'
import { routeOfView } from './listAddress.ts'

/** Deletes sessions of the list. Null when they are gone, else why not all of them are. */
export function useRemoval({
  ordered,
  currentId,
  onRemoved,
}: {
  ordered: Session[]
  currentId: string | null
  /** `next`: what follows them, where the keyboard goes on. */
  onRemoved(next: Session | undefined): void
}) {
  const client = useClient()
  const view = useAppState((state) => state.view)

  /** What follows them is read in their place. */
  return async function remove(ids: string[]): Promise<string | null> {
    const isKept = ({ id }: { id: string }) => !ids.includes(id)
    const at = ordered.findIndex(({ id }) => ids.includes(id))
    const next = ordered.slice(at).find(isKept) ?? ordered.slice(0, at).findLast(isKept)
    const reply = await client.deleteSessions(ids)
    if (!reply.ok) return reply.error.message
    if (currentId !== null && ids.includes(currentId)) {
      if (next) replaceRoute({ page: 'session', sessionId: next.id, turnId: null })
      else goTo(routeOfView(view))
    }
    onRemoved(next)
    return null
  }
}
