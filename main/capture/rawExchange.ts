import type { AccountMode, Credential } from '../../contract/domain/account.ts'
import type { Transport, Upstream } from '../../contract/domain/exchange.ts'

export type HeaderList = Array<[name: string, value: string]>

/** What is known of an exchange before its first byte. For a WebSocket the headers are the handshake's. */
export interface RawHead {
  launchId: string
  /** The WebSocket or HTTP request that carried it; incremental WebSocket requests chain within one stream. */
  streamId: string
  /** `json` until an answer shows that it streams. */
  transport: Transport
  upstream: Upstream
  accountMode: AccountMode | null
  credential: Credential | null
  method: string
  path: string
  headers: HeaderList
  startedAt: number
}

export type RawOutcome = 'ended' | 'clientAborted' | 'upstreamAborted' | 'unreachable' | 'cut'

/**
 * One change of one exchange, as it is recorded: the archive keeps exactly these, and everything shown is derived from them again.
 * `exchangeId` is `<streamId>-<n>`. `request` and `response` carry bytes to append: for HTTP the bytes of the wire (content
 * encodings untouched), for a WebSocket one decoded message followed by a line feed.
 */
export type RawPart =
  | { type: 'started'; exchangeId: string; head: RawHead }
  | { type: 'request'; exchangeId: string; at: number; bytes: Uint8Array }
  | { type: 'answered'; exchangeId: string; at: number; httpStatus: number; headers: HeaderList }
  | { type: 'response'; exchangeId: string; at: number; bytes: Uint8Array }
  | { type: 'finished'; exchangeId: string; at: number; outcome: RawOutcome }

/** What the splitter yields: parts to record, or the news that the rest of a stream cannot be read (counted as a loss). */
export type SplitResult = { parts: RawPart[]; undecodable: boolean }
