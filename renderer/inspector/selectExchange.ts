import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { isUnread } from '../client/unreadTurns.ts'
import { findCacheMisses } from './cacheMisses.ts'

/** What the reader points at: a turn, and in it an exchange if it is known which. */
export interface Selection {
  turnId: string | null
  exchangeId: string | null
}

export interface Selected {
  turn: Turn
  exchange: Exchange
  /** Its place among the exchanges of its turn, from 1. */
  place: number
  before: Selection | null
  after: Selection | null
}

/** What the selection comes to: of a turn the request whose cache missed, which explains most, else its last; without one, of the last turn. Null if there is no exchange at all, or what was selected is gone. */
export function selectExchange(turns: Turn[], selection: Selection): Selected | null {
  const ordered = orderTurns(turns)
  const all = ordered.flatMap((turn) => turn.exchanges.map((exchange) => ({ turn, exchange })))
  const isGone =
    selection.exchangeId === null
      ? selection.turnId !== null && !turns.some(({ id }) => id === selection.turnId)
      : !all.some(({ exchange }) => exchange.id === selection.exchangeId)
  if (isGone) return null
  const turnId = selection.turnId ?? ordered.findLast(({ exchanges }) => exchanges.some(isAsked))?.id
  const ofTurn = all.filter(({ turn }) => turn.id === turnId)
  const missed = findCacheMisses(turns).get(turnId ?? '')?.exchangeId
  const chosen =
    all.find(({ exchange }) => exchange.id === selection.exchangeId) ??
    ofTurn.find(({ exchange }) => exchange.id === missed) ??
    ofTurn.findLast(({ exchange }) => exchange.kind === 'turn') ??
    ofTurn.at(-1) ??
    all.at(-1)
  if (!chosen) return null
  const at = all.indexOf(chosen)
  const point = (entry: (typeof all)[number] | undefined): Selection | null =>
    entry ? { turnId: entry.turn.id, exchangeId: entry.exchange.id } : null
  return {
    ...chosen,
    place: chosen.turn.exchanges.indexOf(chosen.exchange) + 1,
    before: at > 0 ? point(all[at - 1]) : null,
    after: point(all[at + 1]),
  }
}

function isAsked({ kind }: Exchange): boolean {
  return kind === 'turn'
}

/** Whether what is selected was read already. */
export function isAmong(turns: Turn[], { turnId, exchangeId }: Selection): boolean {
  return turns.some(
    (turn) => (turn.id === turnId && !isUnread(turn)) || turn.exchanges.some((exchange) => exchange.id === exchangeId),
  )
}

export function orderTurns(turns: Turn[]): Turn[] {
  return [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
}

/** Where an element of the conversation belongs: the turn of its row, and the exchange that it leads to or its item came from. */
export function findSelection(element: Element, turns: Turn[]): Selection | null {
  const turnId = element.closest<HTMLElement>('[data-turn]')?.dataset.turn ?? null
  const turn = turns.find(({ id }) => id === turnId)
  if (!turn) return null
  const linked = element.closest<HTMLElement>('[data-exchange]')?.dataset.exchange
  const isKnown = (exchangeId: string) => turns.some(({ exchanges }) => exchanges.some(({ id }) => id === exchangeId))
  if (linked !== undefined) return { turnId: turn.id, exchangeId: isKnown(linked) ? linked : null }
  const itemId = element.closest<HTMLElement>('[data-item]')?.dataset.item
  const exchangeId = turn.items.find(({ id }) => id === itemId)?.exchangeId ?? null
  return { turnId: turn.id, exchangeId: exchangeId !== null && isKnown(exchangeId) ? exchangeId : null }
}
