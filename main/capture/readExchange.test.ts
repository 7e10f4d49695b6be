import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { RawPart } from './rawExchange.ts'
import { type ReadExchange, readExchange } from './readExchange.ts'
import { answerEvents, bytesOf, httpParts, requestOf, socketParts, toSse, wholeAnswer } from './sampleTurn.ts'

const request = requestOf()
const events = answerEvents.map((event) => JSON.parse(JSON.stringify(event)))
const response = events.at(-1).response

test.each<[string, RawPart[], ReadExchange]>([
  ['a stream', httpParts(), { request, response, events }],
  ['messages', socketParts(), { request: { type: 'response.create', ...request }, response, events }],
  [
    'packed bodies',
    httpParts({
      head: { headers: [['content-encoding', 'zstd']] },
      request: zstdCompressSync(bytesOf(request)),
      answer: { headers: [['content-encoding', 'gzip']], body: gzipSync(toSse(answerEvents)) },
    }),
    { request, response, events },
  ],
  ['one JSON', httpParts({ answer: { body: wholeAnswer } }), { request, response: wholeAnswer, events: [] }],
  [
    'words',
    httpParts({ request: 'Hello?', answer: { httpStatus: 502, body: 'Bad gateway' } }),
    { request: 'Hello?', response: 'Bad gateway', events: [] },
  ],
  [
    'a handshake that is refused',
    httpParts({ head: { transport: 'websocket' }, request: '', answer: { httpStatus: 401, body: { detail: 'No.' } } }),
    { request: null, response: { detail: 'No.' }, events: [] },
  ],
  ['what was never answered', httpParts({ answer: null }), { request, response: null, events: [] }],
  ['nothing', [], { request: null, response: null, events: [] }],
])('an exchange is read as it was said: %s', (_name, parts, expected) => {
  expect(readExchange(parts)).toEqual(expected)
})
