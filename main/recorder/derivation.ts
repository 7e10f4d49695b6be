import type { Notification } from '../../contract/api.ts'
import type { PriceTable } from '../../contract/domain/price.ts'
import type { Archive } from '../archive/archive.ts'
import { forReading } from '../capture/forReading.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { createPlaces, placeOf, turnOf } from './places.ts'
import { createReducedExchanges } from './reducedExchanges.ts'
import { createSessionRows } from './sessionRows.ts'
import { createSummaries } from './summaries.ts'
import { createToldTurns } from './toldTurns.ts'
import { createTurnRows } from './turnRows.ts'

const toldTurnBytes = 32 * 1024 * 1024

export interface DerivationOptions {
  archive: Archive
  nextSeq(): number
  isLaunchOver(launchId: string): boolean
  prices(): PriceTable
  /** Of a folder, now. */
  readBranch(folder: string): string | null
  report(error: unknown): void
}

export interface Changed {
  exchanges: ReducedExchange[]
  turnIds: Iterable<string>
  /** False for what an earlier run recorded. */
  isOfNow: boolean
}

export type Derivation = ReturnType<typeof createDerivation>

/**
 * Keeps the read model true to the raw record: from changed exchanges to their turns, from these to their sessions. It runs
 * inside the archive's transactions, live and when everything is derived again, and is the only writer of derived rows.
 */
export function createDerivation({ archive, nextSeq, isLaunchOver, prices, readBranch, report }: DerivationOptions) {
  const { raw, rederivation, underived } = archive
  const reduced = createReducedExchanges(archive)
  const summaries = createSummaries(archive.readModel)
  const places = createPlaces(archive)
  const told = createToldTurns(toldTurnBytes)
  const turnRows = createTurnRows({ archive, reduced, summaries, nextSeq, isLaunchOver, readBranch })
  const sessionRows = createSessionRows({ archive, reduced, summaries, nextSeq, prices })

  /** One failure in one place must not cost the rest; what cannot be derived now can be derived later. */
  function attempt(work: () => void): boolean {
    const isDone = archive.attempt(work, report)
    if (!isDone) forget()
    return isDone
  }

  function forget(): void {
    for (const part of [reduced, places, turnRows]) part.forget()
    summaries.clear()
    told.clear()
  }

  function fold(changed: Changed, each: (work: () => void) => void): Notification[] {
    const turnIds = new Set(changed.turnIds)
    const sessionIds = new Set<string>()
    const notifications: Notification[] = []

    function foldExchange(one: ReducedExchange): void {
      reduced.put(one)
      turnRows.outdate(one.exchange.id)
      const before = places.place(one)
      if (before) sessionIds.add(before.sessionId)
      if (before && before.turnId !== null) turnIds.add(before.turnId)
      const turnId = turnOf(one)
      if (turnId !== null) turnIds.add(turnId)
      else sessionIds.add(one.exchange.sessionId)
      for (const sessionId of sessionRows.takeTitle(one)) sessionIds.add(sessionId)
    }

    function foldTurn(turnId: string): void {
      const folded = turnRows.refold(turnId)
      if (!folded) {
        told.forget(turnId)
        for (const id of raw.idsOfTurn(turnId).flatMap((exchange) => raw.sessionOf(exchange) ?? [])) sessionIds.add(id)
        return
      }
      const { turn, isNew } = folded
      sessionIds.add(turn.sessionId)
      notifications.push({ method: 'turn/updated', params: { change: told.changeTo(forReading(turn)), seq: turn.seq } })
      if (!isNew) return
      if (changed.isOfNow) turnRows.keepBranch(turn)
      for (const id of turnRows.liveBeside(turn)) {
        // Where it was folded already, when this one was not known yet, it is folded once more.
        turnIds.delete(id)
        turnIds.add(id)
      }
    }

    function foldSession(sessionId: string): void {
      const session = sessionRows.refold(sessionId)
      if (session) notifications.push({ method: 'session/updated', params: { session, seq: session.seq } })
    }

    for (const one of changed.exchanges) each(() => foldExchange(one))
    // Grows while it is walked: a thread's new turn ends the one before it.
    for (const turnId of turnIds) each(() => foldTurn(turnId))
    for (const sessionId of sessionIds) {
      // It is told of when all of it is derived again.
      if (!rederivation.isPending(sessionId)) each(() => foldSession(sessionId))
    }
    return notifications
  }

  return {
    nextSeq,
    load: reduced.load,
    reread: reduced.reread,
    placeOf,
    attempt,
    liveBeside: turnRows.liveBeside,
    refoldSession: sessionRows.refold,

    /** From its exchanges alone, and without a word of it, so that what is told next is all of the turn. */
    refoldTurn(turnId: string) {
      told.forget(turnId)
      turnRows.startAnew(turnId)
      return turnRows.refold(turnId)
    },

    removeTurn(turnId: string): void {
      told.forget(turnId)
      turnRows.remove(turnId)
    },

    /** What changed, in a transaction of the caller's; returns what there is to tell once that is committed. */
    refold(changed: Changed): Notification[] {
      // All at once, as nearly always nothing fails; else one by one, so that one failure does not cost the rest.
      let notifications: Notification[] = []
      const isDone = archive.attempt(() => {
        notifications = fold(changed, (work) => work())
      }, report)
      if (isDone) return notifications
      forget()
      return fold(changed, attempt)
    },

    /**
     * When everything is derived again: what is known of one exchange, but for its turn and its session. Returns other sessions
     * whose title that changes.
     */
    replace(one: ReducedExchange): string[] {
      const { id } = one.exchange
      places.placeAgain(one)
      if (underived.remove(id)) raw.join(id)
      return one.title === null ? sessionRows.dropTitle(id) : sessionRows.takeTitle(one)
    },

    /** Nothing that is remembered is true any more: the transaction that it belonged to was undone, or rows were deleted. */
    forget,
  }
}
