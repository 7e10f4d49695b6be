import type { Page } from '@playwright/test'
import { answer, paced, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec } from './tapedeck.ts'

/** The stream goes on meanwhile. */
const soon = { intervals: [50] }

interface Watched {
  sockets: WebSocket[]
  fewer: string[]
  words: number
}

test('a line that drops in mid-stream takes no word away, leaves the reader where they are, and misses nothing', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const before = Array.from({ length: 60 }, (_, n) => `Paragraph ${n} of what came before.`).join('\n\n')
  const words = Array.from({ length: 300 }, (_, n) => `w${n}.`)
  fake.scenario = ({ kind, step }) => {
    if (kind === 'title') return answer(say('{"title":"Counting"}'))
    return step === 1 ? answer(say(before), run('echo hello')) : paced(answer(say(words.join(' '))), 40)
  }
  const server = await startServer(home)
  const page = await openPage(server)
  await keepSockets(page)
  const done = codexExec(home, 'count for me')
  await page.getByRole('link', { name: /Counting|count for me/ }).click()
  const region = page.getByRole('region', { name: 'Conversation' })
  await expect(region).toContainText('w10.')
  const top = await region.evaluate((element) => {
    element.scrollTo(0, 500)
    return element.scrollTop
  })
  expect(top).toBe(500)
  await watchWords(page)

  for (let drops = 1; drops <= 3; drops++) {
    const from = await wordsShown(page)
    expect(from).toBeLessThan(words.length)
    await page.evaluate(() => (window as unknown as Watched).sockets.at(-1)?.close())
    await expect.poll(() => page.evaluate(() => (window as unknown as Watched).sockets.length), soon).toBe(drops + 1)
    await expect.poll(() => wordsShown(page), soon).toBeGreaterThan(from)
  }
  await done
  await expect(region).toContainText(words.join(' '))
  expect(await page.evaluate(() => (window as unknown as Watched).fewer)).toEqual([])
  expect(await region.evaluate((element) => element.scrollTop)).toBe(500)
  expect((await region.innerText()).match(/\bw\d+\./g)).toEqual(words)
})

/** So that the test can drop the line, which only the page holds. */
async function keepSockets(page: Page) {
  await page.addInitScript(() => {
    const kept: WebSocket[] = []
    Object.assign(window, { sockets: kept })
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        kept.push(this)
      }
    }
  })
  await page.reload()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** Looks at each frame, and keeps what must not be seen: fewer words than before, or another place. */
function watchWords(page: Page) {
  return page.evaluate(() => {
    const watched = window as unknown as Watched
    const region = document.querySelector(
      '[role="region"][aria-label="Conversation"], section[aria-label="Conversation"]',
    )
    watched.fewer = []
    watched.words = 0
    function look() {
      const count = region?.isConnected ? (region.textContent?.match(/\bw\d+\./g)?.length ?? 0) : 0
      if (count < watched.words || region?.scrollTop !== 500)
        watched.fewer.push(`${watched.words} words, then ${count} at ${region?.scrollTop}`)
      watched.words = count
      requestAnimationFrame(look)
    }
    look()
  })
}

function wordsShown(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Watched).words)
}
