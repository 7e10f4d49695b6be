import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { launchBrowser } from '../../e2e/browser.ts'
import { createCodexHome } from '../../e2e/codexHome.ts'
import { startFakeOpenAi } from '../../e2e/fakeOpenAi/fakeOpenAi.ts'
import { type Server, serve } from '../../e2e/tapedeck.ts'
import { sessionIdOf } from '../archive/conversation.ts'
import { type Frames, scroll, traceFrames } from './frames.ts'
import { fillUpTo, longSessionIdOf } from './largeArchive.ts'
import { answerTimes, type Latency, summarize, takeKeyTimes, timeUntil, timeUntilRows } from './latency.ts'

export interface BrowserMeasurement {
  browser: string
  sessions: number
  /** From the start of the navigation to the first rows of the list. */
  firstRowsMs: number
  frames: Record<string, Frames>
  latencies: Record<string, Latency>
  /** In MiB. */
  memory: Record<string, number>
}

const rounds = 12
/** Between two keys, faster than anybody types. */
const keyMs = 40
/** Who types reaches for Enter no sooner than for another letter; here with what the keys are apart already. */
const restMs = 110
const words = ['retry', 'getUserAccount', 'error file', 'cache index', 'parse', 'stream socket']

/** Opens the page of a Tapedeck with a large archive in a real browser, and does what people do. */
export async function measureBrowser(
  dataDir: string,
  sessions: number,
  say: (line: string) => void,
): Promise<BrowserMeasurement> {
  fillUpTo(dataDir, sessions, say)
  const fake = await startFakeOpenAi()
  const home = createCodexHome(fake, { login: 'chatgpt' })
  const server = await serve(home, [], { TAPEDECK_HOME: dataDir })
  const browser = await launchBrowser()
  try {
    return await measure(browser, server, sessions, say)
  } finally {
    await browser.close()
    await server.stop()
    await fake.close()
    home.remove()
  }
}

async function measure(browser: Browser, server: Server, sessions: number, say: (line: string) => void) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.addInitScript({ path: path.join(import.meta.dirname, 'pageProbe.js') })
  const session = await page.context().newCDPSession(page)
  const frames: Record<string, Frames> = {}
  const latencies: Record<string, Latency> = {}
  const memory: Record<string, number> = {}
  const weigh = async (when: string) => {
    memory[`page’s JavaScript, ${when}`] = await heapMiB(session)
    memory[`page’s process, ${when}`] = await rendererMiB(browser)
    memory[`Tapedeck, ${when}`] = residentMiB(server.pid)
  }

  await page.goto(server.ui)
  await page.locator(row(sessionIdOf(sessions))).waitFor()
  const firstRowsMs = await page.evaluate(() => performance.now())
  await weigh('at first')

  say('opening sessions')
  await page.locator(row(sessionIdOf(sessions - 1))).click()
  await page
    .locator(turnOf(sessionIdOf(sessions - 1)))
    .first()
    .waitFor()
  await page.locator(`${row(sessionIdOf(sessions - 1))} a`).focus()
  const opened: number[] = []
  for (let n = sessions - 2; n > sessions - 2 - rounds; n--) {
    opened.push(await timeUntil(page, turnOf(sessionIdOf(n)), () => page.keyboard.press('j')))
  }
  latencies['open the next session (j)'] = summarize(opened)
  const long = longSessionIdOf(sessions)
  const clicked = await timeUntil(page, turnOf(long), async () => {
    await page.locator(row(long)).click()
  })
  latencies['open a session of 500 turns'] = summarize([clicked])
  const other = sessionIdOf(sessions - 1)
  await page.locator(row(other)).click()
  await page.locator(turnOf(other)).first().waitFor()
  // By now the page has forgotten the long one.
  await page.waitForTimeout(1_500)
  await page.locator(row(long)).hover()
  await page.waitForTimeout(300)
  const pointed = await timeUntil(page, turnOf(long), async () => {
    await page.locator(row(long)).click()
  })
  latencies['… after the pointer rested on it'] = summarize([pointed])

  say('scrolling')
  await page.locator('[data-conversation]').hover()
  await page.locator('[data-conversation]').evaluate((region) => region.scrollTo(0, 0))
  frames['a conversation of 500 turns'] = await traceFrames(session, () => scroll(session, { x: 1000, y: 500 }, 12_000))
  await weigh('with the long conversation')
  frames['the list of sessions'] = await traceFrames(session, () => scroll(session, { x: 350, y: 500 }, 12_000))
  await page.locator(row(long)).waitFor({ state: 'detached' })

  say('filtering')
  const answers = listenForLists(page)
  await takeKeyTimes(page)
  const atOnce = await filterByAll(page, 0)
  latencies['filter: a key typed, to its paint'] = summarize(await takeKeyTimes(page))
  latencies['filter: Enter 40 ms after the last key, to narrowed rows'] = summarize(atOnce.begun)
  latencies['… to all of the narrowed list'] = summarize(atOnce.whole)
  latencies['filter: the quick answer alone'] = summarize(answers.quick)
  latencies['filter: the whole answer alone'] = summarize(answers.whole)
  const afterRest = await filterByAll(page, restMs)
  latencies[`filter: Enter ${keyMs + restMs} ms after the last key, to narrowed rows`] = summarize(afterRest.begun)
  latencies['… to all of it, with its count'] = summarize(afterRest.whole)

  say('searching')
  const palette: number[] = []
  const found: number[] = []
  for (let round = 0; round < rounds; round++) {
    palette.push(await timeUntil(page, '[role=dialog] input', () => page.keyboard.press('Control+k')))
    const word = words[round % words.length] as string
    await page.keyboard.type(word.slice(0, -1), { delay: keyMs })
    await page.locator(hitCount, { hasText: /hit/ }).waitFor()
    found.push(await timeUntil(page, `${hitCount}:not(:empty)`, () => page.keyboard.type(word.slice(-1))))
    await page.keyboard.press('Escape')
    await page.locator('[role=dialog]').waitFor({ state: 'detached' })
  }
  latencies['⌘K, to the open search'] = summarize(palette)
  latencies['search: a key typed, to its paint'] = summarize(await takeKeyTimes(page))
  latencies['search: the last key, to the hits'] = summarize(found)
  latencies['search: the answer alone'] = summarize(await answerTimes(page, 'search/query'))
  await weigh('at the end')
  return { browser: browser.version(), sessions, firstRowsMs, frames, latencies, memory }
}

/** One word after the other: from Enter to the first other rows, and to all of the list with its count. */
async function filterByAll(page: Page, restMs: number): Promise<{ begun: number[]; whole: number[] }> {
  const begun: number[] = []
  const whole: number[] = []
  for (const word of words) {
    await page.keyboard.press('f')
    await page.keyboard.type(word, { delay: keyMs })
    await page.waitForTimeout(restMs)
    const rowsChange = await timeUntilRows(page, '[data-pane=list] [data-rows] ul', total)
    whole.push(await timeUntil(page, total, () => page.keyboard.press('Enter')))
    begun.push(await rowsChange())
    await page.getByRole('button', { name: /^Remove the filter/ }).click()
    await page.locator(total).waitFor({ state: 'detached' })
    await page.locator('[data-pane=list] h2').first().click()
  }
  return { begun, whole }
}

/** How long the page waits for lists: the quick one is of the newest places of a word that is everywhere, and shown until the whole comes. */
function listenForLists(page: Page): { quick: number[]; whole: number[] } {
  const answers = { quick: [] as number[], whole: [] as number[] }
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/api/session/list')) return
    const { isQuick, query } = request.postDataJSON() as { isQuick?: boolean; query?: string }
    if (query) answers[isQuick ? 'quick' : 'whole'].push(request.timing().responseEnd)
  })
  return answers
}

/** How many sessions there are is said once all of them are known. */
const total = '[data-pane=list] header span'

/** How many hits there are is said once they are those of the whole word. */
const hitCount = '[role=dialog] [role=status]'

const row = (id: string) => `li[data-key="${id}"]`
const turnOf = (id: string) => `[data-conversation] [data-turn^="${id}-"]`

async function heapMiB(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1024 ** 2
}

async function rendererMiB(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMiB(id))
  return Math.max(...sizes)
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
