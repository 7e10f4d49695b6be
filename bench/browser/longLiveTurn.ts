import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { launchBrowser } from '../../e2e/browser.ts'
import { createCodexHome } from '../../e2e/codexHome.ts'
import { startFakeOpenAi } from '../../e2e/fakeOpenAi/fakeOpenAi.ts'
import { entry, type Server, serve } from '../../e2e/tapedeck.ts'
import { completedEvent, createdEvent, headersOf, requestOf } from '../load/modelTraffic.ts'
import { type MainThread, traceMainThread } from './mainThread.ts'

export interface LongLiveTurn {
  items: number
  seconds: number
  /** What the page was told of the turn meanwhile, over its WebSocket. */
  updates: number
  updateBytes: number
  thread: MainThread
}

const ids = { sessionId: 'long-live', turnId: 'long-live-turn' }
const sampleMs = 8_000
const gapMs = 16
/** Twice as fast as a fast model writes. */
const words = 'the next words '

/**
 * A turn of so many items, at the end of which a text streams at one event a frame, as a page shows it that follows. Of that text so
 * many characters are there from the beginning. `file` is the build of Tapedeck that is asked, so that two can be compared in one run.
 */
export async function measureLongLiveTurn(items: number, textLength: number, file = entry): Promise<LongLiveTurn> {
  const upstream = createModel(items, textLength)
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const fake = await startFakeOpenAi()
  const home = createCodexHome(fake, { login: 'chatgpt' })
  const server = await serve(home, [], { TAPEDECK_UPSTREAM_OPENAI: url }, [], file)
  const browser = await launchBrowser()
  const stop = new AbortController()
  try {
    const ask = await openLaunch(server)
    await (await ask([], 'items', stop.signal)).text()
    const answer = await ask(outputs(items), 'text', stop.signal)
    const text = answer.text().catch(() => '')
    const measured = await measure(browser, server, items)
    stop.abort()
    await text
    return measured
  } finally {
    stop.abort()
    await browser.close()
    await server.stop()
    await fake.close()
    upstream.close()
    upstream.closeAllConnections()
    home.remove()
  }
}

async function measure(browser: Browser, server: Server, items: number): Promise<LongLiveTurn> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  const session = await page.context().newCDPSession(page)
  let updates = 0
  let updateBytes = 0
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (!String(payload).startsWith('{"method":"turn/updated"')) return
      updates += 1
      updateBytes += payload.length
    }),
  )
  await page.goto(server.ui)
  await page.goto(`${new URL(server.ui).origin}/#/session/${ids.sessionId}`)
  await page.locator('[data-conversation]').getByText(words.trim()).last().waitFor()
  await page.getByRole('button', { name: 'Following' }).waitFor()
  await pause(2_000)
  updates = 0
  updateBytes = 0
  const thread = await traceMainThread(session, () => pause(sampleMs))
  return { items, seconds: sampleMs / 1_000, updates, updateBytes, thread }
}

async function openLaunch(server: Server) {
  const { launch } = await server.call('launch/create', { cwd: process.cwd(), credential: 'codexLogin' })
  await server.call('launch/started', { id: launch.id, pid: process.pid })
  return (input: object[], answer: 'items' | 'text', signal: AbortSignal) => {
    const request = JSON.parse(requestOf(ids, 2_000)) as { input: object[] }
    return fetch(`http://127.0.0.1:${launch.proxyPort}/t/${launch.pathToken}/v1/responses?answer=${answer}`, {
      method: 'POST',
      headers: headersOf(ids, { accept: 'text/event-stream', 'content-type': 'application/json' }),
      body: JSON.stringify({ ...request, input: [...request.input, ...input] }),
      signal,
    })
  }
}

/** Answers with the items of a long turn but for the last, or with a text that streams until nobody reads it any more. */
function createModel(items: number, textLength: number) {
  return createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      if (request.url?.includes('answer=items')) answerItems(response, items)
      else streamText(response, textLength)
    })
  })
}

function answerItems(response: ServerResponse, items: number): void {
  write(response, JSON.parse(createdEvent('items')))
  for (let at = 0; at < items - 2; at += 1) {
    write(response, { type: 'response.output_item.done', output_index: at, item: itemAt(at) })
  }
  write(response, JSON.parse(completedEvent('items')))
  response.end()
}

function streamText(response: ServerResponse, textLength: number): void {
  const item = { type: 'message', id: 'text', role: 'assistant', content: [] }
  write(response, JSON.parse(createdEvent('text')))
  write(response, { type: 'response.output_item.added', output_index: 0, item })
  const say = (delta: string) =>
    write(response, { type: 'response.output_text.delta', item_id: 'text', output_index: 0, content_index: 0, delta })
  if (textLength > 0) say(markdownOf(textLength))
  let sent = 0
  const timer = setInterval(() => {
    sent += 1
    say(sent % 40 === 0 ? `${words}\n\n` : words)
  }, gapMs)
  response.on('close', () => clearInterval(timer))
}

/** As models write: a heading, prose, a list, code and a table, again and again. */
function markdownOf(length: number): string {
  const section = `## What was found

The test compared two clocks: \`Date.now()\` in [login.ts](/src/login.ts:12) and the **fake** one. Each is read once for every request.

- The first one is read by \`createSession\`, *before* the request goes out.
- The second one is read when the answer is there, see https://a.example/x.

\`\`\`ts
export function at(clock: Clock): number {
  // One clock for all.
  return clock.now() + 1
}
\`\`\`

| file | before | after |
| --- | --- | --- |
| login.ts | 12 | 7 |

1. Run it again.
2. Look at the clock.

`
  return section.repeat(Math.max(1, Math.round(length / section.length)))
}

/** Thoughts, four commands, and what is said of them. */
function itemAt(at: number): object {
  if (at % 6 === 0) {
    const summary = [{ type: 'summary_text', text: `Look at part ${at}.` }]
    return { type: 'reasoning', id: `r${at}`, summary }
  }
  if (at % 6 === 5) {
    const content = [{ type: 'output_text', text: `Part ${at} is as it should be.` }]
    return { type: 'message', id: `m${at}`, role: 'assistant', content }
  }
  const input = JSON.stringify({ cmd: `rg -n part-${at} src` })
  return { type: 'function_call', id: `f${at}`, call_id: `c${at}`, name: 'exec_command', arguments: input }
}

function outputs(items: number): object[] {
  return Array.from({ length: items - 2 }, (_, at) => itemAt(at)).flatMap((item) =>
    'call_id' in item
      ? [{ type: 'function_call_output', call_id: item.call_id, output: `${'src/a.ts:1: what was found\n'.repeat(5)}` }]
      : [],
  )
}

function write(response: ServerResponse, event: Record<string, unknown>): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}
