import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { inspector } from './conversationView.ts'
import { answer, type PlayedAnswer, run, type Scenario, say, think } from './fakeOpenAi/scenario.ts'
import { goTo } from './goTo.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, execArgs, newestSession, type Server, tapedeck } from './tapedeck.ts'

const tab = (page: Page, name: string) => inspector(page).getByRole('tab', { name })
const about = (page: Page, name: string) => inspector(page).getByRole('button', { name, exact: true })
const tree = (page: Page) => inspector(page).getByRole('tree')

/** A model that counts what it reads, and whose cache holds unless `isMissing` says otherwise. */
function counted(play: Scenario, isMissing: (prompt: string) => boolean = () => false): Scenario {
  return async (request) => {
    const played = await play(request)
    if (!('type' in played) || played.type !== 'answer') return played
    const input = 20_000 + 500 * request.input.length
    const cached = isMissing(request.prompt) && request.step === 1 ? 1_024 : input - 600
    return { ...played, usage: { input, cached, output: 300, reasoning: 100 } } satisfies PlayedAnswer
  }
}

const reads: Scenario = ({ step }) =>
  step === 1 ? answer(think('**Looking**'), run('cat a.txt')) : answer(say('It says hello.'))

/** The newest, which codex has just recorded. */
async function openSession(page: Page, server: Server): Promise<string> {
  const { id } = await newestSession(server)
  await goTo(page, `#/session/${id}`)
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible()
  return id
}

test('a request tells what filled it, what changed since the one before, and why the cache missed', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  fake.scenario = counted(reads, (prompt) => prompt === 'and again')
  await codexExec(home, 'read it')
  await tapedeck(home, ['codex', 'exec', 'resume', '--last', ...execArgs.slice(1), 'and again'])
  const page = await openPage(server)
  const sessionId = await openSession(page, server)
  await expect(page.getByText('It says hello.').last()).toBeVisible()

  await page.keyboard.press('i')
  // The one that explains most of what the turn cost.
  await expect(inspector(page).getByText('1 of 2 in turn 2')).toBeVisible()
  await page.keyboard.press(']')
  await expect(inspector(page).getByText('2 of 2 in turn 2')).toBeVisible()
  await expect(inspector(page).getByText('Until the first event')).toBeVisible()
  await expect(inspector(page).getByText(/at API prices/)).toBeVisible()
  await expect(inspector(page).getByText('WebSocket to chatgpt.com')).toBeVisible()
  await expect(inspector(page).getByText('GET /backend-api/codex/responses')).toBeVisible()

  await tab(page, 'Context').click()
  await expect(inspector(page).getByRole('row', { name: /Files/ })).toContainText('2 readings')
  await expect(inspector(page).getByRole('row', { name: /Instructions/ })).toContainText('same')
  // The two readings are nearly of one size: which is the larger depends on how many digits their wall times have.
  const larger = inspector(page)
    .getByRole('button', { name: /Files a\.txt/ })
    .first()
  const index = /^\d+/.exec(await larger.innerText())?.[0]
  await larger.click()
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveText(new RegExp(`^${index}\\b`))
  await expect(tree(page)).toBeFocused()

  await page.keyboard.press('ArrowRight')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toContainText('custom_tool_call_output')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Home')
  await expect(tree(page).getByRole('treeitem', { selected: true })).toContainText('13 keys')

  await tab(page, 'Changes').click()
  await expect(inspector(page).getByText('The cache held')).toBeVisible()
  await page.keyboard.press('[')
  await expect(inspector(page).getByText('1 of 2 in turn 2')).toBeVisible()
  await expect(inspector(page).getByText(/why the cache did not hold cannot be seen from here/)).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: /items unchanged/ })).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: /added.*and again/ })).toBeVisible()

  const { turns } = await server.call('session/read', { id: sessionId })
  const exchange = turns[0]?.exchanges.at(-1)
  const { parts, diff, cacheMiss } = await server.call('exchange/context', { id: exchange?.id ?? '' })
  expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBeGreaterThan((exchange?.usage?.inputTokens ?? 0) - 30)
  expect({ prefix: diff?.prefixItems, settings: diff?.settings, cacheMiss }).toEqual({
    prefix: parts.filter(({ itemIndex }) => itemIndex !== null).length - 3,
    settings: [],
    cacheMiss: null,
  })

  await tab(page, 'Headers').click()
  await expect(inspector(page).getByText('originator', { exact: true })).toBeVisible()
  expect((await inspector(page).innerText()).toLowerCase()).not.toMatch(/authorization:|bearer /)

  await page.goto(`${page.url().split('#')[0]}#/session/${sessionId}/turn/${turns[0]?.id}/exchange/${exchange?.id}`)
  await expect(inspector(page).getByText('2 of 2 in turn 1')).toBeVisible()
  await page.keyboard.press('Control+i')
  await expect(inspector(page)).toBeHidden()
})

test('from what a turn cost it is one click to its requests, and one to why the cache missed', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  fake.scenario = counted(reads, (prompt) => prompt === 'and again')
  await codexExec(home, 'read it')
  const other = ['-m', 'gpt-6.1-terra']
  await tapedeck(home, ['codex', 'exec', ...other, 'resume', '--last', ...execArgs.slice(1), 'and again'])
  const page = await openPage(server)
  await openSession(page, server)
  const turn = page.getByRole('region', { name: 'Turn 2' })
  await expect(turn.getByText('Model: gpt-6.2-sol → gpt-6.1-terra')).toBeVisible()

  await turn.getByRole('button', { name: /out/ }).click()
  await expect(about(page, 'Turn')).toHaveAttribute('aria-pressed', 'true')
  await expect(inspector(page).getByText('turn 2', { exact: true })).toBeVisible()
  await expect(
    inspector(page).getByText(
      'The model changed from gpt-6.2-sol to gpt-6.1-terra, and each model has a cache of its own.',
    ),
  ).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await turn.getByRole('link', { name: 'cache missed: the model changed' }).click()
  await expect(inspector(page).getByText('1 of 2 in turn 2')).toBeVisible()
  await expect(tab(page, 'Changes')).toHaveAttribute('aria-selected', 'true')
  await expect(inspector(page).getByText('model: gpt-6.2-sol → gpt-6.1-terra')).toBeVisible()
})

test('turn and session show where time and tokens went, with the numbers a key away', async ({ openTurn }) => {
  const { server, page } = await openTurn(counted(reads), 'read it')
  await openSession(page, server)
  await page.keyboard.press('i')
  await about(page, 'Turn').click()
  await expect(inspector(page).getByText('Tools include the time')).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: /(ran cat a\.txt|answered).*cached.*\$/ })).toHaveCount(2)
  await about(page, 'Session').click()
  const chart = inspector(page).getByRole('slider', { name: 'Tokens of each request' })
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart).toHaveAttribute('aria-valuetext', /^Request 1,/)
  await page.keyboard.press('t')
  await expect(inspector(page).getByRole('columnheader', { name: 'Hit rate' })).toBeVisible()
  await inspector(page).getByRole('rowheader', { name: /^2/ }).getByRole('button').click()
  await expect(inspector(page).getByText('2 of 2 in turn 1')).toBeVisible()
})

test('a body of many megabytes is walked without ever being sent as a whole', async ({ openTurn }) => {
  const secret = 'A'.repeat(9_000_000)
  const hidden = { type: 'reasoning', summary: [], encrypted_content: secret }
  const talks: Scenario = ({ step }) =>
    step === 1
      ? answer(
          { kind: 'raw', item: hidden },
          say(Array.from({ length: 3_000 }, (_, at) => `word${at}`).join(' '), {
            chunks: Array.from({ length: 3_000 }, (_, at) => `word${at} `),
          }),
          run('true'),
        )
      : answer(say('Done.'))
  const { server, page } = await openTurn(talks, 'say a lot')
  let largest = 0
  page.on('response', async (response) => {
    if (/\/api\/exchange\//.test(response.url()))
      largest = Math.max(largest, (await response.body().catch(() => '')).length)
  })
  await openSession(page, server)
  await page.keyboard.press('i')
  await expect(inspector(page).getByText('2 of 2 in turn 1')).toBeVisible()
  await page.keyboard.press('[')
  await expect(inspector(page).getByText('1 of 2 in turn 1')).toBeVisible()
  await tab(page, 'Events').click()
  await expect(tree(page).getByText('response.created').first()).toBeVisible()
  await tree(page).focus()
  // It is read piece by piece: each time one is at the end, there is more.
  const goToEnd = async () => {
    await page.keyboard.press('End')
    return (await tree(page).getByRole('treeitem', { selected: true }).allInnerTexts()).join()
  }
  await expect.poll(goToEnd, { intervals: [50] }).toContain('response.completed')
  expect(await tree(page).getByRole('treeitem').count()).toBeLessThan(120)

  await about(page, 'Raw').click()
  await expect(inspector(page).getByRole('button', { name: 'Show 64,000 more' })).toBeVisible()
  await inspector(page).getByRole('button', { name: 'Show 64,000 more' }).click()
  await expect(inspector(page).locator('pre')).toHaveCount(2)
  expect(largest).toBeGreaterThan(0)
  expect(largest).toBeLessThan(500_000)
})

test("money is the user's own with a key, and follows the user's own prices", async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome({ login: 'apiKey' })
  const server = await startServer(home)
  fake.scenario = counted(() => answer(say('Hm.')))
  const { dataDir } = await server.call('app/status', {})
  await codexExec(home, 'what does it cost')
  const { model, apiEquivalentUsd } = await newestSession(server)
  expect(apiEquivalentUsd).toBeGreaterThan(0)
  const prices = {
    asOf: '2030-01-01',
    source: 'a test',
    models: { [String(model)]: { input: 100, cached: 100, output: 0 } },
  }
  writeFileSync(join(dataDir, 'prices.json'), JSON.stringify(prices))
  const page = await openPage(server)
  await openSession(page, server)
  await page.keyboard.press('i')
  await expect(inspector(page).getByText(/^\$2\.\d\d$/)).toBeVisible()
  await expect(inspector(page).getByText('Prices of 2030-01-01: a test.')).toBeVisible()
  await expect(inspector(page).getByText(/at API prices/)).toHaveCount(0)

  // While it runs: the session costs what its turn does, wherever it is told.
  await expect.poll(async () => (await newestSession(server)).apiEquivalentUsd).toBeGreaterThan(2)
  writeFileSync(
    join(dataDir, 'prices.json'),
    JSON.stringify({ ...prices, asOf: '2030-01-02' }).replaceAll(':100', ':200'),
  )
  await expect(inspector(page).getByText('Prices of 2030-01-02: a test.')).toBeVisible()
  const head = page.locator('header').filter({ has: page.getByRole('heading', { level: 1 }) })
  await expect(head.getByText(/^\$4\.\d\d$/)).toBeVisible()
})

for (const width of [1440, 320]) {
  test(`it is accessible at a width of ${width}`, async ({ openTurn }) => {
    const { server, page } = await openTurn(counted(reads), 'read it')
    await openSession(page, server)
    await page.keyboard.press('i')
    await page.setViewportSize({ width, height: 800 })
    await about(page, 'Request').first().click()
    for (const name of ['Overview', 'Context', 'Changes', 'Sent', 'Response', 'Events', 'Headers']) {
      await tab(page, name).click()
      await expect(inspector(page).getByText('Reading…')).toHaveCount(0)
      expect({ name, violations: await violationsInside(page) }).toEqual({ name, violations: [] })
    }
    for (const name of ['Turn', 'Session']) {
      await about(page, name).click()
      expect({ name, violations: await violationsInside(page) }).toEqual({ name, violations: [] })
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBe(0)
    if (width > 320) return
    expect(await inspector(page).boundingBox()).toMatchObject({ x: 0, width: 320 })
    await about(page, 'Session').focus()
    await page.keyboard.press('Escape')
    await expect(inspector(page)).toBeHidden()
  })
}

/** Of the inspector alone: what is around it does not change with its tabs, and is looked at elsewhere. */
function violationsInside(page: Page): ReturnType<typeof violationsOf> {
  return violationsOf(page, { within: '[aria-label="Inspector"]' })
}

test('an address of what is gone says so and selects no other request', async ({ openTurn }) => {
  const { server, page } = await openTurn(() => answer(say('Hello.')), 'greet')
  const id = await openSession(page, server)
  const go = (path: string) => goTo(page, `#/session/${id}${path}`)
  const said = page.getByText('is not here any more')
  await expect(page.getByText('Hello.').last()).toBeVisible()
  await expect(said).toHaveCount(0)

  await go('/item/nope')
  await expect(said).toHaveText('This item is not here any more. You are at the beginning of its session.')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(said).toHaveCount(0)

  await go('/turn/nope')
  await expect(said).toHaveText(/^This turn is not here/)
  await go('/turn/nope/exchange/x')
  await expect(said).toHaveText(/^This request is not here/)
  await expect(inspector(page)).toBeVisible()
  await expect(inspector(page).getByText(/1 of 1/)).toHaveCount(0)
})
