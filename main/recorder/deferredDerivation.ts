import type { Notification } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import type { ExchangeReducer } from '../capture/reduceExchange.ts'
import type { Derivation } from './derivation.ts'
import { hasPassed } from './hasPassed.ts'

/** Folding gets at most one part in so many of the thread's time. */
const derivationPause = 4

export interface DeferredDerivationOptions {
  archive: Archive
  derivation: Derivation
  now(): number
  report(error: unknown): void
}

/** What is stored and not derived yet. A long turn takes a while to be folded: then it is shown less often. */
export function createDeferredDerivation({ archive, derivation, now, report }: DeferredDerivationOptions) {
  const { raw, readModel, rederivation } = archive
  const underived = new Map<string, ExchangeReducer>()
  /** Of these the ones that wait until their session is derived again. */
  const held = new Set<string>()
  let last = { at: now(), pauseMs: 0 }
  let hasDerived = false

  function isDue(): boolean {
    return hasPassed(now, last.at, last.pauseMs)
  }

  /** What is new is not folded with what was derived otherwise: the session is derived again first, and at once. */
  function isHeld(sessionId: string): boolean {
    if (!rederivation.isPending(sessionId)) return false
    rederivation.want(sessionId)
    return true
  }

  return {
    isDue,
    isEmpty: () => underived.size === 0,
    put: (id: string, reducer: ExchangeReducer) => void underived.set(id, reducer),
    remove: (id: string) => void underived.delete(id),

    /** Then nothing is put off once more. */
    hurry(): void {
      last.pauseMs = 0
    },

    /** In a transaction of the caller's; returns what there is to tell once that is committed, and nothing when it is not due. */
    derive(endedLaunches: string[], isUrgent: boolean): Notification[] {
      hasDerived = false
      if (!isUrgent && endedLaunches.length === 0 && !isDue()) return []
      const begunAt = now()
      const turnIds = endedLaunches.flatMap((launchId) =>
        readModel.liveTurns(launchId).flatMap(({ id, sessionId }) => (isHeld(sessionId) ? [] : id)),
      )
      const exchanges: ReducedExchange[] = []
      held.clear()
      for (const [id, reducer] of underived) {
        archive.attempt(() => {
          if (!raw.has(id)) return
          const reduced = reducer.value()
          if (!isHeld(reduced.exchange.sessionId)) return void exchanges.push(reduced)
          held.add(id)
          // Should this run end before it is derived, it is derived with the session where it stands.
          raw.place(id, derivation.placeOf(reduced))
        }, report)
      }
      const notifications = derivation.refold({ exchanges, turnIds })
      hasDerived = true
      last = { at: now(), pauseMs: derivationPause * (now() - begunAt) }
      return notifications
    },

    /** The transaction of the last `derive` is committed: what it derived is nothing that waits. */
    committed(): void {
      if (!hasDerived) return
      for (const id of underived.keys()) if (!held.has(id)) underived.delete(id)
    },
  }
}
