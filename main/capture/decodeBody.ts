import { Buffer } from 'node:buffer'
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import type { HeaderList } from './rawExchange.ts'

/** Beyond this a body is not decoded: a few hundred bytes can unfold to gigabytes. The recorded bytes are kept. */
export const maxDecodedBytes = 48 * 1024 * 1024

/** `broken`: `bytes` is what could be read before an unknown coding or a damaged place; `tooLarge`: nothing was. */
export interface DecodedBody {
  bytes: Buffer
  problem: 'broken' | 'tooLarge' | null
}

/** Undoes the content codings that the headers name, last one first. A body that ends too early gives what arrived. */
export function decodeBody(bytes: Uint8Array, headers: HeaderList): DecodedBody {
  const codings = headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
  let decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const coding of codings.reverse()) {
    if (decoded.length === 0) break
    const decode = decoders.get(coding)
    if (!decode) return { bytes: decoded, problem: 'broken' }
    try {
      decoded = decode(decoded)
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      return { bytes: Buffer.alloc(0), problem: isTooLarge ? 'tooLarge' : 'broken' }
    }
  }
  return decoded.length > maxDecodedBytes
    ? { bytes: Buffer.alloc(0), problem: 'tooLarge' }
    : { bytes: decoded, problem: null }
}

const limit = { maxOutputLength: maxDecodedBytes }
/** Flushing instead of finishing: what a broken connection left is still read. */
const partial = { ...limit, finishFlush: constants.Z_SYNC_FLUSH }

const gunzip = (bytes: Buffer) => gunzipSync(bytes, partial)

const decoders = new Map<string, (bytes: Buffer) => Buffer<ArrayBuffer>>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['br', (bytes) => brotliDecompressSync(bytes, { ...limit, finishFlush: constants.BROTLI_OPERATION_FLUSH })],
  ['zstd', unzstd],
  // By its standard zlib-wrapped; some servers send it bare.
  [
    'deflate',
    (bytes) => (((bytes[0] as number) & 0x0f) === 8 ? inflateSync(bytes, partial) : inflateRawSync(bytes, partial)),
  ],
])

/** Node stops after the first frame, and the format lets any number of them follow each other. */
function unzstd(bytes: Buffer): Buffer<ArrayBuffer> {
  const pieces: Buffer[] = []
  let decodedBytes = 0
  for (let at = 0; at < bytes.length; ) {
    const options = { maxOutputLength: maxDecodedBytes - decodedBytes, finishFlush: constants.ZSTD_e_flush, info: true }
    // With `info`, which the types do not know of, the engine comes along and tells how much it has read.
    const { buffer, engine } = zstdDecompressSync(bytes.subarray(at), options) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    if (engine.bytesWritten === 0) break
    pieces.push(buffer)
    decodedBytes += buffer.length
    at += engine.bytesWritten
  }
  return Buffer.concat(pieces)
}
