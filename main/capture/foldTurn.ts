import type { Status } from '../../contract/domain/exchange.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import { asText } from './json.ts'
import { contentText } from './messageText.ts'
import type { DerivedTurn, KnownExchange, OutputItem, ReducedExchange, ResponseItem } from './reduced.ts'
import { createTurnItems } from './turnItems.ts'

interface Taken {
  id: string
  /** Null for one that cannot be read. */
  known: KnownExchange | null
  isOutdated: boolean
  /** It broke off with something said: only what is asked later tells what became of that. */
  isBrokenOff: boolean
}

/** The exchange that was taken last, which may grow. */
interface Last {
  reduced: ReducedExchange
  /** What was done before each of its outputs, and before its end. */
  marks: number[]
}

type Load = (id: string, at: number) => ReducedExchange | null

export type TurnFold = ReturnType<typeof createTurnFold>

/** A turn out of all of its exchanges. */
export function foldTurn(exchanges: ReducedExchange[], options: { isOver: boolean }): DerivedTurn | null {
  const fold = createTurnFold()
  fold.take(
    exchanges.map(({ exchange }) => exchange.id),
    (_, at) => exchanges[at] ?? null,
  )
  return fold.turn(options)
}

/**
 * Makes a turn out of its exchanges: retries, tool results and compactions included. When the last of them has grown, or more have
 * begun, only what is new is folded, and items that stayed as they were are the same objects. What comes of it is what folding all
 * at once gives; where it cannot be gone on with, all is folded again.
 */
export function createTurnFold() {
  let items = createTurnItems()
  let taken: Taken[] = []
  let last: Last | null = null

  function countKept(ids: string[]): number {
    const changed = taken.findIndex(({ id, isOutdated }, at) => isOutdated || id !== ids[at])
    return changed < 0 ? taken.length : changed
  }

  function goOn(ids: string[], kept: number, load: Load): boolean {
    const isLastChanged = kept === taken.length - 1 && ids[kept] === taken[kept]?.id
    if (kept < taken.length && !isLastChanged) return false
    const changed = ids.slice(kept).map((id, at) => load(id, kept + at))
    const again = isLastChanged ? changed.shift() : undefined
    if (isLastChanged && (!last || !again || !takeAgain(last, again))) return false
    if (changed.length > 0 && taken.some(({ isBrokenOff }) => isBrokenOff)) return false
    takeNew(ids.slice(taken.length), changed)
    return true
  }

  /** False where that would change what became of the ones before it. */
  function takeAgain(before: Last, reduced: ReducedExchange): boolean {
    // A request is parsed once: what else it tells is the same then, too.
    const isSame = before.reduced.input === reduced.input
    if (!isSame && taken.slice(0, -1).some(({ isBrokenOff }) => isBrokenOff)) return false
    taken[taken.length - 1] = toTaken(reduced.exchange.id, reduced)
    last = { reduced, marks: before.marks }
    if (!isSame) {
      items.undoTo(0)
      takeLast(last, [])
      return true
    }
    const { output } = before.reduced
    const grown = output.findIndex((entry, at) => entry !== reduced.output[at])
    const from = grown < 0 ? output.length : grown
    items.undoTo(before.marks[from] ?? 0)
    takeOutput(last, from, [])
    return true
  }

  function takeNew(ids: string[], exchanges: (ReducedExchange | null)[]): void {
    for (const [at, reduced] of exchanges.entries()) {
      items.settle()
      taken.push(toTaken(ids[at] as string, reduced))
      last = reduced && { reduced, marks: [] }
      if (last) takeLast(last, exchanges.slice(at + 1))
    }
  }

  function takeLast(last: Last, later: (ReducedExchange | null)[]): void {
    if (isAsking(last.reduced)) items.takeInput(last.reduced)
    takeOutput(last, 0, later)
  }

  function takeOutput({ reduced, marks }: Last, from: number, later: (ReducedExchange | null)[]): void {
    if (!isAsking(reduced)) return
    const { output } = reduced
    const askedLater = isBroken(reduced) ? later.flatMap((one) => (one && isAsking(one) ? one : [])) : []
    for (let at = from; at < output.length; at += 1) {
      const entry = output[at] as OutputItem
      marks[at] = items.mark()
      // What a broken answer had finished codex keeps, and sends again as a part of the history; the rest comes anew.
      if (askedLater.length > 0 && !(entry.doneAt !== null && isSentAgain(entry.item, askedLater))) continue
      items.takeOutput(reduced, entry, at)
    }
    marks[output.length] = items.mark()
    items.takeEnd(reduced)
  }

  const known = () => taken.flatMap((one) => one.known ?? [])

  return {
    /** What was taken of this exchange is not all of it, or not true any more. */
    outdate(exchangeId: string): void {
      for (const one of taken) if (one.id === exchangeId) one.isOutdated = true
    },

    /** All of them, in the order in which they started. Loads only what it has not taken yet, and returns what is known of each. */
    take(ids: string[], load: Load): KnownExchange[] {
      if (!goOn(ids, countKept(ids), load)) {
        items = createTurnItems()
        taken = []
        takeNew(ids, ids.map(load))
      }
      return known()
    },

    /**
     * Null when they asked the model for nothing. `isOver`: nothing more will come, so that a call without an output stays without
     * one.
     */
    turn({ isOver }: { isOver: boolean }): DerivedTurn | null {
      const exchanges = known()
      const asked = exchanges.filter(isAsking)
      const first = asked[0]
      const last = asked.at(-1)
      if (!first || !last || last.exchange.turnId === null) return null
      const status = statusOf(last, items.isAwaiting(last.exchange.id), isOver)
      const list = items.list(status !== 'live')
      return {
        id: last.exchange.turnId,
        threadId: last.thread.id,
        sessionId: last.exchange.sessionId,
        prompt: list.find((item) => item.type === 'userMessage')?.text ?? '',
        status,
        startedAt: first.exchange.startedAt,
        endedAt: status === 'live' ? null : last.exchange.startedAt + (last.exchange.durationMs ?? 0),
        model: last.exchange.model ?? asked.findLast(({ exchange }) => exchange.model)?.exchange.model ?? null,
        usage: exchanges.reduce((sum, { exchange }) => addUsage(sum, exchange.usage ?? noUsage), noUsage),
        items: list,
        exchanges: exchanges.map(({ exchange }) => exchange),
      }
    },
  }
}

function toTaken(id: string, reduced: ReducedExchange | null): Taken {
  if (!reduced) return { id, known: null, isOutdated: false, isBrokenOff: false }
  const { input: _, output, ...known } = reduced
  return { id, known, isOutdated: false, isBrokenOff: isAsking(reduced) && isBroken(reduced) && output.length > 0 }
}

function isAsking({ exchange }: KnownExchange): boolean {
  return exchange.kind === 'turn' || exchange.kind === 'compaction'
}

function isBroken({ exchange: { status } }: KnownExchange): boolean {
  return status === 'failed' || status === 'cut' || status === 'aborted'
}

function statusOf(last: KnownExchange, isWaiting: boolean, isOver: boolean): Status {
  const { status, kind } = last.exchange
  if (status !== 'completed') return status
  // After a compaction in the middle of a turn the turn goes on, and codex says so only by going on.
  if (isWaiting && kind === 'turn') return isOver ? 'aborted' : 'live'
  return 'completed'
}

function isSentAgain(item: ResponseItem, later: ReducedExchange[]): boolean {
  const id = asText(item.id)
  const callId = asText(item.call_id)
  return later.some(({ input }) =>
    input.some((sent) => {
      const sentId = asText(sent.id)
      if (sentId === null ? saysTheSame(item, sent) : sentId === id) return true
      return callId !== null && sent.call_id === callId
    }),
  )
}

/** Old versions of codex send no ids. */
function saysTheSame(item: ResponseItem, sent: ResponseItem): boolean {
  if (item.type !== sent.type) return false
  if (item.type === 'reasoning')
    return asText(item.encrypted_content) !== null && item.encrypted_content === sent.encrypted_content
  return (
    item.type === 'message' &&
    sent.role === 'assistant' &&
    contentText(item.content, '') === contentText(sent.content, '')
  )
}
