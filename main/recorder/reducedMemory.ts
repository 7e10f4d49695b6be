import { hash } from 'node:crypto'
import type { ReducedExchange, ResponseItem } from '../capture/reduced.ts'

/** What an exchange weighs beside its bytes, and each of its places for an item. */
const exchangeBytes = 1024
const placeBytes = 16

interface SharedItem {
  item: ResponseItem
  bytes: number
  uses: number
}

interface Kept {
  reduced: ReducedExchange
  /** Its input as it was given. */
  given: ResponseItem[]
  bytes: number
  digests: string[]
}

/**
 * The reduced exchanges that the next refolding is likely to want. Without a WebSocket each request says all again that was
 * said before it, so that a long turn's would grow with its square: equal items of their inputs are kept once. What is not
 * here is reduced again from the raw record.
 */
export function createReducedMemory(maxBytes: number) {
  const kept = new Map<string, Kept>()
  const shared = new Map<string, SharedItem>()
  /** A live exchange comes again and again, with the same items. */
  const digestOf = new WeakMap<ResponseItem, string>()
  let keptBytes = 0

  function share(item: ResponseItem): { item: ResponseItem; digest: string } {
    let digest = digestOf.get(item)
    let known = digest === undefined ? undefined : shared.get(digest)
    if (digest === undefined || !known) {
      const text = JSON.stringify(item)
      digest ??= hash('sha1', text)
      known ??= shared.get(digest) ?? { item, bytes: text.length, uses: 0 }
      digestOf.set(item, digest)
      shared.set(digest, known)
    }
    if (known.uses === 0) keptBytes += known.bytes
    known.uses += 1
    return { item: known.item, digest }
  }

  function drop(id: string): void {
    const entry = kept.get(id)
    if (!entry) return
    kept.delete(id)
    keptBytes -= entry.bytes
    for (const digest of entry.digests) {
      const known = shared.get(digest)
      if (!known) continue
      known.uses -= 1
      if (known.uses > 0) continue
      shared.delete(digest)
      keptBytes -= known.bytes
    }
  }

  return {
    get(id: string): ReducedExchange | null {
      const entry = kept.get(id)
      if (!entry) return null
      // A map keeps the order of insertion: the oldest use stands first.
      kept.delete(id)
      kept.set(id, entry)
      return entry.reduced
    },

    put(reduced: ReducedExchange): void {
      const { id, responseBytes } = reduced.exchange
      const bytes = exchangeBytes + responseBytes + reduced.input.length * placeBytes
      const before = kept.get(id)
      if (before?.given === reduced.input) {
        keptBytes += bytes - before.bytes
        kept.delete(id)
        kept.set(id, { ...before, reduced: { ...reduced, input: before.reduced.input }, bytes })
      } else {
        const inputs = reduced.input.map(share)
        drop(id)
        keptBytes += bytes
        kept.set(id, {
          reduced: { ...reduced, input: inputs.map(({ item }) => item) },
          given: reduced.input,
          bytes,
          digests: inputs.map(({ digest }) => digest),
        })
      }
      for (const oldest of kept.keys()) {
        if (keptBytes <= maxBytes) break
        drop(oldest)
      }
    },

    drop,

    clear(): void {
      kept.clear()
      shared.clear()
      keptBytes = 0
    },

    /** About what all of it takes. */
    bytes: () => keptBytes,
  }
}
