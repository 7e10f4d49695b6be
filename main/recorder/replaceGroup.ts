import type { Notification } from '../../contract/api.ts'
import type { Archive } from '../archive/archive.ts'
import type { Derivation } from './derivation.ts'
import type { SessionGroup } from './sessionGroup.ts'

/** Exchanges without a turn that are placed in one transaction. */
const looseAStep = 20

/** A session of more than this is replaced turn by turn; a smaller one as a whole. */
export const wholeUpTo = { exchanges: 200, storedBytes: 2 * 1024 * 1024 }

/** One transaction, and the exchanges that are read for it. */
export interface Step {
  exchangeIds: string[]
  work(): void
}

/**
 * The steps that put in the place of a group's derived rows what is derived of it now. A group of usual size takes one: at any
 * moment its sessions are as they were, or as they are now. A large one takes one a turn, and its sessions' own rows come last:
 * each turn is whole at any moment, and none is missing or there twice. Where exchanges went to other turns, all is one step.
 */
export function planReplacement(archive: Archive, derivation: Derivation, group: SessionGroup, isLarge: boolean) {
  const { raw, readModel, madeTitles, rederivation, deletion } = archive
  const { sessionIds, places } = group
  const turns = new Map<string, string[]>()
  const loose: string[] = []
  for (const [id, { turnId }] of places) {
    const ids = turnId === null ? loose : (turns.get(turnId) ?? [])
    ids.push(id)
    if (turnId !== null) turns.set(turnId, ids)
  }
  const titled = new Set<string>()
  const live = new Set<string>()
  let notifications: Notification[] = []
  /** False when it failed on its own. */
  let each: (work: () => void) => boolean = alone

  function alone(work: () => void): boolean {
    work()
    return true
  }

  /**
   * All at once, as nearly always nothing fails, and each border between what may fail alone makes the index write a segment; else
   * one by one, so that one failure does not cost the rest.
   */
  function carefully(work: () => void): () => void {
    return () => {
      if (derivation.attempt(work)) return
      each = derivation.attempt
      work()
      each = alone
    }
  }

  function place(ids: string[]): void {
    for (const id of ids) {
      each(() => {
        const reduced = raw.has(id) ? derivation.load(id) : null
        if (reduced) for (const sessionId of derivation.replace(reduced)) titled.add(sessionId)
      })
    }
  }

  /** Before others are folded, as the last turn of a thread is one that may go on. */
  function removeOldTurns(): void {
    for (const sessionId of sessionIds) {
      for (const turnId of readModel.turnIds(sessionId)) if (!turns.has(turnId)) derivation.removeTurn(turnId)
    }
  }

  /** What cannot be derived now is not shown as it was derived before. */
  function foldTurn(turnId: string): void {
    live.delete(turnId)
    const isDone = each(() => {
      const folded = derivation.refoldTurn(turnId)
      if (folded?.turn.status === 'live') live.add(turnId)
      if (folded?.isNew) for (const id of derivation.liveBeside(folded.turn)) live.add(id)
    })
    if (!isDone) each(() => derivation.removeTurn(turnId))
  }

  /** Whether a turn is over can depend on the ones after it, which are all there only now. */
  function foldLiveTurns(): void {
    for (const turnId of [...live]) foldTurn(turnId)
  }

  /** What was recorded since the group was read, and waits for this. */
  function takeLate(): void {
    const late = [...sessionIds].flatMap(raw.idsOfSession).filter((id) => !group.seen.has(id))
    place(late)
    for (const turnId of new Set(late.flatMap((id) => raw.placeOf(id)?.turnId ?? []))) foldTurn(turnId)
  }

  function foldSessions(): void {
    notifications = []
    const titles = [...sessionIds].flatMap(madeTitles.unclaim)
    const own = new Set([...sessionIds, ...[...places.values()].map(({ sessionId }) => sessionId)])
    for (const id of own) foldSession(id)
    const untaken = titles.filter(({ exchangeId }) => madeTitles.takerOf(exchangeId) === null)
    for (const { launchId } of untaken) for (const id of madeTitles.untitledSessions(launchId)) titled.add(id)
    for (const id of titled) if (!own.has(id) && !rederivation.isPending(id)) foldSession(id)
  }

  function foldSession(id: string): void {
    const wasShown = deletion.hasSession(id)
    const isDone = each(() => derivation.refoldSession(id))
    if (!isDone) each(() => readModel.removeSession(id))
    const session = readModel.session(id)
    if (session) notifications.push({ method: 'session/updated', params: { session, seq: session.seq } })
    else if (wasShown) notifications.push({ method: 'session/deleted', params: { id, seq: derivation.nextSeq() } })
  }

  const all = [...places.keys()]
  const inOne: Step = {
    exchangeIds: all,
    work: carefully(() => {
      place(all)
      removeOldTurns()
      for (const turnId of turns.keys()) foldTurn(turnId)
      takeLate()
      foldLiveTurns()
      foldSessions()
    }),
  }
  const inMany: Step[] = [
    { exchangeIds: [], work: removeOldTurns },
    ...[...turns].map(([turnId, exchangeIds]) => ({
      exchangeIds,
      work: carefully(() => {
        place(exchangeIds)
        foldTurn(turnId)
      }),
    })),
    ...chunksOf(loose, looseAStep).map((exchangeIds) => ({ exchangeIds, work: carefully(() => place(exchangeIds)) })),
    {
      exchangeIds: [],
      work: carefully(() => {
        takeLate()
        foldLiveTurns()
        foldSessions()
      }),
    },
  ]
  return {
    steps: isLarge && !group.isMoved ? inMany : [inOne],
    /** What there is to tell when all of it is committed. */
    notifications: () => notifications,
  }
}

function chunksOf<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size))
}
