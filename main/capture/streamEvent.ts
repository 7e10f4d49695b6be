import type { AccountMode, Credential } from '../../contract/domain/account.ts'
import type { Upstream } from '../../contract/domain/exchange.ts'
import type { HeaderList } from './rawExchange.ts'

/** What the proxy tells of one stream, in order: the shape of its tap's events, written again because capture knows no sibling. */
export type StreamEvent =
  | {
      type: 'opened'
      streamId: string
      at: number
      launchId: string
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
      outcome: 'ended' | 'clientAborted' | 'upstreamAborted' | 'unreachable'
    }

export type StreamOpened = Extract<StreamEvent, { type: 'opened' }>
