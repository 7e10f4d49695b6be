import type { Notification } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import type { Derivation } from './derivation.ts'
import { hasPassed } from './hasPassed.ts'
import type { OpenExchanges } from './openExchanges.ts'

/** Folding gets at most one part in so many of the thread's time. */
const derivationPause = 4

export type DeferredDerivation = ReturnType<typeof createDeferredDerivation>

export interface DeferredDerivationOptions {
  archive: Archive
  derivation: Derivation
  open: OpenExchanges
  now(): number
  report(error: unknown): void
}

/**
 * What is stored and not derived yet, of exchanges of which more may come, or whose session is to be derived again first. A long
 * turn takes a while to be folded: then it is shown less often.
 */
export function createDeferredDerivation({ archive, derivation, open, now, report }: DeferredDerivationOptions) {
  const { raw, readModel, rederivation, underived } = archive
  const waiting = new Set<string>()
  /** Of these the ones that wait until their session is derived again. */
  const held = new Set<string>()
  const endedLaunches = new Set<string>()
  let last = { at: now(), pauseMs: 0 }
  /** By the last transaction. */
  let done = { exchangeIds: [] as string[], launchIds: [] as string[] }

  function isDue(): boolean {
    return hasPassed(now, last.at, last.pauseMs)
  }

  /** What is new is not folded with what was derived otherwise: the session is derived again first, and at once. */
  function isHeld(sessionId: string): boolean {
    if (!rederivation.isPending(sessionId)) return false
    rederivation.want(sessionId)
    return true
  }

  /** Null for what was deleted, and for what is held. */
  function read(id: string): ReducedExchange | null {
    if (!raw.has(id)) return null
    const placedIn = open.has(id) ? null : raw.sessionOf(id)
    if (placedIn !== null && isHeld(placedIn)) {
      held.add(id)
      return null
    }
    const reduced = open.value(id) ?? derivation.reread(id)
    if (!reduced || !isHeld(reduced.exchange.sessionId)) return reduced
    held.add(id)
    // Should this run end before it is derived, it is derived with the session where it stands.
    raw.place(id, derivation.placeOf(reduced))
    return null
  }

  return {
    isDue,
    isEmpty: () => waiting.size + endedLaunches.size === 0,
    /** Whether there is more than what waits for its session. */
    isBehind: () => [...waiting].some((id) => !held.has(id)),
    size: () => waiting.size,
    put: (id: string) => void waiting.add(id),
    remove: (id: string) => void waiting.delete(id),
    endLaunches(ids: string[]): void {
      for (const id of ids) endedLaunches.add(id)
    },

    /** Then nothing is put off once more. */
    hurry(): void {
      last.pauseMs = 0
    },

    /**
     * In a transaction of the caller's; returns what there is to tell once that is committed, and nothing when it is not due. What
     * has just finished comes first. Of what is more than `maxBytes`, the finished ones are left to the backlog, and others wait.
     */
    derive({ finished, maxBytes }: { finished: Iterable<string>; maxBytes: number }): Notification[] {
      const urgent = new Set(finished)
      done = { exchangeIds: [], launchIds: [] }
      if (urgent.size + endedLaunches.size === 0 && !isDue()) return []
      const begunAt = now()
      const isNothing = maxBytes <= 0
      const launchIds = isNothing ? [] : [...endedLaunches]
      const turnIds = launchIds.flatMap((launchId) =>
        readModel.liveTurns(launchId).flatMap(({ id, sessionId }) => (isHeld(sessionId) ? [] : id)),
      )
      const exchanges: ReducedExchange[] = []
      let bytes = 0
      held.clear()
      for (const id of new Set([...urgent, ...waiting])) {
        if (bytes < maxBytes) {
          archive.attempt(() => {
            const reduced = read(id)
            if (!reduced) return
            exchanges.push(reduced)
            bytes += reduced.exchange.requestBytes + reduced.exchange.responseBytes
          }, report)
          if (held.has(id)) waiting.add(id)
          else done.exchangeIds.push(id)
        } else if (urgent.has(id)) {
          underived.put(id)
          done.exchangeIds.push(id)
        }
      }
      if (isNothing) return []
      const notifications = derivation.refold({ exchanges, turnIds, isOfNow: true })
      done.launchIds = launchIds
      last = { at: now(), pauseMs: derivationPause * (now() - begunAt) }
      return notifications
    },

    /** The transaction of the last `derive` is committed: what it derived is nothing that waits. */
    committed(): void {
      for (const id of done.exchangeIds) waiting.delete(id)
      for (const id of done.launchIds) endedLaunches.delete(id)
    },
  }
}
