import type { Tap, TapEvent } from '../proxy/tap.ts'
import type { LostStream, Note } from './messages.ts'

/** What an event weighs beside its bytes; rough, but a flood of empty events must not be free. */
const eventBytes = 256

export interface TapQueueOptions {
  maxBytes: number
  /**
   * Takes one batch. The buffer holds the bytes of all its events, and may be given away. `queuedBytes` is what was pushed and not
   * taken yet, with this batch.
   */
  post(batch: number, entries: (TapEvent | Note)[], buffer: ArrayBuffer, queuedBytes: number): void
}

interface Posted {
  batch: number
  bytes: number
  closed: string[]
  notes: Note[]
}

/**
 * Between the proxy and the recording thread. `push` costs the proxy next to nothing: events gather until the event loop has
 * turned once and then leave together, their bytes copied a single time. What was pushed counts until the worker took it: a
 * stream that does not fit is dropped from there on, and a note says so once. Notes always fit, and outlive the worker.
 */
export function createTapQueue({ maxBytes, post }: TapQueueOptions) {
  let gathered: (TapEvent | Note)[] = []
  let gatheredBytes = 0
  let outstandingBytes = 0
  let isScheduled = false
  let isHeld = true
  let lastBatch = 0
  let posted: Posted[] = []
  const open = new Map<string, LostStream>()
  const ignored = new Map<string, 'told' | 'tellWhenItGoesOn'>()

  function send(): void {
    if (isHeld || gathered.length === 0) return
    const entries = gathered
    lastBatch += 1
    posted.push({
      batch: lastBatch,
      bytes: gatheredBytes,
      closed: entries.flatMap((entry) => (entry.type === 'closed' ? entry.streamId : [])),
      notes: entries.filter(isNote),
    })
    gathered = []
    gatheredBytes = 0
    const { copies, buffer } = copyTogether(entries)
    post(lastBatch, copies, buffer, outstandingBytes)
  }

  function schedule(): void {
    if (isScheduled || isHeld) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      send()
    })
  }

  function tell(note: Note): void {
    gathered.push(note)
    schedule()
  }

  const push: Tap = (event) => {
    const streamId = event.type === 'called' ? null : event.streamId
    if (streamId !== null && ignored.has(streamId)) return pushIgnored(streamId, event)
    const bytes = eventBytes + ('bytes' in event ? event.bytes.length : 0)
    if (outstandingBytes + bytes > maxBytes && streamId !== null) {
      open.delete(streamId)
      if (event.type !== 'closed') ignored.set(streamId, 'told')
      return tell({ type: 'dropped', streamId, reason: 'overflow' })
    }
    if (event.type === 'opened') open.set(event.streamId, { streamId: event.streamId, protocol: event.protocol })
    gathered.push(event)
    gatheredBytes += bytes
    outstandingBytes += bytes
    schedule()
  }

  function pushIgnored(streamId: string, event: TapEvent): void {
    if (event.type === 'closed') ignored.delete(streamId)
    else if (event.type === 'requestChunk' && ignored.get(streamId) === 'tellWhenItGoesOn') {
      ignored.set(streamId, 'told')
      // There is more of it now that cannot be read.
      tell({ type: 'lost', reason: 'recorderCrash' })
    }
  }

  return {
    push,
    tell,
    /** Sends now what has gathered. */
    send,

    /** The worker has stored, or counted as lost, all up to this batch. */
    taken(batch: number): void {
      while (posted[0] && posted[0].batch <= batch) {
        const { bytes, closed } = posted.shift() as Posted
        outstandingBytes -= bytes
        for (const streamId of closed) open.delete(streamId)
      }
    },

    /** From now on batches go out, beginning with what has gathered. */
    release(): void {
      isHeld = false
      send()
    },

    /** The worker died. What it had not taken is gone with it: these streams, whose rest is not worth sending. */
    workerDied(): LostStream[] {
      isHeld = true
      const gone = posted
      const rest = gathered
      posted = []
      gathered = []
      outstandingBytes = 0
      gatheredBytes = 0
      const closed = new Set(gone.flatMap((batch) => batch.closed))
      const startingLater = new Set(rest.flatMap((entry) => (entry.type === 'opened' ? entry.streamId : [])))
      const lost = [...open.values()].filter(({ streamId }) => !startingLater.has(streamId))
      for (const { streamId, protocol } of lost) {
        open.delete(streamId)
        if (!closed.has(streamId)) ignored.set(streamId, protocol === 'websocket' ? 'tellWhenItGoesOn' : 'told')
      }
      for (const note of gone.flatMap(({ notes }) => notes)) {
        if (note.type === 'dropped') lost.push({ streamId: note.streamId, protocol: 'http' })
        else tell(note)
      }
      for (const entry of rest) {
        if (isNote(entry)) tell(entry)
        else push(entry)
      }
      return lost
    },
  }
}

function isNote(entry: TapEvent | Note): entry is Note {
  switch (entry.type) {
    case 'dropped':
    case 'lost':
    case 'launchStarted':
    case 'launchEnded':
    case 'limits':
      return true
    default:
      return false
  }
}

function copyTogether(entries: (TapEvent | Note)[]): { copies: (TapEvent | Note)[]; buffer: ArrayBuffer } {
  const total = entries.reduce((sum, entry) => sum + ('bytes' in entry ? entry.bytes.length : 0), 0)
  const buffer = new ArrayBuffer(total)
  let at = 0
  const copies = entries.map((entry): TapEvent | Note => {
    if (!('bytes' in entry)) return entry
    const bytes = new Uint8Array(buffer, at, entry.bytes.length)
    bytes.set(entry.bytes)
    at += entry.bytes.length
    return { ...entry, bytes }
  })
  return { copies, buffer }
}
