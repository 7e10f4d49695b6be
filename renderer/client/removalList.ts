import type { DeletedSession } from '../../contract/domain/deletedSession.ts'
import type { SavedSearch } from '../../contract/domain/search.ts'

/** Taken away by the user a moment ago, and to be had back until then. */
export type Removal = { undoUntil: number } & (
  | { what: 'sessions'; batch: string; sessions: readonly DeletedSession[] }
  | { what: 'search'; search: SavedSearch; at: number }
)

/** The newest last. */
export type Removals = readonly Removal[]

type SessionRemoval = Extract<Removal, { what: 'sessions' }>

export function addRemoval(removals: Removals, removal: Removal): Removals {
  return [...removals, removal].sort((a, b) => a.undoUntil - b.undoUntil)
}

/** For itself, or beside those that were deleted in one go with it. */
export function addDeleted(removals: Removals, deleted: DeletedSession): Removals {
  const { batch, id } = deleted
  const former = removals.find((each): each is SessionRemoval => each.what === 'sessions' && each.batch === batch)
  const sessions = [...(former?.sessions.filter((each) => each.id !== id) ?? []), deleted]
  const others = removals.filter((each) => each !== former)
  return addRemoval(others, { what: 'sessions', batch, sessions, undoUntil: latest(sessions) })
}

/** These are there again, or gone for good. What changes nothing is the same list. */
export function dropDeleted(removals: Removals, isDropped: (id: string) => boolean): Removals {
  const left = removals.flatMap((removal) => {
    if (removal.what === 'search') return removal
    const sessions = removal.sessions.filter(({ id }) => !isDropped(id))
    if (sessions.length === removal.sessions.length) return removal
    return sessions.length === 0 ? [] : { ...removal, sessions, undoUntil: latest(sessions) }
  })
  return left.length === removals.length && left.every((each, n) => each === removals[n]) ? removals : left
}

function latest(sessions: readonly DeletedSession[]): number {
  return Math.max(...sessions.map(({ undoUntil }) => undoUntil))
}
