import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { enter } from './entrance.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, tapedeck } from './tapedeck.ts'

test('a page that is not signed in any more says so, in place of telling to start what runs', async ({
  browser,
  makeHome,
  startServer,
}) => {
  const server = await startServer(makeHome())
  const context = await browser.newContext({ storageState: await enter(browser, server) })
  const page = await context.newPage()
  await page.goto(`${new URL(server.ui).origin}/#/live`)
  await keepSockets(page)
  await expect.poll(() => page.evaluate(() => (window as unknown as Watched).sockets.at(-1)?.readyState)).toBe(1)
  await context.clearCookies()
  await page.evaluate(() => (window as unknown as Watched).sockets.at(-1)?.close())
  await expect(page.getByText(/This page is not signed in to Tapedeck any more/)).toBeVisible()
  await expect(page.getByText('Tapedeck does not answer.')).toBeHidden()
  await context.close()
})

test('a browser without the link is told the command, and what that prints while Tapedeck runs lets it in', async ({
  browser,
  makeHome,
  startServer,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  const page = await browser.newPage()
  await page.goto(new URL(server.ui).origin)
  await expect(page.getByRole('heading', { name: 'This browser is not signed in to Tapedeck' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 600 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

  const [, program, ...args] = /^(tapedeck) (.+)$/.exec((await page.locator('code').textContent()) ?? '') ?? []
  expect(program).toBe('tapedeck')
  const { code, stdout } = await tapedeck(home, [...args, '--no-open'])
  expect(code).toBe(0)
  const [link = ''] = /http:\S+/.exec(stdout) ?? []
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Set up Tapedeck' })).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link has been used or is too old' })).toBeVisible()
  await page.goto(`${new URL(server.ui).origin}/nowhere`)
  await page.getByRole('link', { name: 'Open Tapedeck' }).click()
  await expect(page.getByRole('heading', { name: 'Set up Tapedeck' })).toBeVisible()
  await page.close()
})

test('a part of the page that could not be had is asked for again, until it is there', async ({ openTurn }) => {
  const { page } = await openTurn(() => answer(say('It is **there**.')), 'hello')
  await page.goto('about:blank')
  const failed = new Set<string>()
  await page.route(/\/assets\/(MarkdownBody|Inspector)-[^/]+\.js/, async (route) => {
    const url = route.request().url()
    if (failed.has(url)) return route.continue()
    failed.add(url)
    await route.abort()
  })
  await page.goBack()
  await expect(page.locator('strong', { hasText: 'there' })).toBeVisible()
  await page.keyboard.press('Control+i')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  expect(failed.size).toBe(2)
})

test('a part of the page that does not come is told of, and is there after a reload', async ({ openTurn }) => {
  const { page } = await openTurn(() => answer(say('It is there.')), 'hello')
  const part = /\/assets\/Inspector-[^/]+\.js/
  await page.route(part, (route) => route.abort())
  await page.keyboard.press('Control+i')
  const notice = page.getByRole('status').filter({ hasText: 'A part of this page cannot be loaded.' })
  await expect(notice).toBeVisible()
  await page.unroute(part)
  await notice.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  await expect(notice).toBeHidden()
})

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
  const { goOn, held } = gate()
  fake.scenario = ({ kind, step }) => {
    if (kind === 'title') return answer(say('{"title":"Counting"}'))
    return step === 1 ? answer(say(before), run('echo hello')) : answer(say(words.join(' '), { restAfter: held }))
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
    // While the line is down for the last time, the rest comes.
    if (drops === 3) goOn()
    await page.evaluate(() => (window as unknown as Watched).sockets.at(-1)?.close())
    await expect
      .poll(() => page.evaluate(() => (window as unknown as Watched).sockets.map(({ readyState }) => readyState)))
      .toEqual([...Array(drops).fill(3), 1])
  }
  await done
  await expect(region).toContainText(words.join(' '))
  expect(await page.evaluate(() => (window as unknown as Watched).fewer)).toEqual([])
  expect(await region.evaluate((element) => element.scrollTop)).toBe(500)
  expect((await region.innerText()).match(/w\d+\./g)).toEqual(words)
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
      const count = region?.isConnected ? (region.textContent?.match(/w\d+\./g)?.length ?? 0) : 0
      if (count < watched.words || region?.scrollTop !== 500)
        watched.fewer.push(`${watched.words} words, then ${count} at ${region?.scrollTop}`)
      watched.words = count
      requestAnimationFrame(look)
    }
    look()
  })
}
