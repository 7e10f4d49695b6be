import type { Credential } from '../../contract/domain/account.ts'
import { selectRecorded } from './headers.ts'
import type { Target } from './route.ts'
import type { Tap, TapEvent } from './tap.ts'

type Outcome = Extract<TapEvent, { type: 'closed' }>['outcome']

/** Follows one stream on its way. Whatever it does, it does not get to disturb the forwarding. */
export interface Observer {
  requestChunk(bytes: Buffer): void
  requestEnded(): void
  answered(httpStatus: number, rawHeaders: string[]): void
  responseChunk(bytes: Buffer): void
  closed(outcome: Outcome): void
}

export interface ObservedStream {
  streamId: string
  launchId: string
  isPrivate: boolean
  target: Target
  credential: Credential | null
  protocol: 'http' | 'websocket'
  method: string
  /** As codex asked for it, without the query. */
  path: string
  rawHeaders: string[]
  tap: Tap
  now(): number
}

/** Tells the tap everything of a model call; `closed` is its last word. */
export function observeModelCall(stream: ObservedStream): Observer {
  const { streamId, launchId, target, protocol, method, path, now } = stream
  const tellAlways = quietly(stream.tap)
  let isClosed = false
  const tell: Tap = (event) => {
    if (!isClosed) tellAlways(event)
  }
  tell({
    type: 'opened',
    streamId,
    at: now(),
    launchId,
    isPrivate: stream.isPrivate,
    upstream: target.upstream,
    accountMode: target.accountMode,
    credential: stream.credential,
    protocol,
    method,
    path,
    headers: selectRecorded(stream.rawHeaders),
  })
  return {
    requestChunk: (bytes) => tell({ type: 'requestChunk', streamId, at: now(), bytes }),
    requestEnded: () => tell({ type: 'requestEnded', streamId, at: now() }),
    answered: (httpStatus, rawHeaders) =>
      tell({ type: 'answered', streamId, at: now(), httpStatus, headers: selectRecorded(rawHeaders) }),
    responseChunk: (bytes) => tell({ type: 'responseChunk', streamId, at: now(), bytes }),
    closed(outcome) {
      tell({ type: 'closed', streamId, at: now(), outcome })
      isClosed = true
    },
  }
}

/** An error's code stands in a small body; a longer one is none, and is not gathered. */
const errorBodyLimit = 8 * 1024

/** Of a call to the auth upstream only that it happened, its status, its duration, and the code of an error. */
export function observeAuthCall(stream: ObservedStream): Observer {
  const { launchId, method, path, now } = stream
  const tell = quietly(stream.tap)
  const startedAt = now()
  let httpStatus: number | null = null
  let errorBody = ''
  let isClosed = false
  return {
    requestChunk() {},
    requestEnded() {},
    answered(status) {
      httpStatus = status
    },
    responseChunk(bytes) {
      const isError = httpStatus !== null && httpStatus >= 400
      if (isError && errorBody.length + bytes.length <= errorBodyLimit) errorBody += bytes.toString('latin1')
    },
    closed() {
      if (isClosed) return
      isClosed = true
      const durationMs = now() - startedAt
      const errorCode = readErrorCode(errorBody)
      tell({
        type: 'called',
        launchId,
        isPrivate: stream.isPrivate,
        at: startedAt,
        upstream: 'auth',
        method,
        path,
        httpStatus,
        errorCode,
        durationMs,
      })
    },
  }
}

/** A code is a word; whatever else stands there is not for us to know. */
function readErrorCode(body: string): string | null {
  try {
    const { error } = JSON.parse(body)
    const code = typeof error === 'string' ? error : error?.code
    return typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? code : null
  } catch {
    return null
  }
}

export const noObserver: Observer = {
  requestChunk() {},
  requestEnded() {},
  answered() {},
  responseChunk() {},
  closed() {},
}

function quietly(tap: Tap): Tap {
  return (event) => {
    try {
      tap(event)
    } catch {
      // Recording may fail in any way that it likes; the traffic goes on.
    }
  }
}
