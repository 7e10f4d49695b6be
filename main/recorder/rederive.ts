import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Result } from '../../contract/api.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Archive } from '../archive/archive.ts'
import type { ExchangePlace } from '../archive/rawRecord.ts'
import type { Passed } from '../archive/rederivation.ts'
import type { ArchiveRecorder } from './recorder.ts'
import { planReplacement, wholeUpTo } from './replaceGroup.ts'
import { gatherGroup } from './sessionGroup.ts'

/** Exchanges looked at for the next session, and rows for whether anything belongs to them. */
const passedAStep = 100
/** Exchanges that were never derived, of one step. */
const newAStep = 20
/** After as long as this what streams meanwhile has its turn. */
const stepMs = 40
/** While traffic is recorded, so many times as long as a step took is left to it. */
const busyPauses = 3
const longestBusyPauseMs = 1_000
/** While somebody reads, the write-ahead log cannot be emptied, and nothing is added to it. */
const logPauseMs = 50
/** After the disk or the database refused; twice as long each time. */
const firstRetryMs = 1_000
const longestRetryMs = 60_000

type Counts = Result<'archive/rederive'>
export interface RederiverOptions {
  archive: Archive
  recorder: ArchiveRecorder
  /** Runs it when no other method writes; between two of them others may. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  wholeUpTo?: typeof wholeUpTo | undefined
}

/**
 * Builds every derived row again, while everything else goes on: session by session, each of them in the place of what was there.
 * What the archive remembers of it lets a run that was killed go on where it was.
 */
export function createRederiver(options: RederiverOptions) {
  const { archive, recorder, inTurn } = options
  const { raw, readModel, rederivation } = archive
  const { derivation, write } = recorder
  const limits = options.wholeUpTo ?? wholeUpTo
  const waiting: { resolve(counts: Counts): void; reject(error: unknown): void }[] = []
  let isRunning = false
  let isClosed = false
  let exchanges = 0
  let begunAt = performance.now()

  /** What came meanwhile is stored, and the log stays small. */
  async function rest(): Promise<void> {
    const tookMs = performance.now() - begunAt
    if (recorder.isBusy()) await pause(Math.min(busyPauses * tookMs, longestBusyPauseMs))
    else await nextTurn()
    while (!isClosed && !archive.trimLog()) await pause(logPauseMs)
    if (isClosed)
      throw new ReplyError('unavailable', 'Tapedeck ends. What is not built again yet is at the next start.')
    begunAt = performance.now()
  }

  async function restWhenDue(): Promise<void> {
    if (performance.now() - begunAt >= stepMs) await rest()
  }

  async function placeOf(id: string): Promise<ExchangePlace | null> {
    await restWhenDue()
    try {
      const reduced = derivation.load(id)
      return reduced && derivation.placeOf(reduced)
    } catch (error) {
      recorder.report(error)
      return null
    }
  }

  /** `key` is that of the exchange with which it was their turn; null when they are taken before. */
  async function take(seeds: { sessionIds: string[]; exchangeIds: string[] }, key: number | null): Promise<void> {
    const group = await gatherGroup(archive, seeds, placeOf)
    const isLarge = group.places.size > limits.exchanges || group.storedBytes > limits.storedBytes
    const { steps, notifications } = planReplacement(archive, derivation, group, isLarge)
    for (const [at, { exchangeIds, work }] of steps.entries()) {
      if (isLarge) for (const id of exchangeIds) await placeOf(id)
      await rest()
      write(() => {
        work()
        if (key !== null && at === steps.length - 1) rederivation.pass(key)
      })
    }
    if (key === null) rederivation.took(group.sessionIds)
    exchanges += group.places.size
    // Pages read again what they show when all is done; thousands of sessions one by one would only keep them busy.
    recorder.tell(notifications().filter(({ method }) => key === null || method === 'session/deleted'))
    await rest()
  }

  /** The next that is to be taken, from the last one that was. */
  async function findNext(): Promise<Passed[] | null> {
    let key = 0
    for (;;) {
      const rows = rederivation.after(key, passedAStep)
      const last = rows.at(-1)
      if (!last) return null
      const at = rows.findIndex(
        ({ sessionId, isFirst }) => sessionId === null || (isFirst && rederivation.isPending(sessionId)),
      )
      const found = rows[at]
      if (found?.sessionId === null) {
        const end = rows.findIndex(({ isFirst }, n) => n > at && isFirst)
        return rows
          .slice(at, end < 0 ? undefined : end)
          .filter(({ sessionId }) => sessionId === null)
          .slice(0, newAStep)
      }
      if (found) return [found]
      key = last.key
      await restWhenDue()
    }
  }

  /** What was derived once of exchanges that are elsewhere now, or gone. */
  async function removeForsaken(): Promise<void> {
    for (let after = { turn: 0, session: 0 }, isLast = false; !isLast; ) {
      const forsaken = readModel.forsaken(after, passedAStep)
      if (forsaken.turnIds.length + forsaken.sessionIds.length > 0) {
        write(() => {
          for (const id of forsaken.turnIds) derivation.removeTurn(id)
          for (const id of forsaken.sessionIds) readModel.removeSession(id)
        })
      }
      ;({ last: after, isLast } = forsaken)
      await restWhenDue()
    }
  }

  function begin(): void {
    write(rederivation.begin)
    derivation.forget()
    exchanges = 0
    recorder.tell([])
  }

  async function step(): Promise<void> {
    begunAt = performance.now()
    if (rederivation.isAsked()) return begin()
    const wanted = rederivation.nextWanted()
    if (wanted !== null) return take({ sessionIds: [wanted], exchangeIds: [] }, null)
    const next = await findNext()
    const last = next?.at(-1)
    if (!next || !last) {
      await removeForsaken()
      write(() => {
        readModel.dropUnusedUsage()
        raw.dropUnusedSizes()
        rederivation.end()
      })
      recorder.tell([])
      return
    }
    const isNew = last.sessionId === null
    await take(
      {
        sessionIds: last.sessionId === null ? [] : [last.sessionId],
        exchangeIds: isNew ? next.map(({ id }) => id) : [],
      },
      last.key,
    )
  }

  async function run(): Promise<void> {
    if (isRunning) return
    isRunning = true
    let retryMs = firstRetryMs
    while (!isClosed && rederivation.isOn()) {
      try {
        await inTurn(step)
        retryMs = firstRetryMs
      } catch (error) {
        for (const { reject } of waiting.splice(0)) reject(error)
        if (!isClosed) await pause(retryMs)
        retryMs = Math.min(2 * retryMs, longestRetryMs)
      }
    }
    isRunning = false
    if (isClosed) return
    const counts = { exchanges, turns: readModel.countOfTurns(), sessions: archive.ledger.read('sessions') }
    for (const { resolve } of waiting.splice(0)) resolve(counts)
  }

  return {
    /** From the first exchange on, whatever was going on; in the caller's turn. */
    begin,

    /** Resolves when there is nothing more to derive again, rejects when it cannot go on just now; then it is tried again. */
    finish(): Promise<Counts> {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        run().catch(recorder.report)
      })
    },

    /** Of one session, before somebody changes it; in the caller's turn. */
    async takeNow(sessionId: string): Promise<void> {
      begunAt = performance.now()
      if (rederivation.isPending(sessionId)) await take({ sessionIds: [sessionId], exchangeIds: [] }, null)
    },

    close(): void {
      isClosed = true
    },
  }
}

function pause(ms: number): Promise<void> {
  return sleep(ms, undefined, { ref: false })
}
