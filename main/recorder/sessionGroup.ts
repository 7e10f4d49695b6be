import type { Archive } from '../archive/archive.ts'
import type { ExchangePlace } from '../archive/rawRecord.ts'

/** Sessions that are derived again together: one, unless exchanges go from one to another by what is derived of them now. */
export interface SessionGroup {
  sessionIds: Set<string>
  /** Where their exchanges belong now. One that cannot be derived is not among them. */
  places: Map<string, ExchangePlace>
  /** All that were looked at. */
  seen: Set<string>
  /** Whether any of them belonged elsewhere before. */
  isMoved: boolean
  storedBytes: number
}

/**
 * Reads what belongs to these sessions and these exchanges, and to whatever session these lead to that is not derived again yet.
 * `placeOf` tells where an exchange belongs, null when that cannot be told.
 */
export async function gatherGroup(
  { raw, rederivation }: Archive,
  seeds: { sessionIds: string[]; exchangeIds: string[] },
  placeOf: (id: string) => Promise<ExchangePlace | null>,
): Promise<SessionGroup> {
  const sessionIds = new Set(seeds.sessionIds)
  const places = new Map<string, ExchangePlace>()
  const seen = new Set<string>()
  let isMoved = false
  let storedBytes = 0

  async function take(id: string): Promise<void> {
    seen.add(id)
    const place = await placeOf(id)
    if (!place) return
    places.set(id, place)
    const before = raw.placeOf(id)
    if (before?.sessionId !== place.sessionId || before.turnId !== place.turnId) isMoved = true
    if (rederivation.isPending(place.sessionId)) sessionIds.add(place.sessionId)
  }

  for (const id of seeds.exchangeIds) await take(id)
  // Grows while it is walked.
  for (const sessionId of sessionIds) {
    storedBytes += raw.bytesOfSession(sessionId)
    for (const id of raw.idsOfSession(sessionId)) if (!seen.has(id)) await take(id)
  }
  return { sessionIds, places, seen, isMoved, storedBytes }
}
