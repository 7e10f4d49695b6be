import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Below this a frame's own bytes and the call cost more than they save. */
const worthPacking = 1000
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

/** How a value stands in a column: short JSON as text, the rest as zstd. SQLite keeps the two apart by the value's own type. */
export type Packed = string | Uint8Array

/** Of anything that JSON can say. */
export function pack(value: unknown): Packed {
  return packText(JSON.stringify(value))
}

/** Of what `pack` gave. Its shape is the caller's word; what was written by an older version has the shape of then. */
export function unpack<T>(packed: unknown): T {
  return JSON.parse(unpackText(packed)) as T
}

export function packText(text: string): Packed {
  return text.length < worthPacking ? text : zstdCompressSync(text, fast)
}

export function unpackText(packed: unknown): string {
  return typeof packed === 'string' ? packed : zstdDecompressSync(packed as Uint8Array).toString('utf8')
}

/** Bytes of the wire, always as zstd: they may be anything, a zstd frame too. Null stands for none. */
export function packBytes(chunks: Uint8Array[]): Uint8Array | null {
  const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
  return bytes.length === 0 ? null : zstdCompressSync(bytes, fast)
}

/** Of what `packBytes` gave: no bytes for null. */
export function unpackBytes(packed: unknown): Uint8Array {
  if (packed === null) return new Uint8Array(0)
  const { buffer, byteOffset, length } = zstdDecompressSync(packed as Uint8Array)
  return new Uint8Array(buffer, byteOffset, length)
}
