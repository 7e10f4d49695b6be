import type { LossReason } from '../../contract/domain/recording.ts'
import type { Ledger } from '../archive/ledger.ts'
import type { RawPart } from '../capture/rawExchange.ts'
import { createSplitter, type Splitter } from '../capture/splitter.ts'
import type { StreamEvent } from '../capture/streamEvent.ts'
import type { TapEvent } from '../proxy/tap.ts'
import type { Note } from './messages.ts'
import { createOpenExchanges } from './openExchanges.ts'

/** When more than this waits, in this thread or on the way to it, it is stored first, and derived afterwards. */
export const hurryBytes = 4 * 1024 * 1024
/** What a part weighs beside its bytes. */
const partBytes = 256
const maxHeldBytes = 32 * 1024 * 1024

export interface Loss {
  /** Null for an exchange of which nothing is kept. */
  exchangeId: string | null
  reason: LossReason
}

/** What the next flush is to store. */
export interface Waiting {
  parts: Map<string, RawPart[]>
  /** What these parts weigh. */
  bytes: number
  /** Exchanges of which no more will be stored. */
  givenUp: string[]
  losses: Loss[]
  works: (() => void)[]
  endedLaunches: string[]
}

export function isNothing({ parts, givenUp, losses, works, endedLaunches }: Waiting): boolean {
  return parts.size + givenUp.length + losses.length + works.length + endedLaunches.length === 0
}

export function clearWaiting(waiting: Waiting): void {
  clearParts(waiting)
  for (const list of [waiting.givenUp, waiting.losses, waiting.works, waiting.endedLaunches]) list.length = 0
}

function clearParts(waiting: Waiting): void {
  waiting.parts.clear()
  waiting.bytes = 0
}

/** What waits of exchanges is not stored any more, and counted as lost. Returns these exchanges. */
export function giveUpParts(waiting: Waiting): string[] {
  const lost = [...waiting.parts.keys()]
  const known = new Set(waiting.losses.map(({ exchangeId }) => exchangeId))
  clearParts(waiting)
  waiting.givenUp.push(...lost)
  for (const exchangeId of lost) if (!known.has(exchangeId)) waiting.losses.push({ exchangeId, reason: 'storage' })
  return lost
}

export interface IntakeOptions {
  ledger: Pick<Ledger, 'read' | 'write' | 'addAuthCall' | 'putLaunch' | 'addLimits' | 'endLaunch'>
  isHurried(): boolean
  now(): number
  report(error: unknown): void
}

/** From what the tap tells to what is to be stored: splits streams into exchanges, reads along, and counts what it misses. */
export function createIntake({ ledger, isHurried, now, report }: IntakeOptions) {
  const splitters = new Map<string, Splitter>()
  /** Of private launches: split as all are, so that they can be counted, and then forgotten. */
  const privateStreams = new Set<string>()
  const open = createOpenExchanges({ maxBytes: maxHeldBytes, report })
  let isPaused = ledger.read('paused') === 1
  const waiting: Waiting = { parts: new Map(), bytes: 0, givenUp: [], losses: [], works: [], endedLaunches: [] }

  function take(entry: TapEvent | Note): void {
    switch (entry.type) {
      case 'called':
        if (!entry.isPrivate) waiting.works.push(() => ledger.addAuthCall(entry))
        return
      case 'dropped':
        loseStream(entry.reason, entry.streamId)
        return
      case 'lost':
        waiting.losses.push({ exchangeId: null, reason: entry.reason })
        return
      case 'launchStarted':
        waiting.works.push(() => ledger.putLaunch(entry.launch))
        return
      case 'limits':
        waiting.works.push(() => ledger.addLimits(entry.limits))
        return
      case 'launchEnded':
        waiting.works.push(() => ledger.endLaunch(entry.id, entry.at))
        waiting.endedLaunches.push(entry.id)
        return
      case 'opened':
        if (entry.isPrivate) privateStreams.add(entry.streamId)
        takeStreamEvent(entry)
        return
      default:
        takeStreamEvent(entry)
    }
  }

  function takeStreamEvent(event: StreamEvent): void {
    const { streamId } = event
    if (event.type === 'opened') splitters.set(streamId, createSplitter())
    const splitter = splitters.get(streamId)
    if (!splitter) return
    try {
      const { parts, undecodable } = splitter.push(event)
      const isPrivate = privateStreams.has(streamId)
      for (const part of parts) takePart(part, isPrivate)
      if (undecodable && !isPrivate) lose('undecodable', parts)
      if (event.type === 'closed') forget(streamId)
    } catch (error) {
      // Such an error can quote what it stumbled over.
      if (!privateStreams.has(streamId)) report(error)
      loseStream('undecodable', streamId)
    }
  }

  function takePart(part: RawPart, isPrivate: boolean): void {
    const { exchangeId } = part
    if (part.type === 'started') {
      // Of what begins in a pause nothing is kept, not even when the pause ends before it does: halves explain nothing.
      if (isPrivate) waiting.losses.push({ exchangeId: null, reason: 'private' })
      else if (isPaused) waiting.losses.push({ exchangeId: null, reason: 'paused' })
      else open.begin(exchangeId, part.head, !isHurried())
    }
    if (!open.has(exchangeId)) return
    const parts = waiting.parts.get(exchangeId) ?? []
    waiting.parts.set(exchangeId, parts)
    parts.push(part)
    waiting.bytes += partBytes + ('bytes' in part ? part.bytes.length : 0)
    open.push(exchangeId, part)
  }

  /** What is open of it is not whole; where nothing is open, something was lost of which nothing is known. */
  function lose(reason: LossReason, lastParts: RawPart[]): void {
    const cut = lastParts.filter((part) => part.type === 'finished' && part.outcome === 'cut')
    // What was given up is counted already, and what was deleted is missed by nobody.
    const missed = cut.filter(({ exchangeId }) => open.has(exchangeId))
    for (const { exchangeId } of missed) waiting.losses.push({ exchangeId, reason })
    if (cut.length === 0) waiting.losses.push({ exchangeId: null, reason })
  }

  /** The exchanges of a private one were counted when they began. */
  function loseStream(reason: LossReason, streamId: string): void {
    const isPrivate = privateStreams.has(streamId)
    const lastParts = endStream(streamId)
    if (!isPrivate) lose(reason, lastParts)
  }

  function forget(streamId: string): void {
    splitters.delete(streamId)
    privateStreams.delete(streamId)
  }

  function endStream(streamId: string): RawPart[] {
    const parts = splitters.get(streamId)?.end(now()).parts ?? []
    const isPrivate = privateStreams.has(streamId)
    forget(streamId)
    for (const part of parts) takePart(part, isPrivate)
    return parts
  }

  return {
    waiting,
    open,
    take,
    isPaused: () => isPaused,
    setPaused(wanted: boolean): void {
      isPaused = wanted
      waiting.works.push(() => ledger.write('paused', wanted ? 1 : 0))
    },
    /** No more will come of any of them. */
    endStreams(): void {
      for (const streamId of [...splitters.keys()]) endStream(streamId)
    },
  }
}
