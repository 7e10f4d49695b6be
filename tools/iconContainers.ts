/** The two files that hold many pictures. Both list PNGs, each behind a few bytes that say what it is. */

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Width and height, or null when it is no PNG. */
export function readPngSize(png: Buffer): { width: number; height: number } | null {
  if (!png.subarray(0, 8).equals(pngSignature) || png.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

export function writeIco(pngs: { size: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pngs.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pngs.length, 4)
  let offset = header.length
  for (const [index, { size, png }] of pngs.entries()) {
    const entry = 6 + 16 * index
    // A byte is too small for 256, which is written as 0.
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pngs.map(({ png }) => png)])
}

export function readIco(ico: Buffer): { size: number; png: Buffer }[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index
    const offset = ico.readUInt32LE(entry + 12)
    return {
      size: ico.readUInt8(entry) || 256,
      png: ico.subarray(offset, offset + ico.readUInt32LE(entry + 8)),
    }
  })
}

export function writeIcns(pngs: { type: string; png: Buffer }[]): Buffer {
  const entries = pngs.map(({ type, png }) => Buffer.concat([head(type, png.length), png]))
  const body = Buffer.concat(entries)
  return Buffer.concat([head('icns', body.length), body])
}

export function readIcns(icns: Buffer): { type: string; png: Buffer }[] {
  const entries: { type: string; png: Buffer }[] = []
  let at = 8
  while (at < icns.readUInt32BE(4)) {
    const end = at + icns.readUInt32BE(at + 4)
    entries.push({ type: icns.toString('latin1', at, at + 4), png: icns.subarray(at + 8, end) })
    at = end
  }
  return entries
}

/** The length counts these eight bytes too. */
function head(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.write(type, 'latin1')
  bytes.writeUInt32BE(length + 8, 4)
  return bytes
}
