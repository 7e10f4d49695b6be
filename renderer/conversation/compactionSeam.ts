import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { Usage } from '../../contract/domain/usage.ts'

/** What a compaction made of the context. Either side is null while no request of it is known. */
export interface CompactionSeam {
  before: SeamSide | null
  after: SeamSide | null
}

export interface SeamSide {
  turnId: string
  exchangeId: string
  /** Null as long as the model has not told of it. */
  usage: Usage | null
}

interface Asked {
  turnId: string
  exchange: Exchange
}

/**
 * For each compaction of one thread, by its item: the last request before it, and the first one after it. A request that told
 * of nothing is passed over for one that did, but never past another compaction.
 */
export function measureCompactions(turns: Turn[]): Map<string, CompactionSeam> {
  const asked = turns.flatMap((turn) =>
    turn.exchanges
      .filter(({ kind }) => kind === 'turn' || kind === 'compaction')
      .map((exchange): Asked => ({ turnId: turn.id, exchange })),
  )
  const compactions = turns.flatMap(({ items }) => items.filter(({ type }) => type === 'compaction'))
  const compactedBy = new Set(compactions.map(({ exchangeId }) => exchangeId))
  const isBorder = ({ exchange }: Asked) => compactedBy.has(exchange.id)
  return new Map(
    compactions.map(({ id, exchangeId }) => {
      const at = asked.findIndex(({ exchange }) => exchange.id === exchangeId)
      if (at === -1) return [id, { before: null, after: null }]
      const own = asked[at] as Asked
      const start = asked.slice(0, at).findLastIndex(isBorder) + 1
      const end = asked.findIndex((each, index) => index > at && isBorder(each))
      const earlier = asked.slice(start, at).filter(({ exchange }) => exchange.kind === 'turn')
      const later = asked.slice(at + 1, end === -1 ? undefined : end).filter(({ exchange }) => exchange.kind === 'turn')
      // The request that compacts reads what it compacts: the best that is known when nothing was asked before it. An answer
      // that held the compaction among other things was itself the last request before it.
      const before =
        own.exchange.kind === 'turn' ? own : (earlier.findLast(tells) ?? (tells(own) ? own : earlier.at(-1)))
      return [id, { before: toSide(before), after: toSide(later.find(tells) ?? later[0]) }]
    }),
  )
}

function tells({ exchange }: Asked): boolean {
  return (exchange.usage?.inputTokens ?? 0) > 0
}

function toSide(asked: Asked | undefined): SeamSide | null {
  if (!asked) return null
  const { usage, id } = asked.exchange
  return { turnId: asked.turnId, exchangeId: id, usage: tells(asked) ? usage : null }
}
