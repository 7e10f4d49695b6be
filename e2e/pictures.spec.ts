import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { gifHead, png } from '../main/capture/samplePictures.ts'
import { violationsOf } from './axe.ts'
import type { CodexHome } from './codexHome.ts'
import { type AnswerItem, answer, exec, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { codexExec, newestSession, type Server, tapedeck } from './tapedeck.ts'

const raw = (item: { type: string } & Record<string, unknown>): AnswerItem => ({ kind: 'raw', item })
const draws = (result: string, revised_prompt: string, more: object = {}) =>
  raw({
    type: 'image_generation_call',
    id: `ig_${revised_prompt}`,
    status: 'completed',
    result,
    revised_prompt,
    output_format: 'png',
    ...more,
  })

const write = (home: CodexHome, name: string, base64: string) =>
  writeFileSync(join(home.cwd, name), Buffer.from(base64, 'base64'))

const item = (page: Page, text: string | RegExp) => page.locator('[data-item]').filter({ hasText: text }).first()
const isDrawn = (page: Page, text: string | RegExp) =>
  expect.poll(async () => {
    await item(page, text).scrollIntoViewIfNeeded()
    return item(page, text)
      .locator('img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth))
  })

/** What the page was sent of the one session, as it is when the browser asks. */
async function readTurns(server: Server) {
  const { id } = await newestSession(server)
  return server.call('session/read', { id })
}

test('pictures that codex gave the model are shown in their cards, and open large', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  write(home, 'wide.png', png(1_600, 400))
  write(home, 'small.png', png(64, 40))
  write(home, 'mine.png', png(300, 200))
  fake.scenario = ({ step }) => {
    if (step === 1) {
      return answer(
        exec(
          "image(await tools.view_image({path: 'wide.png'})); text('both seen'); image(await tools.view_image({path: 'small.png'}))",
        ),
      )
    }
    if (step === 2) return answer({ kind: 'call', name: 'view_image', input: { path: 'small.png' } })
    if (step === 3) {
      return answer(
        exec("const drawn = await tools.image_gen__imagegen({prompt: 'an owl at noon'}); generatedImage(drawn)"),
      )
    }
    if (step === 4) return answer({ kind: 'call', name: 'view_image', input: { path: 'a.txt' } })
    return answer(draws(png(512, 512), 'a field in the evening'), say('Done.'))
  }
  fake.drawing = png(200, 100)
  const server = await startServer(home)
  await codexExec(home, 'look at these', '-i', 'mine.png')
  // What is sent with the conversation tells of the pictures, and holds none.
  const sent = JSON.stringify(await readTurns(server))
  expect(sent).toContain('"width":1600')
  expect(sent).not.toContain(png(64, 40).slice(0, 60))

  const page = await openPage(server)
  await isDrawn(page, 'look at these').toEqual([300])
  await expect(item(page, 'look at these')).toHaveText(/^You(look at these)mine\.png300 × 200 px/)
  await isDrawn(page, 'both seen').toEqual([1_600, 64])
  await expect(item(page, 'both seen')).toContainText(/^Viewed\s*wide\.png\s*and 1 more/)
  await expect(item(page, 'both seen').locator('figcaption')).toHaveText([
    /^wide\.png1,600 × 400 px · [\d.]+\sK?B$/,
    /^small\.png64 × 40 px · \d+\sB$/,
  ])
  await isDrawn(page, /Drew.*a field in the evening/s).toEqual([512])
  await isDrawn(page, /Drew.*an owl at noon/s).toEqual([200])
  // Codex saves what it drew, and says where.
  await expect(item(page, /Drew.*an owl at noon/s).locator('figcaption')).toHaveText(/^exec-[\w-]+\.png200 × 100 px/)
  const refused = item(page, /Viewed.*a\.txt/s)
  await expect(refused).toContainText('unable to process image')
  await expect(refused).toContainText('failed')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])

  const opener = page.getByRole('button', { name: 'Enlarge wide.png' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'wide.png' })
  const shown = page.getByRole('dialog').locator('img')
  const widthOf = () => shown.evaluate((img) => Math.round(img.getBoundingClientRect().width))
  await expect(dialog).toContainText(/1 of 2.*1,600 × 400 px/s)
  await expect.poll(widthOf).toBeGreaterThan(1_000)
  const fitting = await widthOf()
  expect(fitting).toBeLessThan(1_440)
  await page.keyboard.press('0')
  await expect.poll(widthOf).toBe(1_600)
  await page.keyboard.press('+')
  await expect.poll(widthOf).toBe(2_400)
  await page.keyboard.press('-')
  await expect.poll(widthOf).toBe(1_600)
  await shown.click()
  await expect.poll(widthOf).toBe(fitting)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog', { name: 'small.png' })).toContainText('2 of 2')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog', { name: 'small.png' })).toBeVisible()
  expect(await violationsOf(page, { within: '[role=dialog]' })).toEqual([])
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the picture' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toBe('small.png')
  expect(readFileSync(await file.path()).toString('base64')).toMatch(/^iVBORw0KGgo/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(opener).toBeFocused()

  await page.setViewportSize({ width: 320, height: 640 })
  await opener.click()
  const box = await page.getByRole('dialog').boundingBox()
  expect(box?.width).toBeLessThanOrEqual(320)
  for (const button of await page.getByRole('dialog').getByRole('button').all()) {
    const { x = -1, width = 999 } = (await button.boundingBox()) ?? {}
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(320)
  }
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog', { name: 'small.png' })).toBeVisible()
})

test('what is no picture, or would be one too many, is named and not shown', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const encode = (text: string) => Buffer.from(text).toString('base64')
  const script = '<script>window.isPwned=1</script>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.isPwned=1">${script}</svg>`
  fake.scenario = () =>
    answer(
      draws(encode(svg), 'an SVG'),
      draws(`data:image/svg+xml;base64,${encode(svg)}`, 'a named SVG'),
      say('and'),
      draws(`data:text/html;base64,${encode(script)}`, 'a page'),
      draws(png(20_000, 20_000, { width: 1, height: 1 }), 'a huge one'),
      say('and'),
      draws(
        Buffer.concat([Buffer.from(png(30, 20), 'base64').subarray(0, 40), Buffer.alloc(90, 7)]).toString('base64'),
        'noise',
      ),
      say('and'),
      draws('https://example.com/spy.png', 'an address'),
      draws(gifHead(40, 30), 'only the head of a GIF'),
      say('Done.'),
    )
  const server = await startServer(home)
  await codexExec(home, 'draw <img src=x onerror=window.isPwned=1>')
  const page = await openPage(server)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const shows = async (text: string, why: RegExp) => {
    const card = item(page, new RegExp(`Drew.*${text}`, 's'))
    await card.scrollIntoViewIfNeeded()
    const head = card.getByRole('button').first()
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click()
    await expect(card).toContainText(why)
    await expect(card.locator('img')).toHaveCount(0)
  }
  await shows('an SVG', /application\/octet-stream is not shown/)
  await shows('a named SVG', /image\/svg\+xml is not shown/)
  await shows('a page', /text\/html is not shown/)
  await shows('a huge one', /too large to be shown.*20,000 × 20,000 px/s)
  await shows('noise', /could not be shown/)
  await shows('an address', /is not shown/)
  await shows('only the head', /could not be shown/)
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
  expect(asked.filter((url) => new URL(url).origin !== new URL(server.ui).origin)).toEqual([])
  // Whoever asks for the bytes of one does not get them either.
  const { turns } = await readTurns(server)
  const drawn = turns[0]?.items.find((one) => one.type === 'toolCall' && one.pictures?.[0]?.problem === 'format')
  await expect(
    server.call('item/picture', { turnId: turns[0]?.id ?? '', id: drawn?.id ?? '', index: 0 }),
  ).rejects.toThrow('This is no picture that can be shown.')
})

test('a file of the session holds its pictures', async ({ fake, makeHome, startServer }) => {
  const home = makeHome()
  write(home, 'seen.png', png(64, 40))
  fake.scenario = ({ step }) =>
    step === 1 ? answer({ kind: 'call', name: 'view_image', input: { path: 'seen.png' } }) : answer(say('Done.'))
  const server = await startServer(home)
  await codexExec(home, 'look')
  const { session } = await readTurns(server)
  const html = await tapedeck(home, ['export', session.id, '--format', 'html'])
  expect(html.stdout).toMatch(/<img alt="An image that the tool gave" src="data:image\/png;base64,iVBORw0KGgo[^"]+">/)
  const markdown = await tapedeck(home, ['export', session.id, '--format', 'markdown'])
  expect(markdown.stdout).toContain('*1 image(s)*')
})

test('what is printed has its pictures, wherever one was; one that does not come keeps nobody waiting', async ({
  openTurn,
}) => {
  const text = Array.from({ length: 60 }, (_, n) => `Line ${n} of many.`).join('\n\n')
  const { page } = await openTurn(
    () => answer(say(text), draws(png(300, 200), 'first'), say(text), draws(png(120, 90), 'second')),
    'Draw two.',
  )
  const printed = page.locator('body')
  // A browser without a screen has no dialog for it.
  const watchPrinting = () =>
    page.evaluate(() => {
      window.print = () => {
        dispatchEvent(new Event('beforeprint'))
        const figures = document.querySelectorAll('[data-conversation] figure')
        const widths = [...figures].map((figure) => figure.querySelector('img')?.naturalWidth ?? null)
        document.body.dataset.printed = JSON.stringify(widths)
        dispatchEvent(new Event('afterprint'))
      }
    })
  await watchPrinting()
  await expect(page.getByText('Line 0 of many.').first()).toBeVisible()
  await expect(page.locator('figure img')).toHaveCount(0)
  await page.keyboard.press('Control+p')
  await expect(printed).toHaveAttribute('data-printed', '[300,120]')

  let asked = 0
  await page.route('**/api/item/picture', (route) => {
    asked += 1
    if (asked === 1) return route.continue()
  })
  await page.reload()
  await watchPrinting()
  await expect(page.getByText('Line 0 of many.').first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('print this')
  await untilFound(page)
  await page.getByRole('option', { name: 'Print this conversation…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Loading the pictures to print…' })).toBeVisible()
  await expect(printed).toHaveAttribute('data-printed', '[300,null]')
  await expect(page.getByText('Loading the pictures to print…')).toHaveCount(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})
