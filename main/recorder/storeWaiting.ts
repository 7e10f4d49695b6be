import type { Notification } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { RawPart } from '../capture/rawExchange.ts'
import type { DeferredDerivation } from './deferredDerivation.ts'
import { hurryBytes, type Waiting } from './intake.ts'
import type { OpenExchanges } from './openExchanges.ts'
import type { createRecordingCount } from './recordingCount.ts'

export interface StoreOptions {
  archive: Archive
  waiting: Waiting
  open: OpenExchanges
  deferred: DeferredDerivation
  recordingCount: ReturnType<typeof createRecordingCount>
  report(error: unknown): void
}

export function isFinished(parts: RawPart[]): boolean {
  return parts.at(-1)?.type === 'finished'
}

/** What one transaction does with what waits. In a hurry the raw record alone is stored, with a mark on what is to be derived. */
export function createStore({ archive, waiting, open, deferred, recordingCount, report }: StoreOptions) {
  const { raw } = archive

  /** False when the exchange was deleted. */
  function storeParts(id: string, parts: RawPart[], isHurried: boolean): boolean {
    if (!raw.append(id, parts, isHurried)) return false
    if (parts[0]?.type === 'started') recordingCount.addRecorded()
    if (!open.isFailed(id)) deferred.put(id)
    return true
  }

  /** Returns those that were still open. */
  function cutOff(ids: Set<string>, isHurried: boolean): string[] {
    const cut = raw.unfinished().filter(({ id }) => ids.has(id))
    for (const { id, lastAt } of cut) {
      raw.append(id, [{ type: 'finished', exchangeId: id, at: lastAt, outcome: 'cut' }], isHurried)
    }
    return cut.map(({ id }) => id)
  }

  /** Returns what there is to tell once that is committed. */
  return function store(isHurried: boolean): Notification[] {
    const { parts, givenUp, losses, works, endedLaunches } = waiting
    const deleted = new Set<string>()
    const refused = new Set<string>()
    const finished = new Set<string>()
    for (const [id, list] of parts) {
      const isStored = archive.attempt(() => {
        if (!storeParts(id, list, isHurried)) deleted.add(id)
      }, report)
      if (!isStored) refused.add(id)
      // Deleted while it ran: the rest of it is not wanted either.
      if (deleted.has(id) || refused.has(id)) open.delete(id)
      else if (isFinished(list) && !open.isFailed(id)) finished.add(id)
    }
    if (givenUp.length + refused.size > 0) {
      for (const id of cutOff(new Set([...givenUp, ...refused]), isHurried)) finished.add(id)
    }
    for (const work of works) archive.attempt(work, report)
    for (const exchangeId of refused) recordingCount.addLost({ exchangeId, reason: 'storage' })
    for (const loss of losses)
      if (loss.exchangeId === null || !deleted.has(loss.exchangeId)) recordingCount.addLost(loss)
    deferred.endLaunches(endedLaunches)
    return deferred.derive({ finished, maxBytes: isHurried ? 0 : hurryBytes })
  }
}
