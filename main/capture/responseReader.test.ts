import { Buffer } from 'node:buffer'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { maxDecodedBytes } from './decodeBody.ts'
import { createRandom } from './random.ts'
import type { HeaderList } from './rawExchange.ts'
import { createHttpReader, createMessageLineReader, type ResponseListener } from './responseReader.ts'
import { answerEvents, bytesOf, splitAnywhere, toSse, wholeAnswer } from './sampleTurn.ts'

type Told = ['event' | 'body' | 'problem', unknown, at?: number] | ['streams']

function createListener() {
  const told: Told[] = []
  const listener: ResponseListener = {
    event: (event, at) => void told.push(['event', event, at]),
    body: (body, at) => void told.push(['body', body, at]),
    streams: () => void told.push(['streams']),
    problem: (problem) => void told.push(['problem', problem]),
  }
  return { told, listener }
}

/** Pieces come at 0, 1, 2 …, and the end at 100. */
function read(pieces: Uint8Array[], headers: HeaderList = []): Told[] {
  const { told, listener } = createListener()
  const reader = createHttpReader(listener)
  reader.answered(headers)
  pieces.forEach((piece, at) => {
    reader.push(piece, at)
  })
  reader.end(100)
  return told
}

const told = (events: unknown[], at = 0): Told[] => [['streams'], ...events.map((event): Told => ['event', event, at])]
const withoutTimes = (all: Told[]) => all.map(([what, value]) => [what, value])

const owl = { type: 'owl', text: 'naïve 雪 🦉' }
const snow = { type: 'snow' }

describe('server-sent events', () => {
  const sse = `event: owl\ndata: ${JSON.stringify(owl)}\n\ndata: {"type":"snow"}\n\n`

  test.each<[string, string]>([
    ['line feeds', sse],
    ['carriage returns and line feeds', sse.replaceAll('\n', '\r\n')],
    ['carriage returns', sse.replaceAll('\n', '\r')],
    ['all of these', `data:${JSON.stringify(owl)}\r\r\ndata: {"type":"snow"}\n\r\n`],
    ['a byte order mark', `\uFEFFdata: ${JSON.stringify(owl)}\n\n${sse.slice(sse.indexOf('\n\n') + 2)}`],
    ['data in several lines', `data: {"type":"owl",\ndata:"text"\ndata: :"naïve 雪 🦉"}\n\ndata:{"type":"snow"}\n\n`],
    [
      'comments, ids, retries and unknown fields',
      `: hello\n\nid: 1\nretry: 10\nfoo: bar\ndata: ${JSON.stringify(owl)}\n: there\n\n:\n\nid\ndata: {"type":"snow"}\n\n`,
    ],
    ['empty lines before the first event', `\n\n\r\n${' \n'.repeat(60)}${sse}`],
    ['a last event without its empty line', sse.slice(0, -2)],
    ['a last event with half of its empty line', sse.slice(0, -1)],
    [
      'events that are no JSON, or no objects',
      `data: [DONE]\n\n${sse}data: 12\n\ndata: []\n\ndata: {"type"\n\ndata\n\n`,
    ],
  ])('%s', (_name, text) => {
    const bytes = bytesOf(text)
    const expected = withoutTimes(told([owl, snow]))
    expect(withoutTimes(read([bytes]))).toEqual(expected)
    expect(withoutTimes(read([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual(expected)
    for (let at = 0; at <= bytes.length; at++) {
      expect(withoutTimes(read([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(expected)
    }
  })

  test('are told when they come, whatever the answer says of itself', () => {
    const pieces = [
      'da',
      'ta: {"type":"a"}\n',
      '\ndata: {"type":"b"}\n\ndata: {"ty',
      'pe":"c"}\n\n',
      'data: {"type":"d"}',
    ]
    for (const headers of [[], [['content-type', 'application/json']]] as HeaderList[]) {
      expect(read(pieces.map(bytesOf), headers)).toEqual([
        ['streams'],
        ['event', { type: 'a' }, 2],
        ['event', { type: 'b' }, 2],
        ['event', { type: 'c' }, 3],
        ['event', { type: 'd' }, 100],
      ])
    }
  })

  test('of a whole turn, in pieces of any size', () => {
    const random = createRandom(5)
    for (let round = 0; round < 20; round++) {
      const pieces = splitAnywhere(bytesOf(toSse(answerEvents)), random, 200)
      expect(withoutTimes(read(pieces))).toEqual(withoutTimes(told(answerEvents.map(asJson))))
    }
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('packed with %s are told at the end', (coding, pack) => {
    const packed = pack(bytesOf(sse))
    const headers: HeaderList = [['Content-Encoding', coding]]
    expect(read([packed.subarray(0, 9), packed.subarray(9)], headers)).toEqual(told([owl, snow], 100))
  })

  test('are no longer read beyond the limit', () => {
    const comment = bytesOf(`: ${'x'.repeat(1024 * 1024)}\n\n`)
    const pieces = [bytesOf(sse), ...Array(maxDecodedBytes / 1024 / 1024).fill(comment), bytesOf(sse)]
    expect(read(pieces)).toEqual([...told([owl, snow]), ['problem', 'tooLarge']])
  })
})

describe('other answers', () => {
  const gzip: HeaderList = [['content-encoding', 'gzip']]
  test.each<[string, Uint8Array, HeaderList, Told[]]>([
    ['JSON', bytesOf(wholeAnswer), [], [['body', wholeAnswer, 100]]],
    ['packed JSON', gzipSync(bytesOf(wholeAnswer)), gzip, [['body', wholeAnswer, 100]]],
    ['JSON after white space', bytesOf(` \r\n\t${' '.repeat(100)}{}`), [], [['body', {}, 100]]],
    ['short JSON', bytesOf('1'), [], [['body', 1, 100]]],
    ['text', bytesOf('Bad gateway'), [], [['body', 'Bad gateway', 100]]],
    ['JSON that breaks off', bytesOf('{"output":['), [], [['body', '{"output":[', 100]]],
    ['nothing', bytesOf(''), [], []],
    ['nothing, packed', gzipSync(''), gzip, []],
    ['what is not packed as it says', bytesOf('plain words'), gzip, [['problem', 'broken']]],
    ['what unfolds beyond the limit', gzipSync(Buffer.alloc(maxDecodedBytes + 1, 32)), gzip, [['problem', 'tooLarge']]],
  ])('%s', (_name, bytes, headers, expected) => {
    expect(read([bytes], headers)).toEqual(expected)
    if (bytes.length < 2000) {
      expect(
        read(
          [...bytes].map((byte) => Uint8Array.of(byte)),
          headers,
        ),
      ).toEqual(expected)
    }
  })
})

describe('messages, one a line', () => {
  const text = `{"type":"a"}\n{"type":"owl","text":"naïve 雪 🦉"}\n\n[1]\nnonsense\n{"type":"c"}`

  test('in pieces of any size, the last one without its line feed', () => {
    const bytes = bytesOf(text)
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const { told, listener } = createListener()
      const reader = createMessageLineReader(listener)
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size), 1)
      reader.end(2)
      expect(told).toEqual([
        ['event', { type: 'a' }, 1],
        ['event', owl, 1],
        ['event', { type: 'c' }, 2],
      ])
    }
  })

  test('are no longer read beyond the limit', () => {
    const { told, listener } = createListener()
    const reader = createMessageLineReader(listener)
    const message = bytesOf(`{"type":"a"}${' '.repeat(maxDecodedBytes / 2)}\n`)
    for (let at = 0; at < 3; at++) reader.push(message, at)
    reader.end(3)
    expect(told).toEqual([
      ['event', { type: 'a' }, 0],
      ['problem', 'tooLarge'],
      ['event', { type: 'a' }, 3],
    ])
  })
})

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))
