import type { Notification } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import type { SavedFile } from '../../contract/window.ts'

/** What a host gives the page: calls, and what main tells without being asked. */
export interface Transport {
  /** Never rejects: a host that cannot be reached is an `unavailable` reply. */
  call(method: string, params: unknown): Promise<Reply<unknown>>
  listen(listener: TransportListener): () => void
  /** Who asks before a link of a captured text leaves: a host that opens it outside asks for itself, and shows the address. */
  linksAskedBy: 'page' | 'host'
  /** How a file ends that was given away under `url` just now; null where that is a browser's, which does not tell. */
  whenSaved: ((url: string) => Promise<SavedFile>) | null
}

export interface TransportListener {
  /** Notifications flow from here on; what happened before has to be asked for. */
  opened(): void
  lost(): void
  notified(notification: Notification): void
  /** A menu of the desktop was asked for a new session. */
  newSessionWanted(wish: { goneFolder: string | null }): void
}
