import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Notification, Result } from '../../contract/api.ts'
import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import type { Archive } from '../archive/archive.ts'
import { notKept } from '../archive/notKept.ts'
import { breathe, logPauseMs, logTries } from './breathe.ts'
import type { ArchiveRecorder } from './recorder.ts'

const dayMs = 86_400_000

interface PutAside {
  undo: DeletedSession
  seq: number
}

export interface RemovalOptions {
  archive: Archive
  recorder: ArchiveRecorder
  now(): number
  /** How long a deletion can be taken back; 0 deletes for good at once. */
  undoMs: number
  /** Runs it when no other method writes. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T>
  notify(notifications: Notification[]): void
  report(error: unknown): void
}

/** What leaves the archive: what its user deletes, after a while in which that can be undone, and what is not to be kept any longer. */
export function createRemoval({ archive, recorder, now, undoMs, inTurn, notify, report }: RemovalOptions) {
  const { trash, deletion, rederivation } = archive
  const timers = new Set<NodeJS.Timeout>()
  let isClosed = false

  const rest = () => breathe(archive, () => isClosed)

  /** Nothing that was deleted can be read from the file after it. */
  async function scrub(): Promise<void> {
    while (recorder.write(archive.formerIndex.removeSome) === 'more') await rest()
    while (recorder.write(deletion.scrubSome) === 'more') await rest()
    // What is derived again takes free pages before the file grows.
    while (!rederivation.isOn() && archive.vacuumSome() === 'more') await rest()
    for (let tries = 0; tries < logTries && !archive.emptyLog(); tries++) await pause(logPauseMs)
  }

  /** Out of the archive, piece by piece; what is left of it is unreadable after `scrub`. */
  async function deletePieces(id: string): Promise<number> {
    while (recorder.write(() => deletion.deleteSome(id)) === 'more') await nextTurn()
    recorder.derivation.forget()
    const seq = recorder.write(recorder.nextSeq)
    notify([
      { method: 'session/deleted', params: { id, seq } },
      { method: 'recording/updated', params: recorder.recording() },
    ])
    return seq
  }

  /** With what of it is stored and still to be derived, as only that tells whose it is. False when that cannot be done now. */
  async function catchUp(): Promise<boolean> {
    try {
      await recorder.catchUp(rest)
      return true
    } catch (error) {
      if (isClosed) throw error
      report(error)
      return false
    }
  }

  async function deleteForGood(id: string): Promise<number> {
    const isAllThere = await catchUp()
    let seq = await deletePieces(id)
    // The deletion may have made the room that was missing.
    if (!isAllThere && (await catchUp())) seq = await deletePieces(id)
    await scrub()
    return seq
  }

  /** For good, unless it was put back since: also when it was deleted again after that, which can be undone for as long as any. */
  async function purge(id: string, undoUntil: number): Promise<void> {
    if (trash.undoUntil(id) === undoUntil) await deleteForGood(id)
  }

  function purgeLater(id: string, undoUntil: number, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // A lock or a full disk: it is trashed still, and purged at the next start.
      inTurn(() => purge(id, undoUntil)).catch(report)
    }, ms)
    timer.unref()
    timers.add(timer)
  }

  /** Null when there is no room for even that. */
  function putAside(id: string, batch: string, undoUntil: number): PutAside | null {
    try {
      const aside = recorder.write(() => ({ undo: trash.put(id, batch, undoUntil), seq: recorder.nextSeq() }))
      notify([{ method: 'session/deleted', params: { id, ...aside } }])
      return aside
    } catch (error) {
      report(error)
      return null
    }
  }

  return {
    scrub,

    /** Gone at once for all that ask; for good after a while. In the caller's turn. */
    async deleteSession(id: string, batch: string): Promise<Result<'session/delete'>> {
      // Even when nothing can be stored now: the deletion may be what makes room.
      recorder.settle()
      if (!deletion.hasSession(id)) throw notKept('session', id)
      const undoUntil = now() + undoMs
      const aside = undoMs === 0 ? null : putAside(id, batch, undoUntil)
      if (!aside) return { undoUntil: now(), undo: null, seq: await deleteForGood(id) }
      purgeLater(id, undoUntil, undoMs)
      return { undoUntil, ...aside }
    },

    /**
     * What is older than the user wants to keep, and then as many of the oldest as the file is too large by. Which these are is
     * certain only when nothing is still to be derived, or derived again; at the end of that it is applied.
     */
    async applyRetention(): Promise<number> {
      if (rederivation.isOn()) return 0
      const { maxAgeDays, maxBytes } = archive.settings.retention()
      if (maxAgeDays === null && maxBytes === null) return 0
      if (!(await catchUp())) return 0
      const keptSince = maxAgeDays === null ? null : now() - maxAgeDays * dayMs
      let deleted = 0
      for (let oldest = deletion.oldest(); oldest; oldest = deletion.oldest()) {
        const isTooOld = keptSince !== null && oldest.updatedAt < keptSince
        const isTooMuch = maxBytes !== null && archive.measure().usedBytes > maxBytes
        if (!isTooOld && !isTooMuch) break
        await deletePieces(oldest.id)
        deleted += 1
      }
      if (deleted > 0) await scrub()
      return deleted
    },

    /** What the last run had deleted, and could not finish or had still to wait with; in the caller's turn. */
    async finishLeftovers(): Promise<void> {
      for (const { id, undoUntil } of trash.sessions()) {
        if (undoUntil > now() && undoUntil <= now() + undoMs) purgeLater(id, undoUntil, undoUntil - now())
        else await purge(id, undoUntil)
      }
      // Always: a run that was killed may have left deleted text in the write-ahead log.
      await scrub()
    },

    close(): void {
      isClosed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
