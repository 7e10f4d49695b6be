import { violationsOf } from './axe.ts'
import { expect, test } from './demo/demoStage.ts'
import { demoScenario, prompts } from './demo/scenario.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { untilFound } from './palette.ts'
import { codexExec } from './tapedeck.ts'

// One after the other, so that the demo is played once.
test.describe.configure({ mode: 'default' })

test('whoever never saw it finds what runs, what was said yesterday, why it was dear, and how to go on', async ({
  demo: { fake, home, enter },
  openPage,
}) => {
  const { goOn, held } = gate()
  fake.scenario = async () => {
    await held
    return answer(say('It is green.'))
  }
  const running = codexExec(home, 'watch the build')

  const server = await enter()
  const page = await openPage(server)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('navigation').getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('main').getByText('watch the build').first()).toBeVisible()
  goOn()
  await running
  fake.scenario = demoScenario(0)

  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Sessions/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  await page.getByRole('button', { name: /^Search/ }).click()
  await page.keyboard.type('EADDRINUSE')
  await untilFound(page)
  await page
    .locator('#palette-list')
    .getByRole('option', { name: /Error: listen EADDRINUSE/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: prompts.port })).toBeVisible()
  await expect(page.getByText('Error: listen EADDRINUSE').first()).toBeInViewport()

  await page.getByRole('button', { name: 'Inspector', exact: true }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('tab', { name: 'Changes' }).click()
  const place = inspector.getByText(/^\d+ of \d+ in turn \d+$/)
  for (let at = await place.innerText(); !/^1 of \d+ in turn 2$/.test(at); at = await place.innerText()) {
    await inspector.getByRole('button', { name: 'Next request' }).click()
    await expect(place).not.toHaveText(at)
  }
  await expect(inspector.getByText(/The model changed from .* and each model has a cache of its own/)).toBeVisible()

  await expect(page.getByRole('button', { name: 'Resume in terminal' })).toBeEnabled()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy resume command' }).click()
  const { sessions } = await server.call('session/list', { query: `"${prompts.port}"` })
  const command = `codex resume ${sessions[0]?.threads[0]?.id} -C ${sessions[0]?.cwd}`
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command)
})

test('the demo has a bit of everything', async ({ demo, openPage }) => {
  const page = await openPage(await demo.enter())
  const sessions = page.getByRole('region', { name: 'Sessions', exact: true })
  const item = (text: string | RegExp) => page.locator('[data-item]').filter({ hasText: text }).first()

  await sessions.getByRole('link', { name: prompts.others }).click()
  await expect(item(/Searched/)).toContainText('mock Date.now')
  await expect(item(/Opened/)).toContainText('https://nodejs.org/api/test.html')
  await expect(item(/Called/)).toContainText(/docs.*search_pages/)
  await expect(item(/Called/).getByText('done')).toBeAttached()
  await expect(item(/Retried/)).toBeVisible()
  await expect(page.getByText('Pass the clock in.').last()).toBeVisible()

  await sessions.getByRole('link', { name: /icon/ }).click()
  const agent = page.getByRole('article', { name: /^Sub-agent/ })
  await agent.getByRole('button').first().click()
  await expect(page.getByText('contrast of 7.1 to 1')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Enlarge/ }).first()).toBeVisible()
})

test('it is accessible in both themes and at any width', async ({ demo, openPage }) => {
  const page = await openPage(await demo.enter())
  await page.getByRole('link', { name: new RegExp(prompts.deterministic) }).click()
  await expect(page.getByText('src/session.js').first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  // The answer stands below what a window shows at first.
  await page.getByRole('region', { name: 'Conversation' }).focus()
  await page.keyboard.press('End')
  await expect(page.getByText('Both tests pass.')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('link', { name: /Live/ }).click()
  await expect(page.getByRole('heading', { name: 'Nothing runs now' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+k')
  await page.keyboard.type('session')
  await untilFound(page)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  for (const width of [1024, 640, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect({ width, overflow }).toEqual({ width, overflow: 0 })
  }
})
