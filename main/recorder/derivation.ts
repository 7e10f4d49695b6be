import type { Notification } from '../../contract/api.ts'
import type { PriceTable } from '../../contract/domain/price.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { Archive } from '../archive/archive.ts'
import type { ExchangePlace } from '../archive/rawRecord.ts'
import type { SearchDocument } from '../archive/searchIndex.ts'
import { foldSession } from '../capture/foldSession.ts'
import { foldTurn } from '../capture/foldTurn.ts'
import { forReading } from '../capture/forReading.ts'
import { isTitleFor } from '../capture/isTitleFor.ts'
import type { ReducedExchange, TurnSummary } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import { searchTexts } from '../capture/searchTexts.ts'
import { summarizeTurn } from '../capture/summarizeTurn.ts'
import { createReducedMemory } from './reducedMemory.ts'
import { createSummaries } from './summaries.ts'

const memoryBytes = 32 * 1024 * 1024

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
  const { raw, readModel, madeTitles, keptFacts, rederivation, underived } = archive
  const memory = createReducedMemory(memoryBytes)
  const summaries = createSummaries(readModel)
  /** Where unfinished exchanges were placed last, as most changes do not move them. */
  const placed = new Map<string, ExchangePlace>()

  function load(id: string): ReducedExchange | null {
    const known = memory.get(id)
    if (known) return known
    const reduced = reduceExchange(raw.read(id) ?? [])
    if (reduced) memory.put(reduced)
    return reduced
  }

  /** By all that is stored of it, whatever is remembered. */
  function reread(id: string): ReducedExchange | null {
    memory.drop(id)
    return load(id)
  }

  /** Returns where it was before, if that was elsewhere: its ids can be told late, by the body behind the headers. */
  function place(reduced: ReducedExchange): ExchangePlace | null {
    const { id, status } = reduced.exchange
    const before = placed.get(id)
    const next = placeOf(reduced)
    const isMoved = before !== undefined && (before.turnId !== next.turnId || before.sessionId !== next.sessionId)
    if (isMoved || before?.responseId !== next.responseId || !before) raw.place(id, next)
    readModel.putUsage(reduced.exchange)
    if (status === 'live') placed.set(id, next)
    else placed.delete(id)
    return isMoved ? before : null
  }

  /** The turn's row anew, or none. Null when there is no turn to show. */
  function refoldTurn(turnId: string): { turn: Turn; isNew: boolean } | null {
    const exchanges = raw.idsOfTurn(turnId).flatMap((id) => load(id) ?? [])
    const last = exchanges.at(-1)
    const derived = last ? foldTurn(exchanges, { isOver: isOver(turnId, exchanges, last) }) : null
    raw.setLoose(turnId, derived === null)
    if (!derived) {
      readModel.removeTurn(turnId)
      summaries.remove(turnId)
      return null
    }
    const turn: Turn = { ...derived, seq: nextSeq() }
    const isNew = !summaries.has(turn.sessionId, turnId)
    const summary = summarizeTurn(derived, exchanges)
    readModel.putTurn({ turn, summary, documents: documentsOf(turn) })
    summaries.put(summary)
    if (turn.status !== 'live') for (const { exchange } of exchanges) memory.drop(exchange.id)
    return { turn, isNew }
  }

  /** Nothing that is recorded tells it, so it is looked up while it is true. */
  function keepBranch({ sessionId, id }: Turn): void {
    const folder = summaries.inOrder(sessionId).find((turn) => turn.id === id)?.cwd
    if (folder) keptFacts.putBranch(sessionId, readBranch(folder))
  }

  /** Nothing more can come of a turn whose codex is gone, or whose thread went on to another turn, which may have been derived before it. */
  function isOver(turnId: string, exchanges: ReducedExchange[], last: ReducedExchange): boolean {
    if (isLaunchOver(last.launchId)) return true
    const turns = summaries
      .inOrder(last.exchange.sessionId)
      .filter(({ threadId }) => threadId === last.exchange.threadId)
    const at = turns.findIndex(({ id }) => id === turnId)
    if (at >= 0) return at < turns.length - 1
    const startedAt = exchanges[0]?.exchange.startedAt ?? 0
    return turns.some((turn) => turn.startedAt > startedAt)
  }

  /** Turns of the same thread that may be over because of this one. */
  function liveBeside({ id, sessionId, threadId }: Turn): string[] {
    return summaries
      .inOrder(sessionId)
      .filter((other) => other.threadId === threadId && other.id !== id && other.status === 'live')
      .map((other) => other.id)
  }

  function refoldSession(sessionId: string): Session | null {
    // What goes on in a session that is being deleted goes with it.
    const turns = readModel.isTrashed(sessionId) ? [] : summaries.inOrder(sessionId)
    const first = firstOf(turns)
    if (first) claimTitle(sessionId, first)
    const derived = first
      ? foldSession({
          id: sessionId,
          turns,
          looseExchanges: raw.looseIdsOfSession(sessionId).flatMap((id) => load(id) ?? []),
          renamed: keptFacts.renamed(sessionId),
          madeTitle: madeTitles.of(sessionId),
          branch: keptFacts.branch(sessionId),
          prices: prices(),
          marks: keptFacts.marks(sessionId),
        })
      : null
    if (!derived) {
      readModel.removeSession(sessionId)
      return null
    }
    const session: Session = { ...derived, seq: nextSeq() }
    readModel.putSession(session)
    return session
  }

  /** The title and the prompt that it was made of may come in either order. */
  function claimTitle(sessionId: string, first: TurnSummary): void {
    if (madeTitles.of(sessionId) !== null) return
    for (const id of madeTitles.unclaimed(first.launchId)) {
      const title = load(id)
      if (!title || !isTitleFor(title, first.prompt, first.launchId)) continue
      madeTitles.claim(id, sessionId)
      return
    }
  }

  /** Sessions that may want a title which just came. */
  function takeTitle(reduced: ReducedExchange): string[] {
    if (reduced.title === null || reduced.exchange.status === 'live') return []
    const { launchId, title } = reduced
    const exchangeId = reduced.exchange.id
    if (!madeTitles.put({ exchangeId, launchId, title })) return []
    const taker = madeTitles.takerOf(exchangeId)
    if (taker !== null) return [taker]
    return madeTitles.untitledSessions(launchId)
  }

  /** One failure in one place must not cost the rest; what cannot be derived now can be derived later. */
  function attempt(work: () => void): boolean {
    const isDone = archive.attempt(work, report)
    if (!isDone) forget()
    return isDone
  }

  function forget(): void {
    memory.clear()
    summaries.clear()
    placed.clear()
  }

  function fold(changed: Changed, each: (work: () => void) => void): Notification[] {
    const turnIds = new Set(changed.turnIds)
    const sessionIds = new Set<string>()
    const notifications: Notification[] = []
    for (const reduced of changed.exchanges) {
      each(() => {
        memory.put(reduced)
        const before = place(reduced)
        if (before) sessionIds.add(before.sessionId)
        if (before && before.turnId !== null) turnIds.add(before.turnId)
        const turnId = turnOf(reduced)
        if (turnId !== null) turnIds.add(turnId)
        else sessionIds.add(reduced.exchange.sessionId)
        for (const sessionId of takeTitle(reduced)) sessionIds.add(sessionId)
      })
    }
    // Grows while it is walked: a thread's new turn ends the one before it.
    for (const turnId of turnIds) {
      each(() => {
        const folded = refoldTurn(turnId)
        if (!folded) {
          const session = raw.idsOfTurn(turnId).flatMap((id) => raw.sessionOf(id) ?? [])
          for (const id of session) sessionIds.add(id)
          return
        }
        const { turn, isNew } = folded
        sessionIds.add(turn.sessionId)
        const shown = forReading(turn)
        notifications.push({ method: 'turn/updated', params: { turn: shown, seq: turn.seq } })
        if (!isNew) return
        if (changed.isOfNow) keepBranch(turn)
        for (const id of liveBeside(turn)) turnIds.add(id)
      })
    }
    for (const sessionId of sessionIds) {
      // It is told of when all of it is derived again.
      if (rederivation.isPending(sessionId)) continue
      each(() => {
        const session = refoldSession(sessionId)
        if (session) notifications.push({ method: 'session/updated', params: { session, seq: session.seq } })
      })
    }
    return notifications
  }

  return {
    nextSeq,
    load,
    reread,
    attempt,
    refoldSession,

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

    placeOf,

    /**
     * When everything is derived again: what is known of one exchange, but for its turn and its session. Returns other sessions
     * whose title that changes.
     */
    replace(reduced: ReducedExchange): string[] {
      const { id } = reduced.exchange
      raw.place(id, placeOf(reduced))
      placed.delete(id)
      if (underived.remove(id)) raw.join(id)
      readModel.putUsage(reduced.exchange)
      if (reduced.title !== null) return takeTitle(reduced)
      const taker = madeTitles.takerOf(id)
      madeTitles.remove(id)
      return taker === null ? [] : [taker]
    },

    refoldTurn,
    liveBeside,

    removeTurn(turnId: string): void {
      readModel.removeTurn(turnId)
      summaries.remove(turnId)
    },

    /** Nothing that is remembered is true any more: the transaction that it belonged to was undone, or rows were deleted. */
    forget,
  }
}

function placeOf(reduced: ReducedExchange): ExchangePlace {
  const { sessionId, responseId } = reduced.exchange
  return { sessionId, turnId: turnOf(reduced), responseId }
}

/** A title is made in a conversation of codex's own, which is no turn to anybody. */
function turnOf({ exchange, threadSource }: ReducedExchange): string | null {
  return exchange.kind === 'title' || threadSource === 'thread_title' ? null : exchange.turnId
}

/** A sub-agent's prompt is not what the user asked. */
function firstOf(turns: TurnSummary[]): TurnSummary | undefined {
  return turns.find(({ thread }) => thread.parentThreadId === null && thread.subagent === null) ?? turns[0]
}

/** A text that still grows is indexed once, when it is whole. */
function documentsOf(turn: Turn): SearchDocument[] {
  const live = new Set(turn.exchanges.filter(({ status }) => status === 'live').map(({ id }) => id))
  return turn.items.flatMap((item) => {
    if (live.has(item.exchangeId) && item.type !== 'userMessage') return []
    const { id: itemId, type, at } = item
    const tool = item.type === 'toolCall' ? item.name : null
    return searchTexts(item).map((text) => ({ itemId, type, tool, at, ...text }))
  })
}
