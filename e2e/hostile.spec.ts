import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import type { Session } from '../contract/domain/session.ts'
import type { Turn } from '../contract/domain/turn.ts'
import { notificationsFor } from '../main/hosts/electron/notificationsFor.ts'
import { sessionOf as hostSession, noon, stateOf } from '../main/hosts/electron/sampleState.ts'
import { type TrayEntry, trayModel } from '../main/hosts/electron/trayModel.ts'
import { goTo } from './goTo.ts'
import { everythingSession, firstTurnOf, needle, sessionOf } from './hostile/conversations.ts'
import { type Attack, attacks, burdens } from './hostile/corpus.ts'
import { findHarm } from './hostile/findHarm.ts'
import { everything, expect, harmOf, overflowAt, test } from './hostile/hostileStage.ts'
import { tapedeck } from './tapedeck.ts'

/** Shows the conversation with an attack. */
async function show(page: Page, attack: Attack): Promise<void> {
  await goTo(page, `#/session/${sessionOf(attack)}`)
  await page
    .locator(`[data-turn="${firstTurnOf(attack)}"] [data-item]`)
    .first()
    .waitFor()
}

/** All that is folded is opened, until nothing is; then the page has to hear a key. */
async function openFolds(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let round = 0; round < 6; round++) {
      const folds = document.querySelectorAll<HTMLElement>('[data-item] button[aria-expanded=false]')
      if (folds.length === 0) return
      for (const fold of folds) fold.click()
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    }
  })
  await page.keyboard.press('j')
  expect(await page.evaluate(() => document.activeElement?.closest('[data-item]') != null)).toBe(true)
}

/** What each did, of those that did something. */
const onlyHarm = (harm: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(harm).filter(([, found]) => found.length > 0))

// First, as it takes longest: at the end the other workers would wait for it.
test('the inspector and the map of turns show attacks as text', async ({ hostile }) => {
  const page = await hostile.open(`/session/${everythingSession}/turn/everything-1`)
  await page.getByRole('region', { name: 'Conversation' }).locator('[data-item]').first().waitFor()
  await page.keyboard.press('Control+i')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const harm: Record<string, string[]> = {}
  for (const tab of ['Overview', 'Context', 'Changes', 'Sent', 'Response', 'Events', 'Headers']) {
    await inspector.getByRole('tab', { name: tab }).click()
    await inspector.getByRole('tabpanel', { name: tab }).waitFor()
    await inspector.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    await openAll(page)
    harm[tab] = await harmHere(page)
  }
  await inspector.getByRole('tab', { name: 'Sent' }).click()
  await inspector.getByText('Raw', { exact: true }).click()
  harm['Request as text'] = await harmHere(page)
  await page.keyboard.press('Control+i')
  await page.setViewportSize({ width: 1440, height: 900 })
  for (const attack of attacks.filter(({ text }) => text.match(steering) || text.startsWith('<s'))) {
    await show(page, attack)
    await page.locator('[data-minimap] button').first().hover()
    await page.getByRole('tooltip').first().waitFor({ state: 'attached' })
    harm[`the map of ${attack.name}`] = await harmOf(page)
    await page.mouse.move(700, 450)
  }
  expect(onlyHarm(harm)).toEqual({})
})

/** All that unfolds in the inspector, three levels of it. */
async function openAll(page: Page): Promise<void> {
  for (let level = 0; level < 3; level++) {
    const folds = page.getByRole('complementary', { name: 'Inspector' }).locator('[aria-expanded=false]')
    await folds.evaluateAll((all) => {
      for (const fold of all.slice(0, 80)) (fold as HTMLElement).click()
    })
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }
}

for (const [at, half] of [attacks.slice(0, 26), attacks.slice(26)].entries()) {
  test(`what each attack says in a conversation is shown and nothing else, at any width (${at + 1} of 2)`, async ({
    hostile,
  }) => {
    const page = await hostile.open('/sessions')
    const harm: Record<string, string[]> = {}
    for (const attack of half) {
      await show(page, attack)
      await openFolds(page)
      harm[attack.name] = await harmOf(page)
    }
    // All of them once more: to make one wide and narrow in turn takes longer than to show it twice.
    await page.setViewportSize({ ...everything, width: 320 })
    for (const attack of half) {
      await show(page, attack)
      await openFolds(page)
      harm[`${attack.name}, narrow`] = await harmOf(page)
    }
    expect(onlyHarm(harm)).toEqual({})
  })
}

// One by one: each is as much work as many attacks.
for (const burden of burdens) {
  test(`what is too long, too wide or too deep stalls nothing, and leaves the page as wide as it is: ${burden.name}`, async ({
    hostile,
  }) => {
    const page = await hostile.open('/sessions', { viewport: { width: 1440, height: 900 } })
    await show(page, burden)
    // Item by item, each opened by its key.
    const readKey = () => document.activeElement?.closest('[data-key]')?.getAttribute('data-key')
    let last: string | null | undefined = null
    for (;;) {
      await page.keyboard.press('j')
      const current = await page.evaluate(readKey)
      if (current === last) break
      last = current
      await page.keyboard.press('e')
    }
    // Each conversation ends with one.
    expect(last).toMatch(/\.error$/)
    expect([...(await harmOf(page)), ...(await overflowAt(page, 320)), ...(await overflowAt(page, 1440))]).toEqual([])
  })
}

/** Whatever is here now, wide and narrow. */
async function harmHere(page: Page): Promise<string[]> {
  const found = [...(await harmOf(page)), ...(await overflowAt(page, 720)), ...(await overflowAt(page, 320))]
  await page.setViewportSize(everything)
  return found
}

test('lists, marks of the user, filters, saved searches and usage show attacks as text', async ({ hostile }) => {
  const page = await hostile.open('/sessions')
  const harm: Record<string, string[]> = {}
  await page
    .getByRole('link', { name: /constructor/ })
    .first()
    .waitFor()
  harm.list = await harmHere(page)
  await goTo(page, '#/starred')
  await page.getByRole('heading', { name: 'Starred' }).waitFor()
  harm.starred = await harmHere(page)
  for (const key of ['model', 'cwd', 'tag', 'tool']) {
    for (let at = 0; at < attacks.length; at += 5) {
      const values = attacks.slice(at, at + 5).map(({ text }) => `${key}:"${text.replaceAll('"', '')}"`)
      await goTo(page, `#/sessions?${new URLSearchParams({ q: values.join(' ').slice(0, 1_000) })}`)
      await page
        .getByRole('textbox', { name: /filter/i })
        .or(page.getByRole('combobox', { name: /filter/i }))
        .first()
        .waitFor()
      harm[`filter by ${key}, ${at}`] = await harmOf(page)
    }
  }
  harm.filters = await harmHere(page)
  await goTo(page, '#/usage')
  await page.getByRole('radio', { name: 'All' }).click()
  await page.getByText('Most expensive sessions').waitFor()
  harm.usage = await harmHere(page)
  await page.keyboard.press('t')
  await page.getByRole('table').first().waitFor()
  harm['usage as a table'] = await harmHere(page)
  await goTo(page, '#/settings')
  await page.getByText('Size of the archive').waitFor()
  harm.settings = await harmHere(page)
  expect(onlyHarm(harm)).toEqual({})
})

test('cards of what runs, and conversations that grow, show attacks as text', async ({ hostile }) => {
  const shown = attacks.length + burdens.length - 1
  const page = await hostile.open('/live', { prepare: (live) => letRun(live) })
  await expect(page.getByRole('main').getByRole('article')).toHaveCount(shown)
  await expect(
    page
      .getByRole('main')
      .getByRole('article')
      .filter({ hasText: /Runs|Wants to edit|May be waiting|No word|sub-agent works/ }),
  ).toHaveCount(shown)
  // What reads from right to left turns nothing beside it.
  const facts = page.getByRole('main').getByRole('article').filter({ hasText: 'קובץ' }).first().locator('bdi')
  const places = await facts.evaluateAll((all) => all.map((fact) => fact.getBoundingClientRect().left))
  expect(places.length).toBeGreaterThan(2)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(await harmHere(page)).toEqual([])
})

/** As if all that was recorded still ran: a call without an answer is the last that is known of each turn. */
async function letRun(page: Page): Promise<void> {
  const tell = (key: string, value: unknown): unknown => {
    if (key === 'sessions' && Array.isArray(value))
      return value.filter(({ id, title }) => id !== everythingSession && !title.startsWith('a line'))
    // The first turn of each, in which there are calls.
    if (key === 'turns' && Array.isArray(value)) return value.filter(({ id }) => id.endsWith('-0'))
    if (typeof value !== 'object' || value === null) return value
    if ('turnCount' in value) return { ...(value as Session), status: 'live' }
    if (!('items' in value && 'exchanges' in value)) return value
    const turn = value as Turn
    const items = turn.items.filter(
      ({ type }) => type === 'userMessage' || type === 'reasoning' || type === 'assistantMessage',
    )
    const call = turn.items.find(({ type }) => type === 'toolCall')
    return {
      ...turn,
      status: 'live',
      endedAt: null,
      items: call ? [...items, { ...call, status: 'running', output: null }] : items,
    }
  }
  await page.route(/\/api\/session\/(list|read)/, async (route) => {
    const response = await route.fetch()
    const body = JSON.stringify(JSON.parse(await response.text(), (key, value) => tell(key, value)))
    await route.fulfill({ response, body })
  })
}

test('the palette and the find bar show attacks as text, in what they offer and in what is typed', async ({
  hostile,
}) => {
  const page = await hostile.open('/starred', { viewport: { width: 1440, height: 900 } })
  const harm: Record<string, string[]> = {}
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: 'Search everything' })
  await box.fill(needle)
  await expect(page.getByRole('status').getByText(/hits/)).toBeVisible()
  const more = page.getByRole('option', { name: /^Show more of/ })
  for (let round = 0; round < 3 && (await more.count()) > 0; round++) await more.first().click()
  await page.locator('#palette-list mark').first().waitFor()
  harm.hits = await harmHere(page)
  for (const { name, text } of attacks) {
    await box.fill(text)
    harm[name] = await harmOf(page)
  }
  for (const key of ['model:', 'tag:']) {
    for (const first of new Set(attacks.map(({ text }) => text.charAt(0)))) {
      await box.fill(`${key}${first}`)
      harm[`${key}${first}`] = await harmOf(page)
    }
  }
  await page.keyboard.press('Escape')
  await box.waitFor({ state: 'hidden' })
  await goTo(page, `#/session/${everythingSession}`)
  await page.getByRole('region', { name: 'Conversation' }).locator('[data-item]').first().waitFor()
  await page.keyboard.press('/')
  const find = page.getByRole('search').getByRole('textbox')
  for (const { text } of attacks) await find.fill(text)
  await find.fill('window.isPwned')
  await expect(page.getByRole('search')).toContainText(/1 of \d/)
  harm['what is found'] = await harmOf(page)
  expect(onlyHarm(harm)).toEqual({})
})

test('what is exported does nothing where it is opened', async ({ hostile }) => {
  const ids = [...attacks.map(sessionOf), everythingSession]
  const texts: Record<string, string> = {}
  for (const format of ['html', 'markdown', 'jsonl', 'har']) {
    const file = join(hostile.home.cwd, `hostile.${format}`)
    const { code, stderr } = await tapedeck(hostile.home, [
      'export',
      ...ids,
      '--format',
      format,
      '--no-mask',
      '-o',
      file,
    ])
    expect({ format, code, stderr }).toEqual({ format, code: 0, stderr: '' })
    texts[format] = readFileSync(file, 'utf8')
    expect([format, ...(texts[format]?.match(steering) ?? [])]).toEqual([format])
  }
  const lines = String(texts.jsonl)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ type }) => type === 'session').map(({ title }) => title)).toEqual(
    expect.arrayContaining(attacks.flatMap(({ name, text }) => (name === 'zero and halves' ? [] : [text]))),
  )
  expect(JSON.parse(String(texts.har)).log.entries.length).toBeGreaterThan(attacks.length)

  const context = await hostile.browser.newContext({ viewport: everything, deviceScaleFactor: 0.1 })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => {
    asked.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const address = pathToFileURL(join(hostile.home.cwd, 'hostile.html')).href
  await page.goto(address)
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
  expect(await page.evaluate(findHarm, { isExport: true })).toEqual([])
  expect(await page.locator('img, script').count()).toBe(0)
  expect(await overflowAt(page, 320)).toEqual([])
  expect(asked).toEqual([address])
  await context.close()
})

/** What a terminal or a line of text would obey. A tab and a line feed it may. */
const steering = /(?![\t\n])\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu

test('the command line gives a terminal nothing to obey', async ({ hostile }) => {
  const driving = attacks.filter(({ text }) => text.match(steering))
  const commands = [
    ['sessions', '--limit', '100'],
    ['sessions', '--limit', '100', '--json'],
    ['search', needle, '--limit', '200'],
    ['search', needle, '--limit', '200', '--json'],
    ['search', '--', '\u001b[2J\u202e'],
    ['usage', '--since', 'all', '--by', 'model'],
    ['usage', '--since', 'all', '--by', 'project', '--json'],
    ['show', 'no\u202esuch\u001b[2J'],
    ['status'],
    ...driving.flatMap((attack) => [['show', sessionOf(attack)]]),
    ['show', sessionOf(driving[0] as Attack), '--json'],
    ['show', everythingSession, '--json'],
  ]
  const found: Record<string, string[]> = {}
  const next = async (): Promise<void> => {
    for (let command = commands.shift(); command; command = commands.shift()) {
      const { stdout, stderr } = await tapedeck(hostile.home, command)
      expect({ command, isSaid: (stdout + stderr).length > 0 }).toEqual({ command, isSaid: true })
      found[JSON.stringify(command)] = [...new Set((stdout + stderr).match(steering) ?? [])]
    }
  }
  await Promise.all([next(), next(), next()])
  expect(onlyHarm(found)).toEqual({})
})

test('menus and notifications of the system get one short line of each attack', () => {
  const labels: string[] = []
  const read = (entry: TrayEntry): void => {
    if (entry.type === 'separator') return
    labels.push(entry.label, ...('sublabel' in entry && entry.sublabel ? [entry.sublabel] : []))
    if (entry.type === 'menu') entry.entries.forEach(read)
  }
  const around = { home: '/home/jane', now: noon, globalShortcut: null }
  for (const { text } of [...attacks, ...burdens]) {
    const running = hostSession('a', { title: text, cwd: text, status: 'live', model: text })
    const ended = hostSession('b', { title: text, cwd: text })
    const short = {
      id: 't',
      sessionId: 'a',
      threadId: 'a-root',
      prompt: text,
      startedAt: noon,
      seq: 1,
      waitsForUser: false,
    }
    const before = stateOf({ sessions: [running, ended], folders: [text], turns: { t: { ...short, status: 'live' } } })
    const after = stateOf({ ...before, turns: { t: { ...short, status: 'failed', seq: 2 } } })
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const model = trayModel(before, { ...around, platform })
      labels.push(model.tooltip)
      model.entries.forEach(read)
    }
    const notices = notificationsFor(before, after)
    expect(notices).toHaveLength(1)
    labels.push(...notices.flatMap(({ title, body }) => [title, body]))
  }
  expect(labels.filter((label) => label.match(steering) || label.includes('\n') || label.length > 200)).toEqual([])
})
