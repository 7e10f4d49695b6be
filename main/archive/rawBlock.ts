import type { HeaderList, RawOutcome, RawPart } from '../capture/rawExchange.ts'
import { type Packed, pack, packBytes, unpack, unpackBytes } from './packed.ts'

/**
 * What happened, in order: `q` request bytes and `r` response bytes (time and length), `a` the answer's head, `f` the end.
 * With the two streams of bytes beside it the parts come back exactly as they were cut and timed.
 */
type Mark =
  | ['q' | 'r', at: number, length: number]
  | ['a', at: number, httpStatus: number, headers: HeaderList]
  | ['f', at: number, outcome: RawOutcome]

export type BodyPart = Exclude<RawPart, { type: 'started' }>

/** Any number of parts of one exchange as they stand in one row. */
export interface RawBlock {
  marks: Packed
  request: Uint8Array | null
  response: Uint8Array | null
}

/** In the order in which they came, which is that of their marks. */
export function encodeBlock(parts: BodyPart[]): RawBlock {
  const request: Uint8Array[] = []
  const response: Uint8Array[] = []
  function mark(part: BodyPart): Mark {
    switch (part.type) {
      case 'request':
        request.push(part.bytes)
        return ['q', part.at, part.bytes.length]
      case 'response':
        response.push(part.bytes)
        return ['r', part.at, part.bytes.length]
      case 'answered':
        return ['a', part.at, part.httpStatus, part.headers]
      case 'finished':
        return ['f', part.at, part.outcome]
    }
  }
  return { marks: pack(parts.map(mark)), request: packBytes(request), response: packBytes(response) }
}

/** The parts as they were given to `encodeBlock`. The bytes of all of them lie in two buffers, which they share. */
export function decodeBlock(exchangeId: string, block: RawBlock): BodyPart[] {
  const request = unpackBytes(block.request)
  const response = unpackBytes(block.response)
  let requestAt = 0
  let responseAt = 0
  function part(mark: Mark): BodyPart {
    switch (mark[0]) {
      case 'q': {
        const bytes = request.subarray(requestAt, requestAt + mark[2])
        requestAt += mark[2]
        return { type: 'request', exchangeId, at: mark[1], bytes }
      }
      case 'r': {
        const bytes = response.subarray(responseAt, responseAt + mark[2])
        responseAt += mark[2]
        return { type: 'response', exchangeId, at: mark[1], bytes }
      }
      case 'a':
        return { type: 'answered', exchangeId, at: mark[1], httpStatus: mark[2], headers: mark[3] }
      case 'f':
        return { type: 'finished', exchangeId, at: mark[1], outcome: mark[2] }
    }
  }
  return unpack<Mark[]>(block.marks).map(part)
}
