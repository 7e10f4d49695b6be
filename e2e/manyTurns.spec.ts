import type { Page, Request } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { conversation, itemOf, settled, topOf } from './conversationView.ts'
import { answer, paced, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { fillManyTurns, fillManyTurnsBefore, longSessionId } from './longSession.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, execArgs, readOnlySession, type Server, tapedeck } from './tapedeck.ts'

const count = 200

/** A window with room for it shows the newest session by itself. What was read of it so far is forgotten with the page. */
const leave = (page: Page) => page.goto('about:blank')

/** Leaves the page, and holds back what is not near until it is let go, so that what a page does meanwhile can be looked at. */
async function holdRest(page: Page) {
  const { goOn, held } = gate()
  const asked: string[][] = []
  const unanswered = new Set<Request>()
  await leave(page)
  await page.route('**/api/session/readTurns', async (route) => {
    asked.push(route.request().postDataJSON().turnIds)
    unanswered.add(route.request())
    await held
    await route.continue()
  })
  page.on('requestfinished', (request) => unanswered.delete(request))
  return {
    letGo: goOn,
    asked,
    /** Until all of this many turns came. */
    async isRead(turns: number) {
      await expect.poll(() => new Set(asked.flat()).size).toBe(turns)
      await expect.poll(() => unanswered.size).toBe(0)
      await settled(page)
    },
  }
}

const open = (page: Page, server: Server, path = '') =>
  page.goto(`${new URL(server.ui).origin}/#/session/${longSessionId}${path}`)

test('of a session of many turns the first are read while the others are on their way, and one may go to any of them', async ({
  openFilled,
}) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, count))
  const rest = await holdRest(page)
  await open(page, server)
  await expect(conversation(page).getByText('Line 0 of answer 1.')).toBeInViewport()
  await expect(page.locator('[data-minimap] button')).toHaveCount(100)

  // To the last, by the minimap: its question is there already.
  await page.locator('[data-minimap] button').last().click()
  await expect(itemOf(page, 'turn-199 prompt')).toBeFocused()
  await expect(conversation(page).getByText('Question 199', { exact: true })).toBeInViewport()
  await expect(itemOf(page, 'turn-199 unread')).toBeInViewport()
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  rest.letGo()
  await expect(itemOf(page, 'turn-199.0')).toBeFocused()
  await expect(conversation(page).getByText('Line 0 of answer 199.')).toBeInViewport()
  // What was looked at was asked for next.
  expect(rest.asked[1]).toContain('turn-199')
  await rest.isRead(count - 16)
  await expect(itemOf(page, 'turn-199.0')).toBeFocused()
  await expect(itemOf(page, 'turn-199.0')).toBeInViewport()

  // And all is as if it had been there from the beginning.
  await page.keyboard.press('p')
  await expect(itemOf(page, 'turn-198.0')).toBeFocused()
  await page.locator('[data-minimap] button').first().click()
  await expect(itemOf(page, 'turn-1.0')).toBeFocused()
  await expect(conversation(page).getByText('Line 0 of answer 1.')).toBeInViewport()
})

test('a link into the middle leads there at once, and what is read around it moves nothing', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, count))
  const rest = await holdRest(page)
  await open(page, server, '/turn/turn-100/item/turn-100.2')
  await expect(itemOf(page, 'turn-100.2')).toBeFocused()
  await expect(itemOf(page, 'turn-100.2')).toBeInViewport()
  await settled(page)
  const before = await topOf(page, 'turn-100.2')

  rest.letGo()
  await rest.isRead(count - 16)
  await expect(itemOf(page, 'turn-100.2')).toBeFocused()
  expect(Math.abs((await topOf(page, 'turn-100.2')) - before)).toBeLessThanOrEqual(2)
  await page.keyboard.press('p')
  await expect(itemOf(page, 'turn-99.0')).toBeFocused()
})

test('texts that are formatted late move nothing of what a link led to', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, count))
  const { goOn, held } = gate()
  await leave(page)
  await page.route('**/MarkdownBody-*.js', async (route) => {
    await held
    await route.continue()
  })
  await open(page, server, '/turn/turn-100/item/turn-100.2')
  await expect(itemOf(page, 'turn-100.2')).toBeFocused()
  await settled(page)
  const before = await topOf(page, 'turn-100.2')
  goOn()
  await expect(itemOf(page, 'turn-100.2').locator('p')).toHaveCount(4)
  await settled(page)
  expect(Math.abs((await topOf(page, 'turn-100.2')) - before)).toBeLessThanOrEqual(2)
})

test('what is found is found in all turns, and a link to an item alone leads to it, once they are there', async ({
  openFilled,
}) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, count))
  const rest = await holdRest(page)
  await open(page, server, '/item/turn-120.2')
  await expect(conversation(page).getByText('Line 0 of answer 1.')).toBeVisible()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('answer 150.')
  const found = page.getByRole('search', { name: 'Find in this conversation' }).getByRole('status')
  await expect(found).toHaveText('0…')
  await page.keyboard.press('Escape')
  rest.letGo()
  await rest.isRead(count - 16)
  await expect(itemOf(page, 'turn-120.2')).toBeInViewport()

  await page.keyboard.press('Control+f')
  await page.keyboard.type('Line 0 of answer 150.')
  await expect(found).toHaveText('1 of 1')
  await expect(conversation(page).getByText('Line 0 of answer 150.')).toBeInViewport()
})

test('where the rest cannot be read that is said, and it can be tried again', async ({ openFilled }) => {
  const { server, page } = await openFilled((home) => fillManyTurns(home, count))
  const error = { code: 'unavailable', message: 'The archive could not be read to the end.' }
  await leave(page)
  await page.route('**/api/session/readTurns', (route) => route.fulfill({ json: { ok: false, error } }))
  await open(page, server)
  await expect(conversation(page).getByText('Line 0 of answer 1.')).toBeVisible()
  await page.locator('[data-minimap] button').last().click()
  const problem = itemOf(page, 'turn-199 unread')
  await expect(problem).toContainText('This part could not be read: The archive could not be read to the end.')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  await page.unroute('**/api/session/readTurns')
  await problem.getByRole('button', { name: 'Try again' }).click()
  await expect(conversation(page).getByText('Line 0 of answer 199.')).toBeInViewport()
})

test('a live turn is followed while older ones are still to be read', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const lines = (name: string) => Array.from({ length: 60 }, (_, at) => `${name} line ${at}`).join('\n\n')
  const { goOn, held } = gate()
  fake.scenario = () => answer(say('hello'))
  await codexExec(home, 'begin')
  const { session } = await readOnlySession(home)
  fillManyTurnsBefore(home, session, count)

  const server = await startServer(home)
  fake.scenario = async () => {
    await held
    return paced(answer(say(lines('live'))), 5)
  }
  const done = tapedeck(home, ['codex', 'exec', 'resume', session.id, ...execArgs.slice(1), 'go on'])
  await expect.poll(async () => (await server.call('session/read', { id: session.id })).session.status).toBe('live')
  const page = await openPage(server)
  const rest = await holdRest(page)
  await page.goto(`${new URL(server.ui).origin}/#/session/${session.id}`)
  await expect(conversation(page).getByText('go on', { exact: true })).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible()
  goOn()
  await expect(conversation(page).getByText('live line 20', { exact: true })).toBeAttached()
  rest.letGo()
  await expect(conversation(page).getByText('live line 59', { exact: true })).toBeInViewport()
  expect((await done).code).toBe(0)
  await rest.isRead(count + 2 - 16)
  await expect(conversation(page).getByText('live line 59', { exact: true })).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(conversation(page).getByText('Line 0 of answer 1.')).toBeInViewport()
})
