import type { Archive } from '../archive/archive.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import { createReducedMemory } from './reducedMemory.ts'

const memoryBytes = 32 * 1024 * 1024

export type ReducedExchanges = ReturnType<typeof createReducedExchanges>

/** What exchanges are reduced to: remembered, or read from the raw record. */
export function createReducedExchanges({ raw }: Pick<Archive, 'raw'>) {
  const memory = createReducedMemory(memoryBytes)

  function load(id: string): ReducedExchange | null {
    const known = memory.get(id)
    if (known) return known
    const reduced = reduceExchange(raw.read(id) ?? [])
    if (reduced) memory.put(reduced)
    return reduced
  }

  return {
    load,

    /** By all that is stored of it, whatever is remembered. */
    reread(id: string): ReducedExchange | null {
      memory.drop(id)
      return load(id)
    },

    put: memory.put,
    drop: memory.drop,
    forget: memory.clear,
  }
}
