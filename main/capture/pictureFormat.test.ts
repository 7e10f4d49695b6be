import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { describePicture, readPicture } from './pictureFormat.ts'
import { gifHead, jpegHead, png, webpHead } from './samplePictures.ts'

const describeUrl = (url: string) => describePicture({ url, name: null })
const asData = (type: string, base64: string) => `data:${type};base64,${base64}`
const encode = (text: string) => Buffer.from(text).toString('base64')

describe('what the bytes of a picture tell', () => {
  test.each([
    ['image/png', png(64, 40), 64, 40],
    ['image/gif', gifHead(300, 2), 300, 2],
    ['image/jpeg', jpegHead(1_280, 720), 1_280, 720],
    ['image/jpeg', jpegHead(1_280, 720, 200_000), 1_280, 720],
    ['image/webp', webpHead('VP8X', 5_000, 4_000), 5_000, 4_000],
    ['image/webp', webpHead('VP8L', 900, 1_100), 900, 1_100],
    ['image/webp', webpHead('VP8 ', 33, 44), 33, 44],
  ])('%s', (mediaType, base64, width, height) => {
    const bytes = Buffer.from(base64, 'base64').length
    expect(describePicture({ url: asData(mediaType, base64), name: 'a' })).toEqual({
      name: 'a',
      mediaType,
      bytes,
      width,
      height,
      problem: null,
    })
  })

  test('codex calls what view_image read a stream of octets, and it is what it is', () => {
    const url = asData('application/octet-stream', png(2, 2))
    expect(describeUrl(url)).toMatchObject({ mediaType: 'image/png', problem: null })
    expect(readPicture({ url, name: null })).toEqual({ mediaType: 'image/png', base64: png(2, 2) })
  })

  test('a picture of one kind that is called another is what it is', () => {
    expect(describeUrl(asData('image/jpeg', png(2, 3)))).toMatchObject({ mediaType: 'image/png', problem: null })
  })
})

describe('what is never shown, and why', () => {
  const svg = encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  test.each([
    ['an address', 'https://example.com/a.png', null, 'elsewhere'],
    ['a path', '/etc/passwd', null, 'elsewhere'],
    ['a script', 'javascript:alert(1)', null, 'elsewhere'],
    ['an SVG', asData('image/svg+xml', svg), 'image/svg+xml', 'format'],
    ['an SVG that is no base64', 'data:image/svg+xml,<svg onload="alert(1)"/>', 'image/svg+xml', 'format'],
    ['an SVG that calls itself a PNG', asData('image/png', svg), 'image/png', 'broken'],
    ['a page', asData('text/html', encode('<script>alert(1)</script>')), 'text/html', 'format'],
    ['a page that begins as a picture does', asData('text/html', png(2, 2)), 'text/html', 'format'],
    ['a type with words behind it', asData('image/png;x="', png(2, 2)).replace(';base64', ''), 'image/png', 'format'],
    ['what is no base64', 'data:image/png;base64,"><img src=x>', 'image/png', 'format'],
    ['a PNG without its head', asData('image/png', encode('\x89PNG')), 'image/png', 'broken'],
    ['a JPEG that breaks off', asData('image/jpeg', jpegHead(9, 9).slice(0, 8)), 'image/jpeg', 'broken'],
    ['a picture without a side', asData('image/png', png(0, 10)), 'image/png', 'broken'],
    [
      'a head that promises far too much',
      asData('image/png', png(20_000, 20_000, { width: 1, height: 1 })),
      'image/png',
      'tooLarge',
    ],
    ['one that is as long as a road', asData('image/gif', gifHead(20_000, 1)), 'image/gif', 'tooLarge'],
    ['nothing', 'data:', null, 'format'],
  ])('%s', (_, url, mediaType, problem) => {
    expect(describeUrl(url)).toMatchObject({ mediaType, problem })
    expect(readPicture({ url, name: null })).toBe(null)
  })

  test('one that goes on as something else is told of, and not given', () => {
    const url = `${asData('image/png', png(2, 2) + 'A'.repeat(90_000))}"><script>`
    expect(readPicture({ url, name: null })).toBe(null)
  })

  test('bytes that lie about themselves, at every place, break nothing', () => {
    for (const base64 of [png(3, 3), gifHead(3, 3), jpegHead(3, 3), webpHead('VP8L', 3, 3)]) {
      const bytes = Buffer.from(base64, 'base64')
      for (let end = 0; end <= bytes.length; end++) {
        describeUrl(asData('image/png', bytes.subarray(0, end).toString('base64')))
        const changed = Buffer.from(bytes)
        changed[end % bytes.length] = 0xff
        describeUrl(asData('image/png', changed.toString('base64')))
      }
    }
  })
})
