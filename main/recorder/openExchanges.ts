import type { RawHead, RawPart } from '../capture/rawExchange.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { createExchangeReducer, type ExchangeReducer } from '../capture/reduceExchange.ts'

/**
 * `letGo`: its bytes are in the archive, and are read back from there when it is derived. `failed`: not to be understood, and recorded
 * all the same.
 */
type Open = { reducer: ExchangeReducer; heldBytes: number } | 'letGo' | 'failed'

export interface OpenExchangesOptions {
  /** For what is held of them all, but for the one that something came of last. */
  maxBytes: number
  report(error: unknown): void
}

export type OpenExchanges = ReturnType<typeof createOpenExchanges>

/**
 * The exchanges that are still recorded: neither finished, nor given up, nor deleted. They are read along while they stream, as far
 * as the memory for that goes; then those of which nothing came for the longest time are let go.
 */
export function createOpenExchanges({ maxBytes, report }: OpenExchangesOptions) {
  /** Those that something came of last stand last. */
  const open = new Map<string, Open>()
  let heldBytes = 0

  function weigh(id: string, held: Exclude<Open, string>): void {
    const bytes = held.reducer.heldBytes()
    heldBytes += bytes - held.heldBytes
    held.heldBytes = bytes
    if (heldBytes <= maxBytes) return
    for (const [otherId, other] of open) {
      if (heldBytes <= maxBytes) return
      if (otherId !== id && typeof other === 'object') put(otherId, 'letGo')
    }
  }

  function put(id: string, next: Open): void {
    const before = open.get(id)
    if (typeof before === 'object') heldBytes -= before.heldBytes
    open.set(id, next)
  }

  /** Null for one that is to be read back. */
  function attempt<T>(id: string, work: (held: Exclude<Open, string>) => T): T | null {
    const held = open.get(id)
    if (typeof held !== 'object') return null
    const result = work(held)
    weigh(id, held)
    return result
  }

  return {
    has: (id: string) => open.has(id),
    isFailed: (id: string) => open.get(id) === 'failed',
    heldBytes: () => heldBytes,

    begin(id: string, head: RawHead, isReadAlong: boolean): void {
      put(id, isReadAlong ? { reducer: createExchangeReducer(id, head), heldBytes: 0 } : 'letGo')
    },

    push(id: string, part: RawPart): void {
      const held = open.get(id)
      if (typeof held !== 'object') return
      open.delete(id)
      open.set(id, held)
      try {
        attempt(id, ({ reducer }) => reducer.push(part))
      } catch (error) {
        // It can be derived when this is mended.
        report(error)
        put(id, 'failed')
      }
    },

    /** All that is known of it by now; null when that has to be read back. */
    value: (id: string): ReducedExchange | null => attempt(id, ({ reducer }) => reducer.value()),

    delete(id: string): void {
      const before = open.get(id)
      if (typeof before === 'object') heldBytes -= before.heldBytes
      open.delete(id)
    },
  }
}
