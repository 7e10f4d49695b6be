import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { conversation, itemOf, settled, topOf } from './conversationView.ts'
import { answer, paced, run, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import {
  fillLongSession,
  fillManyTurns,
  indexedNeedle,
  longOutputItem,
  longSessionId,
  longTurnId,
  needle,
} from './longSession.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { codexExec, type Server } from './tapedeck.ts'

const elementCount = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

const findBar = (page: Page) => page.getByRole('search', { name: 'Find in this conversation' })

/** What is marked as the one that was gone to, and whether people see it. */
function currentHit(page: Page): Promise<{ text: string; isInView: boolean } | null> {
  return page.evaluate(() => {
    const [range] = CSS.highlights.get('conversation-current-hit') ?? []
    if (!(range instanceof Range)) return null
    const { top, bottom } = range.getBoundingClientRect()
    const around = document.querySelector('[data-conversation]')?.getBoundingClientRect()
    return { text: String(range), isInView: around !== undefined && top >= around.top && bottom <= around.bottom }
  })
}

/** To a part of the way, and until what is there was drawn and measured. */
async function scrollTo(page: Page, part: number): Promise<void> {
  await conversation(page).evaluate((element, part) => {
    element.scrollTop = (element.scrollHeight - element.clientHeight) * part
  }, part)
  await settled(page)
}

/** The item at the upper edge. */
function firstShown(page: Page): Promise<string> {
  return conversation(page).evaluate((element) => {
    const { top } = element.getBoundingClientRect()
    const items = [...element.querySelectorAll<HTMLElement>('[data-item]')]
    return items.find((item) => item.getBoundingClientRect().top >= top)?.dataset.item ?? ''
  })
}

async function open(page: Page, server: Server, path = ''): Promise<void> {
  await page.goto(`${new URL(server.ui).origin}/#/session/${longSessionId}${path}`)
  await expect(page.getByRole('heading', { name: 'How is the weather' })).toBeVisible()
  await expect(conversation(page)).toBeVisible()
}

test('a turn of 5,000 items: few elements wherever one is, folds that stay, and keys that go everywhere', async ({
  openFilled,
}) => {
  const { server, page } = await openFilled((home) => fillLongSession(home, 200_000))
  await open(page, server, `/turn/${longTurnId}`)
  const item = (id: string) => itemOf(page, id)
  await expect(item('turn-2.0')).toBeFocused()
  await settled(page)

  // What is opened stays where it is and as it is, however far one goes in between.
  const fold = item('turn-2.1').getByRole('button', { expanded: false })
  await fold.click()
  await expect(item('turn-2.1').getByText('Look at part 1.')).toBeVisible()
  const run = item('run turn-2.2').getByRole('button')
  await expect(run).toContainText('4 commands')
  const before = await topOf(page, 'run turn-2.2')
  await run.click()
  await expect(item('turn-2.3')).toBeVisible()
  await settled(page)
  expect(await topOf(page, 'run turn-2.2')).toBe(before)
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await scrollTo(page, part)
    expect(await elementCount(page)).toBeLessThan(2_000)
  }
  await expect(conversation(page).getByText('That was everything.')).toBeVisible()
  await expect(item('turn-2.3')).toHaveCount(0)

  // By keyboard, from what has the focus, which is far away by now, and still has it.
  await page.keyboard.press('j')
  await expect(item('turn-2.2')).toBeFocused()
  await expect(item('turn-2.2')).toBeInViewport()
  await expect(item('turn-2.1').getByText('Look at part 1.')).toBeVisible()
  await page.keyboard.press('k')
  await expect(item('run turn-2.2')).toBeFocused()
  await page.keyboard.press('e')
  await expect(item('turn-2.3')).toHaveCount(0)
  await page.keyboard.press('n')
  await expect(item('turn-3.0')).toBeFocused()
  await expect(item('turn-3.0')).toBeInViewport()
  await page.keyboard.press('k')
  await expect(item('turn-2.last')).toBeFocused()
  await page.keyboard.press('p')
  await expect(item('turn-1.0')).toBeFocused()
  await expect(item('turn-1.0')).toBeInViewport()
  await page.keyboard.press('End')
  await expect(conversation(page).getByText('That was everything.')).toBeInViewport()
})

test('scrolling up through rows that were never measured moves by what was scrolled', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillLongSession(home, 1_000))
  await open(page, server)
  await scrollTo(page, 0.6)
  for (let step = 0; step < 6; step += 1) {
    const id = await firstShown(page)
    const before = await topOf(page, id)
    await conversation(page).evaluate((element) => {
      element.scrollTop -= 200
    })
    await settled(page)
    expect(Math.abs((await topOf(page, id)) - before - 200)).toBeLessThanOrEqual(2)
  }
})

test('an output of 20 MB comes in pieces, and what stands in the middle of it is found', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillLongSession(home, 20_000_000))
  const { turns } = await server.call('session/read', { id: longSessionId })
  expect(JSON.stringify(turns.at(-1)).length).toBeLessThan(100_000)

  await open(page, server)
  await page.keyboard.press('Control+k')
  await page.keyboard.type(indexedNeedle)
  await untilFound(page)
  await expect(page.getByRole('option').filter({ hasText: indexedNeedle })).toBeVisible()
  await page.keyboard.press('Enter')
  const item = page.locator(`[data-item="${longOutputItem}"]`)
  await expect(item).toBeFocused()
  await expect(item).toBeInViewport()
  // Where the words are is opened by the way there.
  const output = item.getByRole('region', { name: 'Output' })
  await expect(output.getByText('the last line of it')).toBeAttached()
  const pieces = output.locator('pre')
  await expect(pieces).toHaveCount(2)
  await output.getByRole('button', { name: /Show more/ }).click()
  await expect(pieces).toHaveCount(3)
  const lines = (await pieces.allTextContents()).flatMap((text) => text.split('\n'))
  const numbers = lines.slice(0, 1_200).map((line) => Number(line.slice(0, 8)))
  expect(numbers).toEqual(Array.from({ length: 1_200 }, (_, at) => at))
  expect(await elementCount(page)).toBeLessThan(2_000)

  // In the middle of it, 10 MB from either end, where nothing of it is on the page.
  await page.keyboard.press('Control+f')
  await page.keyboard.type(needle)
  await expect(findBar(page)).toContainText('1 of 1')
  await expect(output.getByText(needle)).toBeInViewport()
  await expect.poll(() => currentHit(page)).toEqual({ text: needle, isInView: true })
})

test('find goes through everything, drawn or not, and opens what hides it', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillLongSession(home, 1_000))
  await open(page, server)
  const item = (id: string) => itemOf(page, id)

  await page.keyboard.press('/')
  await page.keyboard.type('LOOK AT PART 4001.')
  await expect(findBar(page)).toContainText('1 of 1')
  await expect.poll(() => currentHit(page)).toEqual({ text: 'Look at part 4001.', isInView: true })
  await page.keyboard.press('Escape')
  await expect(item('turn-2.4001')).toBeFocused()
  await expect(findBar(page)).toBeHidden()
  expect(await currentHit(page)).toBeNull()

  // Inside of a run that is folded; from where one reads, and round again from the last to the first.
  await page.keyboard.press('Control+f')
  await page.keyboard.type('rg -n part-4')
  await expect(item('turn-2.4002')).toBeInViewport()
  await expect(findBar(page)).toContainText(/^\d+ of [\d,]+$/)
  const [at, of] = ((await findBar(page).getByRole('status').textContent()) ?? '').split(' of ')
  await page.keyboard.press('Shift+Enter')
  await expect(findBar(page)).toContainText(`${Number(at) - 1} of ${of}`)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(findBar(page)).toContainText(`${Number(at) + 1} of ${of}`)
  await expect.poll(() => currentHit(page)).toEqual({ text: 'rg -n part-4', isInView: true })
  await page.keyboard.press('Control+a')
  await page.keyboard.type('no such thing')
  await expect(findBar(page)).toContainText('None')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
})

test('the map of the turns stands where the column ends, and the column where it does without one', async ({
  openFilled,
}) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, 4))
  await page.goto(`${new URL(server.ui).origin}/#/session/${longSessionId}`)
  const map = page.locator('[data-minimap]')
  await expect(map.locator('button')).toHaveCount(4)
  const prompt = page.locator('article[data-kind="prompt"]').first()
  for (const width of [1280, 1600, 3840]) {
    await page.setViewportSize({ width, height: 900 })
    const column = await prompt.evaluate((element) => element.getBoundingClientRect().toJSON())
    const { left } = await map.evaluate((element) => element.getBoundingClientRect().toJSON())
    expect(left - column.right, `${width} px`).toBeGreaterThanOrEqual(0)
    expect(left - column.right, `${width} px`).toBeLessThan(40)
    const without = await page.evaluate(() => {
      const body = document.querySelector('[data-minimap]')?.parentElement
      const map = document.querySelector('[data-minimap]')
      map?.remove()
      const rect = document.querySelector('article[data-kind="prompt"]')?.getBoundingClientRect().toJSON()
      if (map) body?.append(map)
      return rect
    })
    expect({ left: without.left, right: without.right }).toEqual({ left: column.left, right: column.right })
  }
})

test('a link to an item is copied by key and by menu, and the minimap leads to turns', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillLongSession(home, 1_000))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const item = (id: string) => itemOf(page, id)

  // One that a folded run hides.
  await open(page, server, '/item/turn-2.3003')
  await expect(item('turn-2.3003')).toBeFocused()
  await expect(item('turn-2.3003')).toBeInViewport()
  await page.keyboard.press('y')
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  const link = await copied()
  expect(link).toBe(`${new URL(server.ui).origin}/#/session/${longSessionId}/turn/${longTurnId}/item/turn-2.3003`)

  await page.locator('[data-minimap] button').nth(2).click()
  await expect(item('turn-3.0')).toBeFocused()
  await expect(item('turn-3.0')).toBeInViewport()
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await expect.poll(copied).toContain('/item/turn-3.0')
  await page.locator('[data-minimap] button').nth(1).hover()
  await expect(page.getByRole('tooltip')).toContainText(/Turn 2.*Walk through all of it.*3\smin · 80\sk in · 900 out/)

  await item('turn-3.2').hover()
  await page.locator('[data-key="turn-3.2"]').getByRole('button', { name: 'Actions for this item' }).click()
  await page.getByRole('menuitem', { name: 'Copy link to this item' }).click()
  await expect.poll(copied).toContain('/turn/turn-3/item/turn-3.2')
  await item('turn-3.0').hover()
  await page.locator('[data-key="turn-3.0"]').getByRole('button', { name: 'Actions for this item' }).click()
  await page.getByRole('menuitem', { name: 'Copy as prompt' }).click()
  await expect.poll(copied).toBe(await item('turn-3.0').locator('[data-piece="text"]').innerText())
  await page.goto(link)
  await expect(item('turn-2.3003')).toBeFocused()
  await expect(item('turn-2.3003')).toBeInViewport()
})

test('a live conversation is followed until one scrolls up, and again from its end', async ({ fake, openRecorded }) => {
  const { home, page } = await openRecorded([])
  const gates = Array.from({ length: 3 }, gate)
  const lines = (name: string) => say(Array.from({ length: 60 }, (_, at) => `${name} line ${at}`).join('\n\n'))
  fake.scenario = async ({ step }) => {
    await gates[step - 2]?.held
    const name = ['first', 'second', 'third', 'fourth'][step - 1] ?? ''
    return step === 4 ? paced(answer(lines(name)), 5) : answer(lines(name), run(`echo after ${name}`))
  }
  const done = codexExec(home, 'say a lot')
  await page.getByRole('link', { name: /say a lot/ }).click()
  const text = (what: string) => conversation(page).getByText(what, { exact: true })
  await expect(text('first line 59')).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible()
  gates[0]?.goOn()
  await expect(text('second line 59')).toBeInViewport()

  await conversation(page).hover()
  await page.mouse.wheel(0, -1_500)
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  await settled(page)
  const id = await firstShown(page)
  const before = await topOf(page, id)
  gates[1]?.goOn()
  await expect.poll(() => conversation(page).evaluate((element) => element.scrollHeight)).toBeGreaterThan(4_500)
  await settled(page)
  expect(await topOf(page, id)).toBe(before)

  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(text('third line 59')).toBeInViewport()
  gates[2]?.goOn()
  await expect(text('fourth line 59')).toBeInViewport()
  expect((await done).code).toBe(0)
  await expect(text('fourth line 59')).toBeInViewport()
})
