import { PassThrough } from 'node:stream'
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { frame, splitAnywhere } from './sampleTurn.ts'
import { createMessageReader, negotiatedDeflate } from './webSocketFrames.ts'

/** A message as permessage-deflate has it, with nothing remembered from the one before. */
function deflated(text: string | Buffer): Buffer {
  const packed = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH })
  return packed.subarray(0, packed.length - 4)
}

/** Messages that were packed one after another, each with what the last ones said in mind. */
async function deflatedInOneGo(texts: (string | Buffer)[]): Promise<Buffer[]> {
  const deflate = createDeflateRaw()
  const sink = deflate.pipe(new PassThrough())
  const messages: Buffer[] = []
  for (const text of texts) {
    deflate.write(text)
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve))
    const packed = sink.read() as Buffer
    messages.push(packed.subarray(0, packed.length - 4))
  }
  deflate.destroy()
  return messages
}

type Deflate = Parameters<typeof createMessageReader>[0]

function read(pieces: Uint8Array[], deflate: Deflate = null): { messages: string[]; broken: boolean } {
  const reader = createMessageReader(deflate)
  const results = pieces.map((piece) => reader.push(piece))
  return {
    messages: results.flatMap(({ messages }) => messages.map((message) => Buffer.from(message).toString())),
    broken: results.some(({ broken }) => broken),
  }
}

const mask = Uint8Array.from([7, 0, 255, 99])
const ping = frame('still there?', { opcode: 9 })
const long = 'Umlauts äöü and owls 🦉. '.repeat(4000)

describe('messages', () => {
  const cases: [string, Buffer[], string[]][] = [
    ['a text', [frame('hello')], ['hello']],
    ['an empty one', [frame('')], ['']],
    ['bytes', [frame('hello', { opcode: 2 })], ['hello']],
    [
      'one of the middle length',
      [frame('x'.repeat(126)), frame('y'.repeat(65_535))],
      ['x'.repeat(126), 'y'.repeat(65_535)],
    ],
    ['a long one', [frame(long), frame('next')], [long, 'next']],
    ['lengths in more bytes than needed', [frame('a', { lengthBytes: 2 }), frame('b', { lengthBytes: 8 })], ['a', 'b']],
    ['masked ones', [frame('hello', { mask }), frame(long, { mask })], ['hello', long]],
    [
      'fragments with control frames between them',
      [
        frame('hel', { isFinal: false }),
        ping,
        frame('', { opcode: 0, isFinal: false }),
        frame('pong', { opcode: 10, mask }),
        frame('lo', { opcode: 0, mask }),
        frame('next'),
      ],
      ['hello', 'next'],
    ],
    ['nothing after a close', [frame('last'), frame('', { opcode: 8 }), frame('too late')], ['last']],
    ['half a frame', [frame('hello').subarray(0, 4)], []],
    ['half a message', [frame('hello', { isFinal: false }), ping], []],
  ]

  test.each(cases)('%s', (_name, frames, messages) => {
    expect(read(frames)).toEqual({ messages, broken: false })
  })

  test.each(cases)('%s, split anywhere', (_name, frames, messages) => {
    const random = createRandom(1)
    const bytes = Buffer.concat(frames)
    for (let round = 0; round < 20; round++) {
      const pieces = splitAnywhere(bytes, random, bytes.length > 10_000 ? 3000 : 3)
      expect(read(pieces)).toEqual({ messages, broken: false })
    }
  })
})

describe('permessage-deflate', () => {
  const texts = ['{"type":"a"}', '{"type":"a"}', long, '{"type":"a","owl":"🦉"}', '', long]

  test('each message packed for itself', () => {
    const frames = texts.map((text) => frame(deflated(text), { isCompressed: true, mask }))
    for (const takeover of [true, false]) expect(read(frames, { takeover })).toEqual({ messages: texts, broken: false })
  })

  test('each message packed with those before it in mind, plain ones and pings in between', async () => {
    const dice = createRandom(3)
    const noise = Buffer.from(Array.from({ length: 40_000 }, () => dice(256))).toString('base64')
    const all = [...texts, noise, noise.slice(-9000), '{"type":"a"}']
    const packed = await deflatedInOneGo(all)
    const frames = packed.flatMap((bytes) => [ping, frame(bytes, { isCompressed: true }), frame('plain')])
    const messages = all.flatMap((text) => [text, 'plain'])
    expect(read(frames, { takeover: true })).toEqual({ messages, broken: false })
    const random = createRandom(2)
    expect(read(splitAnywhere(Buffer.concat(frames), random, 5000), { takeover: true })).toEqual({
      messages,
      broken: false,
    })
    expect(read(frames, { takeover: false }).broken).toBe(true)
  })

  test('fragments of a packed message', () => {
    const packed = deflated(long)
    const frames = [
      frame(packed.subarray(0, 10), { isCompressed: true, isFinal: false }),
      ping,
      frame(packed.subarray(10, 11), { opcode: 0, isFinal: false }),
      frame(packed.subarray(11), { opcode: 0 }),
    ]
    expect(read(frames, { takeover: true })).toEqual({ messages: [long], broken: false })
  })

  test('a message whose packer closed it', () => {
    expect(read([frame(deflateRawSync('done'), { isCompressed: true })], { takeover: false })).toEqual({
      messages: ['done'],
      broken: false,
    })
  })
})

describe('what cannot be read ends it, after the messages before it', () => {
  const bomb = deflated(Buffer.alloc(48 * 1024 * 1024 + 1))
  const cases: [string, Buffer[], Deflate][] = [
    ['packed without an agreement', [frame(deflated('x'), { isCompressed: true })], null],
    [
      'a packed continuation',
      [frame('x', { isFinal: false }), frame('y', { opcode: 0, isCompressed: true })],
      { takeover: true },
    ],
    ['a packed control frame', [frame('x', { opcode: 9, isCompressed: true })], { takeover: true }],
    ['reserved bits', [frame('x', { reserved: 1 })], { takeover: true }],
    ['an unknown kind', [frame('x', { opcode: 3 })], null],
    ['an unknown control frame', [frame('x', { opcode: 11 })], null],
    ['a control frame in fragments', [frame('x', { opcode: 9, isFinal: false })], null],
    ['a control frame that is too long', [frame('x'.repeat(126), { opcode: 9 })], null],
    ['a continuation of nothing', [frame('x', { opcode: 0 })], null],
    ['a message inside of another', [frame('x', { isFinal: false }), frame('y')], null],
    ['what does not unpack', [frame(Buffer.from([0xff, 0xff, 0xff]), { isCompressed: true })], { takeover: true }],
    ['what unfolds beyond the limit', [frame(bomb, { isCompressed: true })], { takeover: true }],
    ['what says that it is too long', [frame('x', { length: 48 * 1024 * 1024 + 1 })], null],
    ['the longest length', [frame('x', { lengthBytes: 8, length: 2 ** 63 })], null],
    [
      'fragments that are too long together',
      [frame(Buffer.alloc(1024), { isFinal: false }), frame('x', { opcode: 0, length: 48 * 1024 * 1024 })],
      null,
    ],
  ]
  test.each(cases)('%s', (_name, frames, deflate) => {
    expect(read([frame('before'), ...frames, frame('after')], deflate)).toEqual({ messages: ['before'], broken: true })
  })
})

test('what the two sides agreed on stands in the answer', () => {
  const agreed = (...values: string[]) =>
    negotiatedDeflate(values.map((value) => ['Sec-WebSocket-Extensions', value] as [string, string]))
  expect(agreed()).toBe(null)
  expect(agreed('x-other; permessage-deflate=no')).toBe(null)
  expect(agreed('permessage-deflate')).toEqual({ clientTakeover: true, serverTakeover: true })
  expect(agreed('x-other, PerMessage-Deflate; client_no_context_takeover ;client_max_window_bits=12')).toEqual({
    clientTakeover: false,
    serverTakeover: true,
  })
  expect(agreed('x-other', 'permessage-deflate; server_no_context_takeover')).toEqual({
    clientTakeover: true,
    serverTakeover: false,
  })
})
