import type { Notification } from '../../contract/api.ts'
import { builtInPrices, type PriceTable } from '../../contract/domain/price.ts'
import type { Archive } from '../archive/archive.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { createBacklog } from './backlog.ts'
import { createCatchingUp } from './catchingUp.ts'
import { createDeferredDerivation } from './deferredDerivation.ts'
import { createDerivation } from './derivation.ts'
import { readBranch } from './gitBranch.ts'
import { hasPassed } from './hasPassed.ts'
import { clearWaiting, createIntake, giveUpParts, hurryBytes, isNothing } from './intake.ts'
import { addLeftovers } from './leftovers.ts'
import type { LaunchToKeep, LostStream, Note } from './messages.ts'
import { createRecordingCount } from './recordingCount.ts'
import { retryMs } from './retryPause.ts'
import { createStore, isFinished } from './storeWaiting.ts'
import { createWriting } from './writing.ts'

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
  const { ledger, rederivation } = archive
  const intake = createIntake({ ledger, isHurried, now, report })
  const { waiting, open } = intake
  const recordingCount = createRecordingCount({ archive, waiting, isPaused: intake.isPaused })
  const { write, nextSeq, lastSeq } = createWriting({ archive, now, onUndone })
  let lastBatch: number | null = null
  /** In the queue, when what was taken last came from it. */
  let queuedBytes = 0
  let lastTakenAt = Number.NEGATIVE_INFINITY
  /** How often in a row the database refused, and since when it refuses what waits now. */
  let refusals = 0
  let refusedSince: number | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

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
  const { settle, settleOrRefuse, catchUp } = createCatchingUp({ deferred, backlog, flush })

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
    const all = [...notifications, ...recordingCount.whenChanged(lastSeq())]
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
    notify([...notifications, ...recordingCount.whenChanged(lastSeq())])
    acknowledge()
    if (!deferred.isEmpty()) schedule()
    backlog.schedule()
    return true
  }

  function onUndone(error: unknown): void {
    derivation.forget()
    if (recordingCount.noteDamage(error)) notify(recordingCount.whenChanged(nextSeq()))
  }

  function acknowledge(): void {
    if (lastBatch !== null) taken(lastBatch)
    lastBatch = null
    queuedBytes = 0
  }

  /** The disk or the database refuses: the exchanges that wait are lost, and this is remembered until it can be written. */
  function giveUp(): void {
    refusedSince = null
    for (const id of giveUpParts(waiting)) {
      open.delete(id)
      deferred.remove(id)
    }
    acknowledge()
    notify(recordingCount.whenChanged(nextSeq()))
  }

  return {
    derivation,
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

    /** Ends what an earlier run, or the thread before this one, left open. */
    endLeftovers(lostStreams: LostStream[]): void {
      addLeftovers(archive, waiting, lostStreams)
      flush()
      backlog.schedule()
    },

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
