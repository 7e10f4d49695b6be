import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import type { Masker } from './mask.ts'

/** An exchange with its bodies as they can be read: content codings undone, bytes as UTF-8. */
export interface ExportedExchange {
  exchange: Exchange
  /** The connection that carried it; a WebSocket carries many. */
  streamId: string
  requestHeaders: [name: string, value: string][]
  responseHeaders: [name: string, value: string][]
  requestText: string
  /** Empty for a WebSocket, whose messages are in `messages`. */
  responseText: string
  messages: { type: 'send' | 'receive'; at: number; text: string }[] | null
}

/**
 * A way to write sessions down, piece by piece, so that no session has to be in memory as a whole: `begin`, then of each
 * session `beginSession`, its turns or its exchanges in order, and `endSession`, then `end`. Joined, the pieces are the file.
 */
export interface Format {
  mediaType: string
  extension: string
  begin(sessions: Session[], masker: Masker): string
  /** `models`: those of all its turns, each once, in the order in which they came. */
  beginSession(session: Session, masker: Masker, models: readonly string[]): string
  parts: TurnParts | ExchangeParts
  endSession(): string
  end(): string
}

interface TurnParts {
  of: 'turns'
  /** Whether it holds the pictures themselves: then the turns come with those of their tools. */
  hasPictures: boolean
  /** `number` counts the turns of the session from 1. */
  part(turn: Turn, number: number, masker: Masker): string
}

interface ExchangeParts {
  of: 'exchanges'
  /** `isFirst` of the whole file. */
  part(exchange: ExportedExchange, isFirst: boolean, masker: Masker): string
}
