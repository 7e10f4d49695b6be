import type { Conversation } from './conversation.ts'

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
