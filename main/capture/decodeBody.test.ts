import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeBody, maxDecodedBytes } from './decodeBody.ts'

const text = Buffer.from('{"input":"a body of some length, a body of some length"}')
const random = Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * 7919 + ((i * i) >> 3)) & 0xff))

const codings: [string, Buffer][] = [
  ['zstd', zstdCompressSync(text)],
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['identity', text],
  ['', text],
  ['gzip, zstd', zstdCompressSync(gzipSync(text))],
]

test.each(codings)('%s is undone', (coding, body) => {
  expect(decodeBody(body, [['Content-Encoding', coding]])).toEqual({ bytes: text, problem: null })
})

test('codings in several headers stack in their order', () => {
  const body = brotliCompressSync(zstdCompressSync(text))
  const headers: [string, string][] = [
    ['content-encoding', 'zstd'],
    ['content-encoding', 'br'],
  ]
  expect(decodeBody(body, headers)).toEqual({ bytes: text, problem: null })
})

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
] as const)('members of %s that follow each other are one body', (coding, compress) => {
  const body = Buffer.concat([compress(text), compress(text)])
  expect(decodeBody(body, [['content-encoding', coding]]).bytes.toString()).toBe(`${text}${text}`)
})

test.each([
  ['gzip', gzipSync(random)],
  ['zstd', zstdCompressSync(random)],
  ['br', brotliCompressSync(random)],
])('of %s that breaks off, what arrived is read', (coding, body) => {
  const { bytes, problem } = decodeBody(body.subarray(0, body.length - 20), [['content-encoding', coding]])
  expect(problem).toBe(null)
  expect(random.subarray(0, bytes.length).equals(bytes)).toBe(true)
})

test('what would unfold beyond the limit is not read', () => {
  const bomb = zstdCompressSync(Buffer.alloc(maxDecodedBytes + 1))
  expect(bomb.length).toBeLessThan(10_000)
  expect(decodeBody(bomb, [['content-encoding', 'zstd']])).toEqual({ bytes: Buffer.alloc(0), problem: 'tooLarge' })
})

test('nonsense and unknown codings are told as broken', () => {
  expect(decodeBody(text, [['content-encoding', 'gzip']])).toMatchObject({ problem: 'broken' })
  for (const unknown of ['snappy', 'constructor', '__proto__']) {
    expect(decodeBody(text, [['content-encoding', unknown]])).toEqual({ bytes: text, problem: 'broken' })
  }
})
