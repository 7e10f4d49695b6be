import { Buffer } from 'node:buffer'
import { crc32, deflateSync } from 'node:zlib'

/** Pictures for tests, small and real; `png` may lie about its size in its head. */

export function png(width: number, height: number, drawn = { width, height }): string {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const lines = Buffer.alloc(drawn.height * (drawn.width + 1), 0x80)
  for (let line = 0; line < drawn.height; line++) lines[line * (drawn.width + 1)] = 0
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]).toString('base64')
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Not all of a picture, but all that tells its size. */
export const gifHead = (width: number, height: number): string =>
  Buffer.from([...Buffer.from('GIF89a'), width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0]).toString(
    'base64',
  )

export const jpegHead = (width: number, height: number, before = 0): string =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    // One segment holds 64 KB at most.
    ...Array.from({ length: Math.ceil(before / 60_000) }, () =>
      Buffer.concat([Buffer.from([0xff, 0xe1, 60_002 >> 8, 60_002 & 255]), Buffer.alloc(60_000)]),
    ),
    Buffer.from([0xff, 0xff, 0xc2, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0]),
  ]).toString('base64')

export function webpHead(kind: 'VP8X' | 'VP8L' | 'VP8 ', width: number, height: number): string {
  const bytes = Buffer.alloc(40)
  bytes.write('RIFF', 0, 'latin1')
  bytes.write(`WEBP${kind}`, 8, 'latin1')
  if (kind === 'VP8X') {
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
  } else if (kind === 'VP8L') bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21)
  else {
    bytes.writeUInt16LE(width, 26)
    bytes.writeUInt16LE(height, 28)
  }
  return bytes.toString('base64')
}
