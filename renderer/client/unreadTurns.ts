import type { Turn, TurnOutline } from '../../contract/domain/turn.ts'
import type { Conversation } from './conversation.ts'

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

/** All turns of a conversation, read or not. */
export function allTurns({ turns, unread }: Pick<Conversation, 'turns' | 'unread'>): Turn[] {
  return Object.values({ ...unread, ...turns })
}

/** At once; more would hold up what the reader does meanwhile. */
const chunkSize = 40
/** Of a chunk some are before the one that is wanted. */
const beforeWanted = 10

/**
 * What to read next: the turns around one of which news came that cannot be shown before, else around the one that the reader
 * looks at, else from one end to the other.
 */
export function chooseChunk({ turns, unread, ahead }: Conversation, reader: string | null): string[] {
  const wanted = Object.keys(ahead)[0] ?? reader
  const ordered = Object.values(unread).sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  const from = wanted === null ? undefined : (unread[wanted] ?? turns[wanted])
  const at = from === undefined ? 0 : ordered.findIndex(({ startedAt }) => startedAt >= from.startedAt)
  const start = at === -1 ? ordered.length : at
  const first = Math.max(0, Math.min(start - beforeWanted, ordered.length - chunkSize))
  return ordered.slice(first, first + chunkSize).map(({ id }) => id)
}
