import type { ReadModel } from '../archive/readModel.ts'
import type { TurnSummary } from '../capture/reduced.ts'

const sessionsKept = 16

export type Summaries = ReturnType<typeof createSummaries>

/** What sessions are folded from. Those that were touched last are kept: a long one is touched at every flush. */
export function createSummaries(readModel: ReadModel) {
  const sessions = new Map<string, Map<string, TurnSummary>>()

  function ofSession(sessionId: string): Map<string, TurnSummary> {
    const turns =
      sessions.get(sessionId) ??
      new Map(readModel.summariesOfSession(sessionId).map((summary) => [summary.id, summary] as const))
    sessions.delete(sessionId)
    sessions.set(sessionId, turns)
    for (const oldest of sessions.keys()) {
      if (sessions.size <= sessionsKept) break
      sessions.delete(oldest)
    }
    return turns
  }

  /** From whichever session it was a part of. */
  function remove(turnId: string): void {
    for (const turns of sessions.values()) turns.delete(turnId)
  }

  return {
    /** In the order in which the turns started. */
    inOrder(sessionId: string): TurnSummary[] {
      return [...ofSession(sessionId).values()].sort((a, b) => a.startedAt - b.startedAt)
    },
    has(sessionId: string, turnId: string): boolean {
      return ofSession(sessionId).has(turnId)
    },
    put(summary: TurnSummary): void {
      remove(summary.id)
      ofSession(summary.sessionId).set(summary.id, summary)
    },
    remove,
    clear(): void {
      sessions.clear()
    },
  }
}
