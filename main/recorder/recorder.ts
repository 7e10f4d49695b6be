import type { Notification } from '../../contract/api.ts'
import { builtInPrices, type PriceTable } from '../../contract/domain/price.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { createBacklog } from './backlog.ts'
import { createDeferredDerivation } from './deferredDerivation.ts'
import { createDerivation } from './derivation.ts'
import { readBranch } from './gitBranch.ts'
import { hasPassed } from './hasPassed.ts'
import { clearParts, clearWaiting, createIntake, hurryBytes, isNothing, type Loss } from './intake.ts'
import type { LaunchToKeep, LostStream, Note } from './messages.ts'
import { createRecordingCount } from './recordingCount.ts'
import { retryMs } from './retryPause.ts'
import { createStore, isFinished } from './storeWaiting.ts'

/** With what streams in between two flushes; half of what a crash may cost. */
export const flushMs = 120
/** Then what could not be stored is given up and counted, so that what comes next has room. */
const patienceMs = 10_000
/** A lock is waited for at each of them. */
const triesAtClose = 4
const busyMs = 1_000

export interface RecorderOptions {
  archive: Archive
  now(): number
  notify(notifications: Notification[]): void
  /** Everything up to this batch is stored, or counted as lost. */
  taken(batch: number): void
  report(error: unknown): void
  /** The built-in ones unless told otherwise. */
  prices?(): PriceTable
}

export type ArchiveRecorder = ReturnType<typeof createRecorder>

/**
 * Turns what the tap tells into rows: raw parts and everything derived from them in one transaction, at most `flushMs` after
 * they came. When it is a lot, the raw parts alone are stored and given back, with a mark on what is to be derived, which is done
 * piece by piece, with what comes meanwhile going first. What the database refuses is tried again, then counted. Lives in the
 * recording thread; its calls are synchronous.
 */
export function createRecorder(options: RecorderOptions) {
  const { archive, now, notify, taken, report, prices = () => builtInPrices } = options
  const { raw, readModel, ledger, rederivation } = archive
  const intake = createIntake({ ledger, isHurried, now, report })
  const { waiting, open } = intake
  const recordingCount = createRecordingCount({ archive, waiting, isPaused: intake.isPaused })
  let lastBatch: number | null = null
  /** In the queue, when what was taken last came from it. */
  let queuedBytes = 0
  let lastTakenAt = Number.NEGATIVE_INFINITY
  /** How often in a row the database refused, and since when it refuses what waits now. */
  let refusals = 0
  let refusedSince: number | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  let seq = Math.max(ledger.read('seq') + 1, now())

  const nextSeq = () => ++seq
  const derivation = createDerivation({
    archive,
    nextSeq,
    isLaunchOver: ledger.isLaunchOver,
    prices,
    readBranch,
    report,
  })
  const deferred = createDeferredDerivation({ archive, derivation, open, now, report })
  const store = createStore({ archive, waiting, open, deferred, recordingCount, report })
  const backlog = createBacklog({ archive, derivation, deferred, hasStoredFirst, write, tell, report })

  // Before anything is recorded, so that what is new is not among what is gone through. A refusal is one of the next flush too.
  if (rederivation.isAsked()) {
    try {
      write(rederivation.begin)
    } catch (error) {
      report(error)
    }
  }

  function schedule(ms = flushMs): void {
    if (!isClosed) timer ??= setTimeout(flush, ms)
  }

  /** Then all there is time for is to store what comes. */
  function isHurried(): boolean {
    return Math.max(queuedBytes, waiting.bytes) >= hurryBytes
  }

  /** Then there is no time for the backlog. */
  function hasStoredFirst(): boolean {
    if (!isHurried() || refusals > 0) return false
    flush()
    return true
  }

  /** Of what was written outside of a flush; of what is recorded too, when that changed. */
  function tell(notifications: Notification[]): void {
    const all = [...notifications, ...recordingCount.whenChanged(seq)]
    if (all.length > 0) notify(all)
  }

  /** Stores all that waits. False when the database refused. */
  function flush(): boolean {
    if (timer) clearTimeout(timer)
    timer = null
    if (isNothing(waiting) && (deferred.isEmpty() || !deferred.isDue())) {
      acknowledge()
      if (!deferred.isEmpty()) schedule()
      return true
    }
    let notifications: Notification[]
    try {
      notifications = write(() => store(isHurried()))
    } catch (error) {
      report(error)
      refusals += 1
      refusedSince ??= now()
      if (hasPassed(now, refusedSince, patienceMs)) giveUp()
      schedule(retryMs(refusals))
      return false
    }
    for (const [id, parts] of waiting.parts) if (isFinished(parts)) open.delete(id)
    deferred.committed()
    refusals = 0
    refusedSince = null
    clearWaiting(waiting)
    notify([...notifications, ...recordingCount.whenChanged(seq)])
    acknowledge()
    if (!deferred.isEmpty()) schedule()
    backlog.schedule()
    return true
  }

  function acknowledge(): void {
    if (lastBatch !== null) taken(lastBatch)
    lastBatch = null
    queuedBytes = 0
  }

  /** What is read after this carries a `seq` that no row of it and nothing told of it exceeds. */
  function write<T>(work: () => T): T {
    try {
      return archive.transaction(() => {
        const result = work()
        ledger.write('seq', nextSeq())
        return result
      })
    } catch (error) {
      derivation.forget()
      throw error
    }
  }

  /** The disk or the database refuses: the exchanges that wait are lost, and this is remembered until it can be written. */
  function giveUp(): void {
    refusedSince = null
    const lost = [...waiting.parts.keys()]
    const known = new Set(waiting.losses.map(({ exchangeId }) => exchangeId))
    const losses = lost.filter((id) => !known.has(id)).map((exchangeId): Loss => ({ exchangeId, reason: 'storage' }))
    clearParts(waiting)
    waiting.givenUp.push(...lost)
    waiting.losses.push(...losses)
    for (const id of lost) {
      open.delete(id)
      deferred.remove(id)
    }
    acknowledge()
    notify(recordingCount.whenChanged(nextSeq()))
  }

  /** What a crash or a power cut left open ends here, as cut; of what the thread before this one held, as lost too. */
  function endLeftovers(lostStreams: LostStream[]): void {
    const lost = new Set(lostStreams.map(({ streamId }) => streamId))
    for (const { id, streamId } of raw.unfinished()) {
      waiting.givenUp.push(id)
      if (lost.delete(streamId)) waiting.losses.push({ exchangeId: id, reason: 'recorderCrash' })
    }
    for (const { streamId, protocol } of lostStreams) {
      // A socket may have been between two exchanges; when more comes of it, the other side tells.
      const isMissing = lost.has(streamId) && protocol === 'http' && !raw.hasStream(streamId)
      if (isMissing) waiting.losses.push({ exchangeId: null, reason: 'recorderCrash' })
    }
    waiting.endedLaunches.push(
      ...new Set(readModel.liveTurns(null).flatMap(({ launchId }) => (ledger.isLaunchOver(launchId) ? launchId : []))),
    )
    flush()
    backlog.schedule()
  }

  /** Stores all that came, and derives what is not a lot of it, for what looks at the rows next. */
  function settle(): boolean {
    deferred.hurry()
    return flush()
  }

  /**
   * Derives all that was stored before this was called, for what has to know of all of it. Rests between two pieces. Throws when the
   * database refuses.
   */
  async function catchUp(rest: () => Promise<void>): Promise<void> {
    settleOrRefuse()
    for (let left = deferred.size(); left > 0 && deferred.isBehind(); left--) {
      await rest()
      settleOrRefuse()
    }
    for (const upTo = backlog.lastKey(); backlog.hasUpTo(upTo); await rest()) if (!backlog.deriveSome()) refuse()
  }

  function settleOrRefuse(): void {
    if (!settle()) refuse()
  }

  function refuse(): never {
    throw new ReplyError(
      'unavailable',
      'The archive cannot be written to just now. Is the disk full, or the data folder not yours to write? `tapedeck doctor` tells.',
    )
  }

  return {
    derivation,
    endLeftovers,
    flush,
    settle,
    settleOrRefuse,
    catchUp,
    write,
    recording: recordingCount.value,
    nextSeq,
    setPaused: intake.setPaused,
    report,

    tell,

    /** Whether something came in the last second: then whatever else there is to do takes longer breaks. */
    isBusy: () => !hasPassed(now, lastTakenAt, busyMs),
    liveLaunches: () => ledger.liveLaunches() as LaunchToKeep[],

    /** `queued` is what was in the queue then, with this. */
    take(batch: number, entries: (TapEvent | Note)[], queued = 0): void {
      lastBatch = batch
      lastTakenAt = now()
      queuedBytes = queued
      for (const entry of entries) intake.take(entry)
      if (waiting.bytes >= hurryBytes && refusals === 0) flush()
      else schedule()
    },

    /** Ends what is open as cut and stores it, as far as the database lets it. Nothing is recorded any more after it. */
    close(): void {
      isClosed = true
      backlog.close()
      intake.endStreams()
      for (let left = triesAtClose; left > 0 && !settle(); left--);
    },
  }
}
