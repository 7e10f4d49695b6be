import { Buffer } from 'node:buffer'
import { constants, inflateRawSync } from 'node:zlib'
import type { HeaderList } from './rawExchange.ts'

/** The same bound as for HTTP bodies: what is longer once decoded is not read. */
const maxMessageBytes = 48 * 1024 * 1024
const windowBytes = 32 * 1024
const syncTail = Buffer.from([0, 0, 0xff, 0xff])

/** Whether messages may be compressed, and whether each direction keeps its window from one message to the next. */
export interface Deflate {
  clientTakeover: boolean
  serverTakeover: boolean
}

/** What the two sides agreed on, from the answer to the handshake; null when messages are plain. */
export function negotiatedDeflate(answerHeaders: HeaderList): Deflate | null {
  const offers = answerHeaders
    .filter(([name]) => name.toLowerCase() === 'sec-websocket-extensions')
    .flatMap(([, value]) => value.split(','))
  for (const offer of offers) {
    const [name, ...params] = offer.split(';').map((part) => part.trim().toLowerCase())
    if (name !== 'permessage-deflate') continue
    return {
      clientTakeover: !params.includes('client_no_context_takeover'),
      serverTakeover: !params.includes('server_no_context_takeover'),
    }
  }
  return null
}

export interface MessageReader {
  /** The messages that these bytes complete, in order. After `broken` nothing more comes. */
  push(bytes: Uint8Array): { messages: Uint8Array[]; broken: boolean }
  /** Whether the bytes so far end where a frame ends. */
  isBetweenFrames(): boolean
}

/**
 * Reads one direction of a WebSocket, split at any byte, into decoded messages; control frames are passed over.
 * `deflate` is null where nothing was agreed on: a compressed message is then broken.
 */
export function createMessageReader(deflate: { takeover: boolean } | null): MessageReader {
  const header = Buffer.alloc(14)
  let headerBytes = 0
  let frame: Frame | null = null
  let message: { compressed: boolean; pieces: Uint8Array[]; bytes: number } | null = null
  let window: Buffer = Buffer.alloc(0)
  let isOver = false

  /** False when the frame may not stand here. */
  function open(next: Frame): boolean {
    if (next.reserved || (next.compressed && (!deflate || next.opcode === 0))) return false
    if (next.opcode >= 8) return next.opcode <= 10 && next.final && next.length <= 125 && !next.compressed
    if (next.opcode > 2 || (next.opcode === 0) !== (message !== null)) return false
    message ??= { compressed: next.compressed, pieces: [], bytes: 0 }
    message.bytes += next.length
    return message.bytes <= maxMessageBytes
  }

  /** Null when the message cannot be decoded. */
  function decode(compressed: boolean, pieces: Uint8Array[]): Uint8Array | null {
    if (!compressed) return Buffer.concat(pieces)
    try {
      const decoded = inflateRawSync(Buffer.concat([...pieces, syncTail]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: maxMessageBytes,
        ...(window.length > 0 ? { dictionary: window } : {}),
      })
      if (deflate?.takeover) window = lastBytes(window, decoded)
      return decoded
    } catch {
      return null
    }
  }

  function push(bytes: Uint8Array): { messages: Uint8Array[]; broken: boolean } {
    const messages: Uint8Array[] = []
    const broken = () => {
      isOver = true
      message = null
      return { messages, broken: true }
    }
    let at = 0
    while (!isOver) {
      if (!frame) {
        const needed = headerLength(header, headerBytes)
        if (headerBytes < needed) {
          const byte = bytes[at]
          if (byte === undefined) break
          header[headerBytes++] = byte
          at++
          continue
        }
        headerBytes = 0
        frame = readHeader(header)
        if (!open(frame)) return broken()
      }
      const piece = bytes.subarray(at, at + frame.length - frame.taken)
      if (frame.opcode < 8 && piece.length > 0) message?.pieces.push(unmask(piece, frame))
      frame.taken += piece.length
      at += piece.length
      if (frame.taken < frame.length) break
      if (frame.opcode === 8) isOver = true
      if (frame.opcode < 8 && frame.final && message) {
        const decoded = decode(message.compressed, message.pieces)
        if (!decoded) return broken()
        messages.push(decoded)
        message = null
      }
      frame = null
    }
    return { messages, broken: false }
  }

  return { push, isBetweenFrames: () => frame === null && headerBytes === 0 }
}

interface Frame {
  final: boolean
  compressed: boolean
  reserved: boolean
  opcode: number
  mask: Uint8Array | null
  length: number
  taken: number
}

function headerLength(header: Buffer, known: number): number {
  if (known < 2) return 2
  const second = header[1] as number
  const size = second & 0x7f
  return 2 + (size === 126 ? 2 : size === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0)
}

function readHeader(header: Buffer): Frame {
  const first = header[0] as number
  const second = header[1] as number
  const size = second & 0x7f
  const maskAt = size === 126 ? 4 : size === 127 ? 10 : 2
  return {
    final: (first & 0x80) !== 0,
    compressed: (first & 0x40) !== 0,
    reserved: (first & 0x30) !== 0,
    opcode: first & 0x0f,
    mask: second & 0x80 ? Uint8Array.from(header.subarray(maskAt, maskAt + 4)) : null,
    length: size === 126 ? header.readUInt16BE(2) : size === 127 ? Number(header.readBigUInt64BE(2)) : size,
    taken: 0,
  }
}

function unmask(piece: Uint8Array, { mask, taken }: Frame): Uint8Array {
  if (!mask) return piece
  const plain = Buffer.allocUnsafe(piece.length)
  for (let at = 0; at < piece.length; at++) plain[at] = (piece[at] as number) ^ (mask[(taken + at) & 3] as number)
  return plain
}

function lastBytes(before: Buffer, added: Buffer): Buffer {
  if (added.length >= windowBytes) return Buffer.from(added.subarray(added.length - windowBytes))
  return Buffer.concat([before.subarray(Math.max(0, before.length + added.length - windowBytes)), added])
}
