import { Buffer } from 'node:buffer'
import type { Picture, PictureType } from '../../contract/domain/picture.ts'

/** A picture as it stood on the wire: a data URL, or an address elsewhere. */
export interface FoundPicture {
  url: string
  name: string | null
}

/** Unpacked, each pixel takes four bytes of the memory of who looks at it. */
const mostPixels = 50_000_000
const longestSide = 16_384
const mostBytes = 32 * 1024 * 1024
/** Enough for the size of all but those JPEGs that carry much else in front of it. */
const headLength = 64 * 1024

interface DataUrl {
  declaredType: string | null
  base64: string
}

/** What can be told of a picture without unpacking it. Its own bytes say what it is, whatever it was called. */
export function describePicture({ url, name }: FoundPicture): Picture {
  const nothing = { name, mediaType: null, bytes: null, width: null, height: null }
  if (!/^data:/i.test(url)) return { ...nothing, problem: 'elsewhere' }
  const data = readDataUrl(url)
  if (!data) return { ...nothing, mediaType: typeOf(url), problem: 'format' }
  const padding = data.base64.endsWith('==') ? 2 : data.base64.endsWith('=') ? 1 : 0
  const bytes = Math.floor(((data.base64.length - padding) * 3) / 4)
  const told = { ...nothing, mediaType: data.declaredType, bytes }
  const head = readHeader(data.base64)
  if (!head) return { ...told, problem: isShownType(data.declaredType) ? 'broken' : 'format' }
  const { mediaType, width, height } = head
  if (!mayBePicture(data.declaredType)) return { ...told, problem: 'format' }
  const known = { name, mediaType, bytes, width, height }
  if (!width || !height) return { ...known, width: null, height: null, problem: 'broken' }
  const isTooLarge = width * height > mostPixels || Math.max(width, height) > longestSide || bytes > mostBytes
  return { ...known, problem: isTooLarge ? 'tooLarge' : null }
}

/** The bytes of one that `describePicture` finds nothing wrong with; null of any other. */
export function readPicture(found: FoundPicture): { mediaType: PictureType; base64: string } | null {
  const { problem, mediaType } = describePicture(found)
  const data = readDataUrl(found.url)
  const isWhole = data !== null && /^[A-Za-z0-9+/]*={0,2}$/.test(data.base64)
  return problem === null && isWhole && isShownType(mediaType) ? { mediaType, base64: data.base64 } : null
}

function isShownType(type: string | null): type is PictureType {
  return type !== null && ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(type)
}

/** Codex calls what `view_image` read a stream of octets. */
function mayBePicture(declared: string | null): boolean {
  return (
    declared === null || declared === 'image/jpg' || declared === 'application/octet-stream' || isShownType(declared)
  )
}

/** Null for what is no base64, which no picture on the wire comes without. */
function readDataUrl(url: string): DataUrl | null {
  const comma = url.indexOf(',')
  if (comma === -1 || comma > 300 || !/;\s*base64$/i.test(url.slice(0, comma))) return null
  const base64 = url.slice(comma + 1)
  // Its begin alone, as a turn with a picture of megabytes is described at every change of it.
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64.slice(0, headLength)) ? { declaredType: typeOf(url), base64 } : null
}

function typeOf(url: string): string | null {
  const [, type] = /^data:([^;,]{1,100})/i.exec(url) ?? []
  return type?.trim().toLowerCase() ?? null
}

interface Header {
  mediaType: PictureType
  /** 0 when it was not to be found. */
  width: number
  height: number
}

function readHeader(base64: string): Header | null {
  const head = Buffer.from(base64.slice(0, headLength), 'base64')
  const header = sniff(head)
  if (header?.mediaType !== 'image/jpeg' || header.width > 0 || base64.length <= headLength) return header
  return sniff(Buffer.from(base64, 'base64'))
}

function sniff(bytes: Buffer): Header | null {
  const at = (offset: number, text: string) => bytes.toString('latin1', offset, offset + text.length) === text
  if (at(0, '\x89PNG\r\n\x1a\n')) {
    const isWhole = bytes.length >= 24 && at(12, 'IHDR')
    const size = isWhole ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : noSize
    return { mediaType: 'image/png', ...size }
  }
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) {
    const size = bytes.length >= 10 ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) } : noSize
    return { mediaType: 'image/gif', ...size }
  }
  if (at(0, 'RIFF') && at(8, 'WEBP')) return { mediaType: 'image/webp', ...readWebpSize(bytes, at) }
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return { mediaType: 'image/jpeg', ...readJpegSize(bytes) }
  }
  return null
}

const noSize = { width: 0, height: 0 }

function readWebpSize(bytes: Buffer, at: (offset: number, text: string) => boolean): typeof noSize {
  if (bytes.length < 30) return noSize
  if (at(12, 'VP8X')) return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) }
  if (at(12, 'VP8L')) {
    const bits = bytes.readUInt32LE(21)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  if (at(12, 'VP8 ')) return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  return noSize
}

/** From segment to segment, up to the one that begins the picture itself. */
function readJpegSize(bytes: Buffer): typeof noSize {
  let at = 2
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return noSize
    const marker = bytes[at + 1] as number
    // Markers may be padded, and some stand alone.
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    } else at += 2 + bytes.readUInt16BE(at + 2)
  }
  return noSize
}
