import type { Turn } from '../../contract/domain/turn.ts'
import { applyChange, joinChanges, outlineOf, type TurnChange } from '../../contract/domain/turnChange.ts'
import { type UnreadTurn, unreadTurn } from './unreadTurns.ts'

export type LoadState = 'loading' | 'ready' | 'failed'

export interface Conversation {
  state: LoadState
  message: string | null
  turns: Readonly<Record<string, Turn>>
  /** Of a long one, what is still to be read. A turn that is in `turns` as well is to be read anew. */
  unread: Readonly<Record<string, UnreadTurn>>
  /** What was told of turns that have to be read before, which are all in `unread`. */
  ahead: Readonly<Record<string, TurnChange>>
  /** Why the rest could not be read, or what was read not anew. */
  restProblem: string | null
}

export const emptyConversation: Conversation = {
  state: 'loading',
  message: null,
  turns: {},
  unread: {},
  ahead: {},
  restProblem: null,
}

/** All turns of a conversation, read or not. */
export function allTurns({ turns, unread }: Pick<Conversation, 'turns' | 'unread'>): Turn[] {
  return Object.values({ ...unread, ...turns })
}

/** The conversation after what was told of one of its turns; where a piece is missing before it, that turn is to be read. */
export function takeChange(conversation: Conversation, told: TurnChange): Conversation {
  const { id } = told.head
  const waiting = conversation.ahead[id]
  const change = waiting ? joinChanges(waiting, told) : told
  const known = conversation.turns[id]
  const turn = applyChange(known, change)
  if (turn === null) {
    const unread = { ...conversation.unread, [id]: unreadTurn(outlineOf(change)) }
    return { ...conversation, unread, ahead: { ...conversation.ahead, [id]: change } }
  }
  if (turn === known) return waiting ? { ...conversation, ahead: without(conversation.ahead, [id]) } : conversation
  return {
    ...conversation,
    turns: { ...conversation.turns, [id]: turn },
    unread: without(conversation.unread, [id]),
    ahead: without(conversation.ahead, [id]),
  }
}

/** What waited for these turns, of which an answer of this `seq` told; what it did not have by then is gone. */
export function settleAhead(conversation: Conversation, ahead: Conversation['ahead'], seq: number): Conversation {
  const { turns, unread } = conversation
  return Object.values(ahead)
    .filter(({ head }) => head.seq > seq || head.id in turns || head.id in unread)
    .reduce(takeChange, conversation)
}

export function newerOf(known: Turn | undefined, turn: Turn): Turn {
  return known && known.seq >= turn.seq ? known : turn
}

export function without<T>(record: Readonly<Record<string, T>>, ids: string[]): Readonly<Record<string, T>> {
  if (!ids.some((id) => id in record)) return record
  const gone = new Set(ids)
  return Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)))
}
