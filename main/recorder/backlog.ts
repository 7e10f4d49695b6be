import type { Notification } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { UnderivedExchange } from '../archive/underived.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import type { DeferredDerivation } from './deferredDerivation.ts'
import type { Derivation } from './derivation.ts'
import { retryMs } from './retryPause.ts'

/** Of one piece: what came meanwhile is not kept waiting for long. */
const exchangesAPiece = 20
const bytesAPiece = 512 * 1024
/** Between two of them what came has its turn. */
const gapMs = 1

export interface BacklogOptions {
  archive: Archive
  derivation: Derivation
  deferred: DeferredDerivation
  /** Whether there was so much to be stored that this was done instead. */
  hasStoredFirst(): boolean
  write<T>(work: () => T): T
  tell(notifications: Notification[]): void
  report(error: unknown): void
}

/** What was stored in a hurry and is derived afterwards, piece by piece, by what the archive has of it: none of it is in memory. */
export function createBacklog(options: BacklogOptions) {
  const { archive, derivation, deferred, hasStoredFirst, write, tell, report } = options
  const { raw, underived, rederivation } = archive
  /** Those up to it were left by an earlier run. */
  const leftUpTo = underived.lastKey()
  let timer: NodeJS.Timeout | null = null
  let refusals = 0
  let isClosed = false
  const isLeft = ({ key }: UnderivedExchange) => key <= leftUpTo

  /** In a transaction. What cannot be derived now is left out: it can be, by deriving everything again, when that is mended. */
  function readPiece(): { taken: UnderivedExchange[]; exchanges: ReducedExchange[] } {
    const taken: UnderivedExchange[] = []
    const exchanges: ReducedExchange[] = []
    let bytes = 0
    for (const one of underived.next(exchangesAPiece)) {
      if (bytes >= bytesAPiece) break
      // The branch of its folder is asked for now, which says nothing of what an earlier run recorded.
      if (taken[0] && isLeft(taken[0]) && !isLeft(one)) break
      taken.push(one)
      archive.attempt(() => {
        const reduced = derivation.reread(one.id)
        if (!reduced) return
        exchanges.push(reduced)
        bytes += reduced.exchange.requestBytes + reduced.exchange.responseBytes
      }, report)
    }
    return { taken, exchanges }
  }

  /** One piece, oldest first, in a transaction of its own; returns what there is to tell. */
  function derivePiece(): Notification[] {
    const { notifications, held } = write(() => {
      const { taken, exchanges } = readPiece()
      const held = exchanges.filter(({ exchange }) => rederivation.isPending(exchange.sessionId))
      // Placed, they are derived with their session should this run end; else by whoever waits for that.
      for (const reduced of held) raw.place(reduced.exchange.id, derivation.placeOf(reduced))
      for (const { id } of taken) {
        raw.join(id)
        underived.remove(id)
      }
      const notifications = derivation.refold({
        exchanges: exchanges.filter((reduced) => !held.includes(reduced)),
        turnIds: [],
        isOfNow: !taken.some(isLeft),
      })
      return { notifications, held }
    })
    for (const { exchange } of held) {
      rederivation.want(exchange.sessionId)
      deferred.put(exchange.id)
    }
    return notifications
  }

  /** One piece. False when the database refused. */
  function deriveSome(): boolean {
    try {
      tell(derivePiece())
      refusals = 0
      archive.trimLog()
      return true
    } catch (error) {
      report(error)
      refusals += 1
      return false
    }
  }

  function schedule(): void {
    if (isClosed || underived.lastKey() === 0) return
    timer ??= setTimeout(goOn, refusals > 0 ? retryMs(refusals) : gapMs)
  }

  function goOn(): void {
    timer = null
    if (!hasStoredFirst()) deriveSome()
    schedule()
  }

  return {
    lastKey: underived.lastKey,
    hasUpTo: underived.hasUpTo,
    deriveSome,

    /** Goes on until nothing is left, if anything is. */
    schedule,

    close(): void {
      isClosed = true
      if (timer) clearTimeout(timer)
    },
  }
}
