import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Notification } from '../../contract/api.ts'
import type { Session } from '../../contract/domain/session.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'
import { notKept } from '../archive/notKept.ts'
import type { SessionMarks } from '../capture/foldSession.ts'
import type { HandlersOf } from '../handlers.ts'
import type { RecorderMethod } from './messages.ts'
import type { PriceBook } from './priceBook.ts'
import type { ArchiveRecorder } from './recorder.ts'
import { createRederiver } from './rederive.ts'
import type { wholeUpTo } from './replaceGroup.ts'
import { reprice } from './reprice.ts'

/** While somebody reads, the write-ahead log cannot be emptied. */
const scrubTries = 40
const scrubPauseMs = 50
const dayMs = 86_400_000

/** As long as the page offers to undo a deletion. */
export const defaultUndoMs = 10_000

export interface RecorderMethodsOptions {
  archive: Archive
  recorder: ArchiveRecorder
  now(): number
  /** How long a deletion can be taken back; 0 deletes for good at once. */
  undoMs: number
  notify(notifications: Notification[]): void
  report(error: unknown): void
  prices?: Pick<PriceBook, 'fingerprint'>
  /** Up to which size a session is derived again as a whole; the usual one unless told otherwise. */
  wholeUpTo?: typeof wholeUpTo | undefined
}

/** The methods that write. Long ones work in steps, between which recording goes on. */
export function createRecorderMethods(options: RecorderMethodsOptions) {
  const { archive, recorder, now, undoMs, notify, report, prices } = options
  const { deletion, readModel, keptFacts, ledger, rederivation } = archive
  const timers = new Set<NodeJS.Timeout>()
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** One after the other: none may find what another has half done. */
  function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  const rederiver = createRederiver({ archive, recorder, inTurn, wholeUpTo: options.wholeUpTo })

  /** What came meanwhile is stored, and the write-ahead log stays small. */
  async function breathe(): Promise<void> {
    await nextTurn()
    for (let tries = 0; tries < scrubTries && !isClosed && !archive.trimLog(); tries++) await pause(scrubPauseMs)
    if (isClosed) throw new ReplyError('unavailable', 'Tapedeck ends. The rest of it is done at the next start.')
  }

  async function scrub(): Promise<void> {
    while (recorder.write(archive.formerIndex.removeSome) === 'more') await breathe()
    while (recorder.write(deletion.scrubSome) === 'more') await breathe()
    // What is derived again takes free pages before the file grows.
    while (!rederivation.isOn() && archive.vacuumSome() === 'more') await breathe()
    for (let tries = 0; tries < scrubTries && !archive.emptyLog(); tries++) await pause(scrubPauseMs)
  }

  /** Out of the archive, piece by piece; what is left of it is unreadable after `scrub`. */
  async function deletePieces(id: string): Promise<void> {
    while (recorder.write(() => deletion.deleteSome(id)) === 'more') await nextTurn()
    recorder.derivation.forget()
    const seq = recorder.write(recorder.nextSeq)
    notify([
      { method: 'session/deleted', params: { id, seq } },
      { method: 'recording/updated', params: recorder.recording() },
    ])
  }

  /** For good, unless it was put back since. */
  async function purge(id: string): Promise<void> {
    if (!readModel.isTrashed(id)) return
    recorder.settle()
    await deletePieces(id)
    await scrub()
  }

  function purgeLater(id: string, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // A lock or a full disk: it is trashed still, and purged at the next start.
      inTurn(() => purge(id)).catch(report)
    }, ms)
    timer.unref()
    timers.add(timer)
  }

  async function deleteSession(id: string): Promise<{ undoUntil: number }> {
    // Even when nothing can be stored now: the deletion may be what makes room.
    recorder.settle()
    if (!deletion.hasSession(id)) throw notKept('session', id)
    const undoUntil = now() + undoMs
    if (undoMs === 0 || !trash(id, undoUntil)) {
      await deletePieces(id)
      await scrub()
      return { undoUntil: now() }
    }
    purgeLater(id, undoMs)
    return { undoUntil }
  }

  /** False when there is no room for even that. */
  function trash(id: string, undoUntil: number): boolean {
    try {
      const seq = recorder.write(() => {
        deletion.trash(id, undoUntil)
        return recorder.nextSeq()
      })
      notify([{ method: 'session/deleted', params: { id, seq } }])
      return true
    } catch (error) {
      report(error)
      return false
    }
  }

  async function undeleteSession(id: string): Promise<Session> {
    settleOrRefuse()
    await rederiver.takeNow(id)
    return tell(
      recorder.write(() => {
        if (!deletion.untrash(id))
          throw new ReplyError('notFound', 'It is deleted for good: there was no undo in time.')
        return refold(id)
      }),
    )
  }

  async function renameSession(id: string, title: string | null): Promise<Session> {
    settleOrRefuse()
    await rederiver.takeNow(id)
    return tell(
      recorder.write(() => {
        keptFacts.rename(id, title)
        return refold(id)
      }),
    )
  }

  async function markSession(id: string, marks: Partial<SessionMarks>): Promise<Session> {
    settleOrRefuse()
    await rederiver.takeNow(id)
    return tell(
      recorder.write(() => {
        keptFacts.putMarks(id, { ...keptFacts.marks(id), ...marks })
        return refold(id)
      }),
    )
  }

  function refold(id: string): Session {
    const refolded = recorder.derivation.refoldSession(id)
    if (!refolded) throw notKept('session', id)
    return refolded
  }

  function tell(session: Session): Session {
    notify([{ method: 'session/updated', params: { session, seq: session.seq } }])
    return session
  }

  /** Not in turn with the others: whoever pauses means now. What cannot be written down holds until this run ends. */
  function setPaused(isPaused: boolean): Record<string, never> {
    recorder.setPaused(isPaused)
    if (!recorder.settle()) {
      const recording = { ...recorder.recording(), seq: recorder.nextSeq() }
      notify([{ method: 'recording/updated', params: recording }])
    }
    return {}
  }

  /**
   * What is older than the user wants to keep, and then as many of the oldest as the file is too large by. Which these are is
   * certain only when none of them is still to be derived again; at the end of that it is applied.
   */
  async function applyRetention(): Promise<number> {
    if (rederivation.isOn()) return 0
    const { maxAgeDays, maxBytes } = archive.settings.retention()
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
  }

  async function resume(): Promise<void> {
    await inTurn(async () => {
      for (const { sessionId, undoUntil } of deletion.trashed()) {
        if (undoUntil > now() && undoUntil <= now() + undoMs) purgeLater(sessionId, undoUntil - now())
        else await purge(sessionId)
      }
      // Always: a run that was killed may have left deleted text in the write-ahead log.
      await scrub()
    }).catch(reportUnlessClosed)
    await inTurn(async () => {
      while (recorder.write(() => archive.documentRuns.gatherSome()) === 'more') await breathe()
    }).catch(reportUnlessClosed)
    while (rederivation.isOn() && !isClosed) await rederiver.finish().catch(reportUnlessClosed)
    await inTurn(async () => {
      if (isClosed) return
      if (prices && ledger.read('prices') !== prices.fingerprint()) {
        await reprice(archive, recorder)
        recorder.write(() => ledger.write('prices', prices.fingerprint()))
      }
      if ((await applyRetention()) === 0) await scrub()
    })
  }

  function reportUnlessClosed(error: unknown): void {
    if (!isClosed) report(error)
  }

  function settleOrRefuse(): void {
    if (recorder.settle()) return
    throw new ReplyError(
      'unavailable',
      'The archive cannot be written to just now. Is the disk full, or the data folder not yours to write? `tapedeck doctor` tells.',
    )
  }

  const handlers: HandlersOf<RecorderMethod> = {
    'session/rename': ({ id, title }) =>
      inTurn(async () => ({ session: await renameSession(id, title?.trim() || null) })),

    'session/star': ({ id, isStarred }) => inTurn(async () => ({ session: await markSession(id, { isStarred }) })),
    'session/tag': ({ id, tags }) => inTurn(async () => ({ session: await markSession(id, { tags }) })),
    'session/note': ({ id, note }) => inTurn(async () => ({ session: await markSession(id, { note: note.trim() }) })),
    'session/delete': ({ id }) => inTurn(() => deleteSession(id)),
    'session/undelete': ({ id }) => inTurn(async () => ({ session: await undeleteSession(id) })),

    'retention/set': ({ retention }) =>
      inTurn(async () => {
        settleOrRefuse()
        recorder.write(() => archive.settings.setRetention(retention))
        return { deleted: await applyRetention() }
      }),

    'recording/pause': () => setPaused(true),
    'recording/resume': () => setPaused(false),

    'archive/rederive': async () => {
      await inTurn(() => {
        settleOrRefuse()
        rederiver.begin()
      })
      const counts = await rederiver.finish()
      await inTurn(applyRetention)
      return counts
    },
  }

  return {
    handlers,
    /** What the last run began and did not end, and what is to be done every day. */
    resume(): Promise<void> {
      const daily = setInterval(() => inTurn(applyRetention).catch(report), dayMs)
      daily.unref()
      timers.add(daily)
      return resume()
    },

    close(): void {
      isClosed = true
      rederiver.close()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
