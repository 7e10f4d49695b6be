import type { Turn } from '../../contract/domain/turn.ts'
import { changeBetween, type TurnChange } from '../../contract/domain/turnChange.ts'

/** More that run at the same time are told of whole each time. */
const turnsKept = 16

/** What was told last of the turns that run and of the last one that ended, so that of the next version only what changed has to be told. */
export function createToldTurns() {
  const told = new Map<string, Turn>()
  return {
    changeTo(turn: Turn): TurnChange {
      const change = changeBetween(told.get(turn.id) ?? null, turn)
      told.delete(turn.id)
      // Of one that has ended the end of its last exchange may still be to come, and rarely anything after another turn.
      for (const [id, { status }] of told) if (status !== 'live' || told.size >= turnsKept) told.delete(id)
      told.set(turn.id, turn)
      return change
    },

    /** A version of it was stored and not told. */
    forget: (turnId: string) => void told.delete(turnId),
    clear: () => told.clear(),
  }
}
