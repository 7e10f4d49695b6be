import type { AccountMode, Credential } from '../../contract/domain/account.ts'
import type { Upstream } from '../../contract/domain/exchange.ts'

/** Allow-listed headers in the order they arrived; credentials and cookies never get this far. */
export type HeaderList = Array<[name: string, value: string]>

/**
 * What the proxy tells of one proxied connection, in order. A stream is one HTTP request, or one WebSocket with all its
 * frames (`requestChunk` and `responseChunk` are then raw frame bytes after the upgrade).
 * Only streams of the model API (`/v1/*`) are told so; the bytes are never written to again. Times are epoch milliseconds.
 * A call to the auth upstream is told by `called` alone, when it is over: nothing of its headers, query or bodies.
 */
export type TapEvent =
  | {
      type: 'opened'
      streamId: string
      at: number
      launchId: string
      /** To be counted and forgotten. */
      isPrivate: boolean
      upstream: Upstream
      accountMode: AccountMode | null
      credential: Credential | null
      protocol: 'http' | 'websocket'
      method: string
      path: string
      headers: HeaderList
    }
  | { type: 'requestChunk'; streamId: string; at: number; bytes: Uint8Array }
  | { type: 'requestEnded'; streamId: string; at: number }
  | { type: 'answered'; streamId: string; at: number; httpStatus: number; headers: HeaderList }
  | { type: 'responseChunk'; streamId: string; at: number; bytes: Uint8Array }
  | {
      type: 'closed'
      streamId: string
      at: number
      /** `ended` both sides finished in order; else who broke off, or `unreachable` when no upstream answered. */
      outcome: 'ended' | 'clientAborted' | 'upstreamAborted' | 'unreachable'
    }
  | {
      type: 'called'
      launchId: string
      isPrivate: boolean
      at: number
      upstream: 'auth'
      method: string
      /** Without its query. */
      path: string
      /** Null when no upstream answered. */
      httpStatus: number | null
      /** The upstream's word for an error, such as `refresh_token_reused`; of its answer nothing else is looked at. */
      errorCode: string | null
      durationMs: number
    }
export type Tap = (event: TapEvent) => void
