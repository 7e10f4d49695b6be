import { expect, test } from 'vitest'
import { z } from 'zod'
import { har } from './har.ts'
import { createMasker, noMasker } from './mask.ts'
import { eventsWith, write } from './sampleExport.ts'

/** HTTP Archive 1.2, as its text defines it: what has to be there, of which kind. */
const dateTime = z.iso.datetime()
const duration = z.number().min(-1)
const pair = z.object({ name: z.string(), value: z.string() })
const harSchema = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    pages: z.array(
      z.object({
        startedDateTime: dateTime,
        id: z.string(),
        title: z.string(),
        pageTimings: z.object({ onContentLoad: duration, onLoad: duration }),
      }),
    ),
    entries: z.array(
      z.object({
        pageref: z.string(),
        startedDateTime: dateTime,
        time: z.number().min(0),
        request: z.object({
          method: z.string(),
          url: z.url(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: z.array(pair),
          queryString: z.array(pair),
          postData: z.object({ mimeType: z.string(), text: z.string() }).optional(),
          headersSize: z.number().int().min(-1),
          bodySize: z.number().int().min(-1),
        }),
        response: z.object({
          status: z.number().int(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(z.never()),
          headers: z.array(pair),
          content: z.object({ size: z.number().int().min(0), mimeType: z.string(), text: z.string() }),
          redirectURL: z.string(),
          headersSize: z.number().int().min(-1),
          bodySize: z.number().int().min(-1),
        }),
        cache: z.object({}),
        timings: z.object({
          blocked: duration,
          dns: duration,
          connect: duration,
          ssl: duration,
          send: z.number().min(0),
          wait: z.number().min(0),
          receive: z.number().min(0),
        }),
        connection: z.string(),
        _resourceType: z.enum(['fetch', 'websocket']),
        _webSocketMessages: z
          .array(
            z.object({ type: z.enum(['send', 'receive']), time: z.number(), opcode: z.literal(1), data: z.string() }),
          )
          .optional(),
      }),
    ),
  }),
})

test('it has the shape of HTTP Archive 1.2, with both kinds of exchange', () => {
  const { log } = harSchema.parse(JSON.parse(write(har, 'hello there', noMasker)))
  const [sse, socket] = log.entries
  expect(log.pages.map(({ id, title }) => ({ id, title }))).toEqual([{ id: 's1', title: 'hello there' }])
  expect(sse).toMatchObject({
    pageref: 's1',
    time: 4_000,
    request: {
      method: 'POST',
      url: 'https://chatgpt.com/backend-api/codex/responses?a=1',
      queryString: [{ name: 'a', value: '1' }],
      postData: { mimeType: 'application/json' },
    },
    response: { status: 200, content: { mimeType: 'text/event-stream' } },
    timings: { wait: 300, receive: 3_700 },
  })
  expect(sse?.response.content.text.match(/^data: /gm)).toHaveLength(eventsWith('hello there').length)
  expect(socket?.request.url).toBe('wss://chatgpt.com/backend-api/codex/responses')
  expect(socket?._webSocketMessages?.slice(0, 2)).toEqual([
    { type: 'send', time: 1.001, opcode: 1, data: '{"type":"response.create","input":["hello there"]}' },
    { type: 'receive', time: 1.3, opcode: 1, data: '{"type":"response.created","response":{"id":"r1"}}' },
  ])
})

test('masked it has the same shape, and as many events', () => {
  const { log } = harSchema.parse(
    JSON.parse(write(har, 'key sk-4f9c1d7ab02e86355d90c8fa in /home/jane', createMasker())),
  )
  const events = eventsWith('key sk-4f9c1d7ab02e86355d90c8fa in /home/jane')
  expect(log.entries[1]?._webSocketMessages).toHaveLength(events.length + 1)
  const deltas = log.entries[1]?._webSocketMessages?.map(({ data }) => JSON.parse(data).delta ?? '').join('')
  expect(deltas).toBe('key sk-…c8fa in ~')
})
