import type { Line } from './line.ts'
import type { NotificationQueue } from './notificationQueue.ts'
import type { createReadings } from './readings.ts'
import type { createSessionLists } from './sessionLists.ts'
import { forgetEpoch, putDeleted, putLaunches, putSettings, putStatus } from './state.ts'
import type { createWatchedConversations } from './watchedConversations.ts'

export interface SynchronisingOptions {
  line: Line
  queue: NotificationQueue
  lists: ReturnType<typeof createSessionLists>
  conversations: ReturnType<typeof createWatchedConversations>
  readings: ReturnType<typeof createReadings>
  isLineOpen(): boolean
}

/** Reads anew all that is shown. What main tells meanwhile waits, so that it is on top of what was read. */
export function createSynchronising(options: SynchronisingOptions): () => Promise<void> {
  const { line, queue, lists, conversations, readings, isLineOpen } = options
  const { store, change, call, ofThisConnection, connectionChanged } = line

  return async function synchronise() {
    connectionChanged()
    const isCurrent = ofThisConnection()
    const seqBefore = store.getState().archiveSeq
    queue.pause()
    // Not waited for: a keychain or a codex that is slow to answer holds nothing else up.
    const account = call('account/read', {})
    const update = call('update/read', {})
    const [status, listed, deleted, settings, launches] = await Promise.all([
      call('app/status', {}),
      lists.readAll(),
      call('session/listDeleted', {}),
      call('settings/read', {}),
      call('launch/list', {}),
    ])
    if (!isCurrent()) return
    change((state) => {
      const isNewEpoch = listed.seq !== null && listed.seq < seqBefore
      let next = isNewEpoch ? forgetEpoch(state) : state
      if (status.ok) next = putStatus(next, status.value)
      if (settings.ok) next = putSettings(next, settings.value.settings, settings.value.seq)
      if (launches.ok) next = putLaunches(next, launches.value)
      next = listed.putInto(next)
      if (deleted.ok) next = putDeleted(next, deleted.value)
      return isLineOpen() ? { ...next, connection: 'open' } : next
    })
    queue.resume()
    void update.then((reply) => isCurrent() && readings.takeUpdate(reply))
    void account.then((reply) => isCurrent() && readings.takeAccount(reply))
    lists.readBeside()
    await conversations.readAll()
  }
}
