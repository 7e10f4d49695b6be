import { Buffer } from 'node:buffer'
import { decodeBody, maxDecodedBytes } from './decodeBody.ts'
import { asArray, asObject, asText, type JsonObject, parseObject } from './json.ts'
import type { RawHead } from './rawExchange.ts'
import type { ResponseItem } from './reduced.ts'

interface ReadRequest {
  request: JsonObject | null
  input: ResponseItem[]
  problem: string | null
  /** How long its JSON is. */
  jsonBytes: number
}

const unread: ReadRequest = { request: null, input: [], problem: null, jsonBytes: 0 }

/** The request's JSON, parsed once when it is whole. */
export function createRequestReader(head: RawHead) {
  const isSocket = head.transport === 'websocket'
  const announcedBytes = isSocket ? null : readContentLength(head)
  let pieces: Uint8Array[] = []
  let bytes = 0
  /** The first message of a socket is the request; what follows it is no part of it. */
  let hasWholeLine = false
  let isAnswered = false
  let isOver = false
  let parsed = { ...unread, ofBytes: 0 }

  const tooLarge = () => {
    const mebibytes = maxDecodedBytes / 1024 / 1024
    return `The request is larger than ${mebibytes} MiB once unpacked, and is kept, but not shown.`
  }

  function parse(): ReadRequest {
    if (bytes > maxDecodedBytes) return { ...unread, problem: tooLarge() }
    const whole = Buffer.concat(pieces)
    if (isSocket) {
      const end = whole.indexOf(0x0a)
      return read(whole.subarray(0, end < 0 ? whole.length : end), null)
    }
    const { bytes: decoded, problem } = decodeBody(whole, head.headers)
    if (problem === 'tooLarge') return { ...unread, problem: tooLarge() }
    return read(decoded, problem && 'The request could not be unpacked; its bytes are kept.')
  }

  function read(json: Buffer, problem: string | null): ReadRequest {
    const request = parseObject(json.toString('utf8'))
    const input = asArray(request?.input).filter((item) => asText(asObject(item)?.type) !== null) as ResponseItem[]
    return { request, input, problem, jsonBytes: json.length }
  }

  function isWorthParsing(): boolean {
    if (parsed.ofBytes === bytes || (hasWholeLine && parsed.ofBytes > 0)) return false
    if (isOver || isAnswered) return true
    return isSocket ? hasWholeLine : announcedBytes === null || bytes >= announcedBytes
  }

  return {
    push(piece: Uint8Array): void {
      bytes += piece.length
      if (hasWholeLine) return
      if (isSocket && piece.includes(0x0a)) {
        hasWholeLine = true
        parsed = { ...unread, ofBytes: 0 }
      }
      // What will not be read need not be held.
      if (bytes > maxDecodedBytes) pieces = []
      else pieces.push(piece)
    },
    answered(): void {
      isAnswered = true
    },
    end(): void {
      isOver = true
    },
    heldBytes: () => (bytes > maxDecodedBytes ? 0 : bytes) + parsed.jsonBytes,
    /** Whether it came whole and is still not to be understood. */
    isForeign(): boolean {
      const isWhole = isAnswered && bytes > 0 && bytes >= (announcedBytes ?? 0)
      return isWhole && parsed.request === null && parsed.problem === null
    },
    value() {
      if (isWorthParsing()) parsed = { ...parse(), ofBytes: bytes }
      return { ...parsed, bytes }
    },
  }
}

function readContentLength({ headers }: RawHead): number | null {
  const [, value] = headers.find(([name]) => name.toLowerCase() === 'content-length') ?? []
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null
}
