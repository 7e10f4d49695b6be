import type { Notification } from '../../contract/api.ts'
import { builtInPrices, type PriceTable } from '../../contract/domain/price.ts'
import type { Archive } from '../archive/archive.ts'
import type { RawPart } from '../capture/rawExchange.ts'
import { createExchangeReducer, type ExchangeReducer } from '../capture/reduceExchange.ts'
import type { TapEvent } from '../proxy/tap.ts'
import { createDeferredDerivation } from './deferredDerivation.ts'
import { createDerivation } from './derivation.ts'
import { readBranch } from './gitBranch.ts'
import { hasPassed } from './hasPassed.ts'
import { clearWaiting, createIntake, isNothing, type Loss } from './intake.ts'
import type { LaunchToKeep, LostStream, Note } from './messages.ts'
import { createRecordingCount } from './recordingCount.ts'

/** With what streams in between two flushes; half of what a crash may cost. */
export const flushMs = 120
const firstRetryMs = 250
const longestRetryMs = 16_000
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
 * they came. What the database refuses is tried again, then counted. Lives in the recording thread; its calls are synchronous.
 */
export function createRecorder(options: RecorderOptions) {
  const { archive, now, notify, taken, report, prices = () => builtInPrices } = options
  const { raw, readModel, ledger, rederivation } = archive
  const intake = createIntake({ ledger, now, report })
  const { waiting, reducers } = intake
  let damage: string | null = null
  const recordingCount = createRecordingCount({
    archive,
    waiting,
    isPaused: intake.isPaused,
    damage: () => damage,
  })
  let lastBatch: number | null = null
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
  const underived = createDeferredDerivation({ archive, derivation, now, report })

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

  /** Stores all that waits. False when the database refused. */
  function flush(): boolean {
    if (timer) clearTimeout(timer)
    timer = null
    if (isNothing(waiting) && (underived.isEmpty() || !underived.isDue())) {
      acknowledge()
      if (!underived.isEmpty()) schedule()
      return true
    }
    let notifications: Notification[]
    try {
      notifications = write(store)
    } catch (error) {
      report(error)
      refusals += 1
      refusedSince ??= now()
      if (hasPassed(now, refusedSince, patienceMs)) giveUp()
      schedule(Math.min(firstRetryMs * 2 ** (refusals - 1), longestRetryMs))
      return false
    }
    for (const [id, parts] of waiting.parts) if (isFinished(parts)) reducers.delete(id)
    underived.committed()
    refusals = 0
    refusedSince = null
    clearWaiting(waiting)
    notify([...notifications, ...recordingCount.whenChanged(seq)])
    acknowledge()
    if (!underived.isEmpty()) schedule()
    return true
  }

  /** Told once it is known, and until the end: what was read well before says nothing of the rest of the file. */
  function noteDamage(error: unknown): void {
    const found = archive.damageIn(error)
    if (found === null || damage !== null) return
    damage = found
    notify(recordingCount.whenChanged(nextSeq()))
  }

  function acknowledge(): void {
    if (lastBatch !== null) taken(lastBatch)
    lastBatch = null
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
      noteDamage(error)
      throw error
    }
  }

  function store(): Notification[] {
    const { parts, givenUp, losses, works, endedLaunches } = waiting
    const deleted = new Set<string>()
    const refused = new Set<string>()
    for (const [id, list] of parts) {
      const isStored = archive.attempt(() => {
        if (!storeParts(id, list)) deleted.add(id)
      }, report)
      if (!isStored) refused.add(id)
      // Deleted while it ran: the rest of it is not wanted either.
      if (deleted.has(id) || refused.has(id)) reducers.delete(id)
    }
    if (givenUp.length + refused.size > 0) cutOff(new Set([...givenUp, ...refused]))
    for (const work of works) archive.attempt(work, report)
    for (const exchangeId of refused) recordingCount.addLost({ exchangeId, reason: 'storage' })
    for (const loss of losses)
      if (loss.exchangeId === null || !deleted.has(loss.exchangeId)) recordingCount.addLost(loss)
    return underived.derive(endedLaunches, [...parts.values()].some(isFinished))
  }

  /** False when the exchange was deleted. */
  function storeParts(id: string, parts: RawPart[]): boolean {
    if (!raw.append(id, parts)) return false
    if (parts[0]?.type === 'started') recordingCount.addRecorded()
    const reducer = reducers.get(id)
    if (reducer) underived.put(id, reducer)
    return true
  }

  function cutOff(ids: Set<string>): void {
    for (const { id, lastAt } of raw.unfinished()) {
      if (!ids.has(id)) continue
      raw.append(id, [{ type: 'finished', exchangeId: id, at: lastAt, outcome: 'cut' }])
      archive.attempt(() => {
        const reducer = replay(id)
        if (reducer) underived.put(id, reducer)
      }, report)
    }
  }

  function replay(id: string): ExchangeReducer | null {
    const parts = raw.read(id) ?? []
    const first = parts[0]
    if (first?.type !== 'started') return null
    const reducer = createExchangeReducer(id, first.head)
    for (const part of parts) reducer.push(part)
    return reducer
  }

  /** The disk or the database refuses: the exchanges that wait are lost, and this is remembered until it can be written. */
  function giveUp(): void {
    refusedSince = null
    const lost = [...waiting.parts.keys()]
    const known = new Set(waiting.losses.map(({ exchangeId }) => exchangeId))
    const losses = lost.filter((id) => !known.has(id)).map((exchangeId): Loss => ({ exchangeId, reason: 'storage' }))
    waiting.parts.clear()
    waiting.givenUp.push(...lost)
    waiting.losses.push(...losses)
    for (const id of lost) {
      reducers.delete(id)
      underived.remove(id)
    }
    acknowledge()
    notify(recordingCount.whenChanged(nextSeq()))
  }

  function isFinished(parts: RawPart[]): boolean {
    return parts.at(-1)?.type === 'finished'
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
  }

  /** Stores and derives all that came, whatever it costs; for what looks at the rows next. */
  function settle(): boolean {
    underived.hurry()
    return flush()
  }

  return {
    derivation,
    endLeftovers,
    flush,
    settle,
    write,
    recording: recordingCount.value,
    nextSeq,
    setPaused: intake.setPaused,
    report,

    /** Of what was written outside of a flush; of what is recorded too, when that changed. */
    tell(notifications: Notification[]): void {
      const all = [...notifications, ...recordingCount.whenChanged(seq)]
      if (all.length > 0) notify(all)
    },

    /** Whether something came in the last second: then whatever else there is to do takes longer breaks. */
    isBusy: () => !hasPassed(now, lastTakenAt, busyMs),
    liveLaunches: () => ledger.liveLaunches() as LaunchToKeep[],

    take(batch: number, entries: (TapEvent | Note)[]): void {
      lastBatch = batch
      lastTakenAt = now()
      for (const entry of entries) intake.take(entry)
      schedule()
    },

    /** Ends what is open as cut and stores it, as far as the database lets it. Nothing is recorded any more after it. */
    close(): void {
      isClosed = true
      intake.endStreams()
      for (let left = triesAtClose; left > 0 && !settle(); left--);
    },
  }
}
