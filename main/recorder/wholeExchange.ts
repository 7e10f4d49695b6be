import type { ArchiveReader } from '../archive/archiveReader.ts'
import { notKept } from '../archive/notKept.ts'
import { asObject } from '../capture/json.ts'
import type { RawPart } from '../capture/rawExchange.ts'
import { type ReadExchange, readExchange } from '../capture/readExchange.ts'
import { rebuildInput } from '../capture/rebuildInput.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'

type Raw = ArchiveReader['raw']

/** An exchange as it was said, with the request made whole where it came in increments. */
export interface WholeExchange extends ReadExchange {
  reduced: ReducedExchange
  parts: RawPart[]
  /** The exchanges that it builds upon and itself, oldest first; shorter when one of them is not in the archive. */
  chain: ReducedExchange[]
}

export function readWhole(raw: Raw, id: string): WholeExchange {
  const parts = raw.read(id)
  const reduced = parts && reduceExchange(parts)
  if (!parts || !reduced) throw notKept('exchange', id)
  return assemble(parts, reduced, chainOf(raw, reduced))
}

/** The one before another; where the other stands upon it, its chain is known already. */
export function readWholeBefore(raw: Raw, id: string, next: WholeExchange): WholeExchange {
  const before = next.chain.at(-2)
  const parts = before?.exchange.id === id ? raw.read(id) : null
  return before && parts ? assemble(parts, before, next.chain.slice(0, -1)) : readWhole(raw, id)
}

function assemble(parts: RawPart[], reduced: ReducedExchange, chain: ReducedExchange[]): WholeExchange {
  const read = readExchange(parts)
  const isWhole = chain[0]?.exchange.previousResponseId === null
  const request = isWhole && chain.length > 1 ? { ...asObject(read.request), input: rebuildInput(chain) } : read.request
  return { ...read, request, reduced, parts, chain }
}

function chainOf(raw: Raw, last: ReducedExchange): ReducedExchange[] {
  const chain = [last]
  const seen = new Set([last.exchange.id])
  for (;;) {
    const { previousResponseId } = (chain.at(-1) as ReducedExchange).exchange
    const id = previousResponseId === null ? null : raw.idByResponse(previousResponseId)
    const before = id === null || seen.has(id) ? null : reduceExchange(raw.read(id) ?? [])
    if (!before) return chain.reverse()
    seen.add(before.exchange.id)
    chain.push(before)
  }
}
