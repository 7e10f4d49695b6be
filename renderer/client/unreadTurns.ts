import type { Turn, TurnOutline } from '../../contract/domain/turn.ts'

/** A turn of a long conversation that is known by its outline alone. It stands in its place until it is read. */
export interface UnreadTurn extends Turn {
  isUnread: true
}

export function isUnread(turn: Turn): boolean {
  return 'isUnread' in turn
}

export function unreadTurn(outline: TurnOutline): UnreadTurn {
  return { ...outline, items: [], exchanges: [], seq: 0, isUnread: true }
}
