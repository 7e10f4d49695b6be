import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { addUsage, noUsage, type Usage } from '../contract/domain/usage.ts'
import { violationsOf } from './axe.ts'
import { answer, cutAfter, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { test as testOfSample } from './sampleStage.ts'
import { codexExec, readSessions, tapedeck } from './tapedeck.ts'

const exact = (count: number) => count.toLocaleString('en')

/** The numbers of the only day, by the heads of the table. */
async function readToday(page: Page): Promise<Record<string, string>> {
  const table = page.getByRole('table', { name: 'Usage over time' })
  const heads = await table.getByRole('columnheader').allInnerTexts()
  const cells = await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
  return Object.fromEntries(heads.slice(1).map((head, at) => [head, cells[at] ?? '']))
}

function toCells(usage: Usage, requests: number) {
  return {
    Requests: exact(requests),
    Cached: exact(usage.cachedInputTokens),
    Fresh: exact(usage.inputTokens - usage.cachedInputTokens),
    Output: exact(usage.outputTokens),
    'of which reasoning': exact(usage.reasoningTokens),
  }
}

test('what was used adds up to what the sessions say, on the page and on the command line', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  fake.scenario = ({ prompt, step, attempt }) => {
    if (prompt === 'with a tool' && step === 1) return answer(run('echo hello'))
    // The first try breaks off before its end: codex asks again, and only the answer that came whole tells of tokens.
    if (prompt === 'with a retry' && attempt === 1 && step === 1) return cutAfter(answer(say('Not all of this')), -1)
    return { ...answer(say(`Heard ${prompt}.`)), usage: { input: 20_000, cached: 5_000, output: 400, reasoning: 100 } }
  }
  const home = makeHome()
  const server = await startServer(home)
  await codexExec(home, 'with a tool')
  await codexExec(home, 'with a retry')
  await codexExec(home, '-m', 'gpt-5.5', 'of another model')

  const page = await openPage(server)
  await page.goto(new URL('#/sessions', page.url()).href)
  await page.keyboard.press('u')
  await expect(page.getByRole('heading', { name: 'Usage', exact: true })).toBeVisible()
  const chart = page.getByRole('slider', { name: 'Usage over time' })
  await expect(chart).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  const sessions = await readSessions(home)
  const total = sessions.reduce((sum, { usage }) => addUsage(sum, usage), noUsage)
  const usd = sessions.reduce((sum, { apiEquivalentUsd }) => sum + (apiEquivalentUsd ?? 0), 0)
  expect(total.totalTokens).toBeGreaterThan(0)
  const read = JSON.parse((await tapedeck(home, ['usage', '--since', '1d', '--by', 'model', '--json'])).stdout)
  expect(read.total.usage).toEqual(total)
  expect(read.total.usd).toBeCloseTo(usd, 9)
  expect(read.rows.map(({ model }: { model: string }) => model).sort()).toEqual(['gpt-5.5', expect.any(String)])

  // The numbers are there for a screen reader before the key shows them to everybody.
  const unseen = await readToday(page)
  expect(unseen).toMatchObject({ ...toCells(total, read.total.requestCount), Cost: `≈ $${usd.toFixed(2)}` })
  await page.keyboard.press('t')
  await expect(chart).toBeHidden()
  await expect(page.getByRole('table', { name: 'Usage over time' })).toBeInViewport()
  expect(await readToday(page)).toEqual(unseen)
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('t')
  await expect(chart).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await page.getByRole('region', { name: 'Usage', exact: true }).evaluate(countPixelsTooWide)).toBe(0)

  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart).toHaveAttribute('aria-valuetext', /: nothing$/)
  await page.keyboard.press('End')
  await expect(chart).toHaveAttribute('aria-valuetext', /cached, .*requests$/)

  // What is deleted is counted no more, without the page being opened again.
  await page.setViewportSize({ width: 1440, height: 900 })
  const gone = sessions.find(({ title }) => title === 'of another model')
  await server.call('session/delete', { id: gone?.id ?? '' })
  await expect(page.getByRole('table', { name: 'By model' }).getByRole('row')).toHaveCount(2)
  const rest = sessions.filter((session) => session !== gone).reduce((sum, { usage }) => addUsage(sum, usage), noUsage)
  expect(await readToday(page)).toMatchObject(toCells(rest, read.total.requestCount - 1))

  await page.getByRole('link', { name: /with a retry/ }).click()
  await expect(page.getByRole('heading', { name: 'with a retry' })).toBeVisible()
})

test('the cost by model and by project, its colours named, one alone, and nothing written over what is chosen', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  fake.scenario = ({ prompt }) => answer(say(`Heard ${prompt}.`))
  const home = makeHome()
  const server = await startServer(home)
  await codexExec(home, 'of the usual model')
  await codexExec(home, '-m', 'gpt-5.5', 'of another model')
  const page = await openPage(server, { colorScheme: 'dark' })
  await page.keyboard.press('u')
  const byModel = page.getByRole('list', { name: 'Colours of the cost, by model' })
  await expect(byModel.getByRole('button')).toHaveText([/^gpt.*\$\d/, /^gpt.*\$\d/])
  const numbers = page.getByRole('table', { name: 'Cost of each model over time' })
  const usd = async (table: Locator) =>
    (await table.getByRole('row').last().getByRole('cell').allInnerTexts()).map((text) =>
      Number(text.replace(/[^\d.]/g, '')),
    )
  const whole = (await usd(page.getByRole('table', { name: 'Usage over time' })))[0] ?? 0
  expect((await usd(numbers)).reduce((sum, one) => sum + one, 0)).toBeCloseTo(whole, 1)

  // The chosen one of a few is brighter than the track that they are on.
  const range = page.getByRole('radio', { name: '30 days' })
  await expect(range).toBeChecked()
  expect(await range.evaluate(contrastWithParent)).toBeGreaterThan(1.5)

  const chart = page.getByRole('slider', { name: 'Usage over time' })
  await chart.focus()
  await page.keyboard.press('End')
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await chart.scrollIntoViewIfNeeded()
    expect(await chart.evaluate(findWrittenOver)).toEqual([])
  }
  await page.setViewportSize({ width: 1440, height: 900 })

  // What is chosen holds for all that the page tells, and stands in its address.
  const requests = page.locator('dt', { hasText: /^Requests$/ }).locator('+ dd')
  const costliest = page.getByRole('region', { name: 'Most expensive sessions' })
  await expect(requests).toHaveText('2')
  await expect(costliest.getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await byModel.getByRole('button', { name: /gpt-5\.5/ }).click()
  const expectNarrowed = async () => {
    await expect(page.getByText('gpt-5.5 only')).toBeVisible()
    await expect(requests).toHaveText('1')
    await expect(costliest.getByRole('listitem')).toHaveText([/of another model.*\$/])
  }
  await expectNarrowed()
  await page.reload()
  await expectNarrowed()
  expect(await violationsOf(page)).toEqual([])
  const saved = await readCsv(page)
  expect(saved).toEqual([expect.stringMatching(/^Day,Project,Model/), expect.stringMatching(/,gpt-5\.5,/)])
  // The command line writes the same, of everything.
  const printed = await tapedeck(home, ['usage', '--csv'])
  expect(printed).toMatchObject({ code: 0, stderr: '' })
  expect(printed.stdout.split('\r\n')).toEqual([saved[0], expect.any(String), expect.any(String), ''])
  expect(printed.stdout.split('\r\n')).toContain(saved[1])
  const printedByModel = await tapedeck(home, ['usage', '--csv', '--by', 'model'])
  expect(printedByModel.stdout).toMatch(/^Model,Requests,/)
  const until = await tapedeck(home, ['usage', '--csv', '--until', '2020-01-01'])
  expect(until.stdout.split('\r\n')).toEqual([saved[0], ''])

  await page.setViewportSize({ width: 320, height: 800 })
  expect(await page.getByRole('region', { name: 'Usage', exact: true }).evaluate(countPixelsTooWide)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })

  // A press on a day tells of its sessions, here and in the list.
  const box = await chart.boundingBox()
  await chart.click({ position: { x: (box?.width ?? 0) - 4, y: 40 } })
  await expect(page).toHaveURL(/&at=\d{4}-\d\d-\d\d$/)
  await expect(chart).toHaveAttribute('aria-valuetext', /, 1.request$/)
  await expectNarrowed()
  await page.getByRole('link', { name: 'Show the sessions' }).click()
  // Not of a model that has its name within its own.
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('exactly gpt-5.5')
  await expect(page.getByRole('link', { name: /of another model/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /of the usual model/ })).toHaveCount(0)
  await page.goBack()
  await expectNarrowed()
  await page.goBack()
  await expect(requests).toHaveText('2')
  await page.goForward()
  await expectNarrowed()

  // A day without anything has no sessions; Escape lets go of it, and then of the model.
  await chart.focus()
  await page.keyboard.press('Home')
  await expect(costliest).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expectNarrowed()
  await page.keyboard.press('Escape')
  await expect(requests).toHaveText('2')
  await expect(page).toHaveURL(/#\/usage$/)
  await byModel.getByRole('button', { name: /gpt-5\.5/ }).click({ modifiers: ['Shift'] })
  await expect(costliest.getByRole('listitem')).toHaveText([/of the usual model.*\$/])
  await page.getByRole('link', { name: /only show all again/ }).click()
  await expect(requests).toHaveText('2')

  await page.getByRole('radio', { name: 'Project' }).click()
  const byProject = page.getByRole('list', { name: 'Colours of the cost, by project' })
  await expect(byProject.getByRole('button')).toHaveText([/^project≈ \$\d/])
  expect(await violationsOf(page)).toEqual([])

  // In the year after, the same days are of another year.
  const axis = page.locator('[data-years]')
  await expect(axis).toHaveCount(0)
  const year = new Date().getFullYear()
  await page.clock.setFixedTime(new Date(year + 1, 5, 15))
  await page.reload()
  await page.getByRole('radio', { name: 'All' }).click()
  await expect(axis).toContainText(String(year))
  await expect(axis).toContainText(String(year + 1))
})

function countPixelsTooWide(element: Element): number {
  return element.scrollWidth - element.clientWidth
}

/** The lines of what the button saves. */
async function readCsv(page: Page): Promise<string[]> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const text = readFileSync(await (await saved).path(), 'utf8')
  return text.trimEnd().split('\r\n')
}

/** How much brighter an element is than what it lies on, as WCAG counts it. */
function contrastWithParent(element: Element): number {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')
  if (!canvas || !element.parentElement) return 0
  const luminance = (layers: Element[]) => {
    for (const layer of layers) {
      canvas.fillStyle = getComputedStyle(layer).backgroundColor
      canvas.fillRect(0, 0, 1, 1)
    }
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const below: Element[] = []
  for (let one: Element | null = element.parentElement; one; one = one.parentElement) below.unshift(one)
  const [track, own] = [luminance(below), luminance([...below, element])]
  return (Math.max(track, own) + 0.05) / (Math.min(track, own) + 0.05)
}

/** Texts that lie on the column that is told of: of the scales, of the heads, of the axis. */
function findWrittenOver(chart: Element): string[] {
  const columns = [...chart.querySelectorAll('svg > rect:first-child')].map((one) => one.getBoundingClientRect())
  if (columns.length !== 3) return ['no column is chosen']
  const texts = [chart, chart.nextElementSibling].flatMap((one) => [...(one?.querySelectorAll('span') ?? [])])
  const isOver = (a: DOMRect, b: DOMRect) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
  return texts
    .filter((text) => columns.some((column) => isOver(text.getBoundingClientRect(), column)))
    .map((text) => text.textContent ?? '')
}

test('before anything is used the page says so, and the command line too', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  expect((await tapedeck(home, ['usage'])).stdout).toMatch(
    /^Nothing was used since \d{4}-\d\d-\d\d\. Look at all that is recorded with: {2}--since all\n$/,
  )
  const page = await openPage(await startServer(home))
  await page.getByRole('navigation').getByRole('link', { name: 'Usage' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was used' })).toBeVisible()
  const wrong = await tapedeck(home, ['usage', '--since', 'yesterday'])
  expect(wrong.code).not.toBe(0)
  expect(wrong.stderr).toContain('Give days as 7d, a day such as 2026-11-24, or all.')
})

testOfSample('prices that cannot be read are said, and asked for again', async ({ server, openPage }) => {
  const page = await openPage(server)
  let isDown = true
  await page.route('**/api/price/list', (route) =>
    isDown
      ? route.fulfill({ json: { ok: false, error: { code: 'internal', message: 'The disk does not answer.' } } })
      : route.continue(),
  )
  // Anew: what was there before may know the prices already.
  await page.goto('about:blank')
  await page.goto(`${new URL(server.ui).origin}/#/usage?range=all`)
  const problem = page.getByRole('main').getByRole('alert')
  await expect(problem).toContainText('The prices could not be read')
  await expect(problem).toContainText('The disk does not answer.')
  expect(await violationsOf(page)).toEqual([])
  isDown = false
  await problem.getByRole('button', { name: 'Try again' }).press('Enter')
  await expect(page.getByRole('slider', { name: 'Usage over time' })).toBeVisible()
  await expect(problem).toHaveCount(0)
})
