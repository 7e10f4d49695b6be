import type { Result } from '../../contract/api.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'
import { contextOf } from '../capture/contextOf.ts'
import { diffRequests } from '../capture/diffRequests.ts'
import { explainCacheMiss } from '../capture/explainCacheMiss.ts'
import { readWholeBefore, type WholeExchange } from './wholeExchange.ts'

/** What filled the window of one request, what changed since the one before it in the same thread, and why the cache missed. */
export function readContext(archive: ArchiveReader, whole: WholeExchange): Result<'exchange/context'> {
  const { exchange } = whole.reduced
  const inputTokens = exchange.usage?.inputTokens ?? null
  const parts = contextOf(whole.request, inputTokens)
  const previousExchangeId = archive.exchangeBefore(exchange)
  if (previousExchangeId === null) {
    const isAsked = exchange.kind === 'turn' || exchange.kind === 'compaction'
    return { parts, previousExchangeId, diff: null, cacheMiss: isAsked ? explainCacheMiss(exchange, null) : null }
  }
  const before = readWholeBefore(archive.raw, previousExchangeId, whole)
  const previous = before.reduced.exchange
  const diff = diffRequests({ request: before.request }, { request: whole.request, inputTokens })
  return { parts, previousExchangeId, diff, cacheMiss: explainCacheMiss(exchange, { exchange: previous, diff }) }
}
