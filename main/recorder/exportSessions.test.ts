import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerOf, createFrame, post, requestOf, serverFrame, socket, userSays } from './playedTraffic.ts'
import { openPriceBook } from './priceBook.ts'
import { createReaderMethods } from './readerMethods.ts'
import { createStage, type Stage } from './stage.ts'

let stage: Stage

beforeEach(() => {
  stage = createStage()
})
afterEach(() => stage.close())

const key = 'sk-4f9c1d7ab02e86355d90c8fa'

/** Two sessions: one over HTTP with a long answer in each of its turns, one over a WebSocket with a key in it. */
function record(): void {
  const run = stage.run()
  for (const turn of [1, 2, 3]) {
    const request = requestOf({ turnId: `t${turn}`, input: [userSays(`question ${turn}`)] })
    const events = answerOf(`r${turn}`, `answer ${turn} ${'x'.repeat(300_000)}`)
    run.take(post({ streamId: `a${turn}`, request, events, at: 1_000 + turn * 100 }))
  }
  run.take([
    ...socket({ streamId: 'w' }),
    createFrame('w', requestOf({ sessionId: 's2', turnId: 't9', input: [userSays(`my key is ${key}`)] }), 9_000),
    ...answerOf('r9', 'I see /home/jane/src.').map((event) => serverFrame('w', event, 9_001)),
  ])
  run.recorder.settle()
}

const methods = () => createReaderMethods(stage.reader(), openPriceBook(stage.dataDir))

async function exportAll(params: { ids: string[]; format: 'markdown' | 'html' | 'jsonl' | 'har'; isMasked: boolean }) {
  const handlers = methods()
  const pieces: string[] = []
  let cursor: string | null = null
  do {
    const asked = { ...params, emails: [], cursor }
    const piece = (await handlers['session/export'](asked)) as { text: string; nextCursor: string | null }
    pieces.push(piece.text)
    cursor = piece.nextCursor
  } while (cursor !== null)
  return pieces
}

test('a long session comes in pieces that join to the file, none much longer than a turn', async () => {
  record()
  for (const format of ['markdown', 'html', 'jsonl', 'har'] as const) {
    const pieces = await exportAll({ ids: ['s1', 's2'], format, isMasked: false })
    const text = pieces.join('')
    expect(pieces.length, format).toBeGreaterThan(1)
    for (const wanted of ['question 1', 'question 3', 'answer 2', key]) {
      expect(text.includes(wanted), `${format}: ${wanted}`).toBe(true)
    }
    if (format === 'har') expect(JSON.parse(text).log.entries).toHaveLength(4)
    if (format === 'html') expect(text.match(/<\/html>/g)).toHaveLength(1)
  }
})

test('the WebSocket of an exchange is in the archive as its messages', async () => {
  record()
  const text = (await exportAll({ ids: ['s2'], format: 'har', isMasked: true })).join('')
  const [entry] = JSON.parse(text).log.entries
  expect(entry).toMatchObject({
    pageref: 's2',
    request: { url: 'wss://chatgpt.com/backend-api/codex/responses', method: 'GET' },
    response: { status: 101 },
    _resourceType: 'websocket',
  })
  expect(entry._webSocketMessages.map(({ type }: { type: string }) => type)).toEqual([
    'send',
    ...answerOf('r9', 'I see /home/jane/src.').map(() => 'receive'),
  ])
  expect(JSON.parse(entry._webSocketMessages[0].data).input).toEqual([userSays('my key is sk-…c8fa')])
  expect(text).not.toContain('jane')
})

test('a preview lists what would be masked, without the secret', async () => {
  record()
  const preview = await methods()['session/previewExport']({ ids: ['s2'], format: 'jsonl', emails: [] })
  expect(preview).toEqual({
    masked: [
      { kind: 'apiKey', where: 'prompts', shown: 'sk-…c8fa', count: 2 },
      { kind: 'apiKey', where: 'title', shown: 'sk-…c8fa', count: 1 },
      { kind: 'homePath', where: 'answers', shown: '~', count: 1 },
    ],
    bytes: Buffer.byteLength((await exportAll({ ids: ['s2'], format: 'jsonl', isMasked: true })).join('')),
  })
})

test('what is not there cannot be exported', async () => {
  record()
  await expect(exportAll({ ids: ['s1', 'nowhere'], format: 'jsonl', isMasked: true })).rejects.toMatchObject({
    code: 'notFound',
  })
})
