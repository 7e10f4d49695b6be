import { playDemo, playYesterday } from './demo/play.ts'
import { writeProject } from './demo/project.ts'
import { demoScenario, prompts } from './demo/scenario.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { tapedeck } from './tapedeck.ts'

test('whoever never saw it finds what runs, what was said yesterday, why it was dear, and how to go on', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const demo = demoScenario(0)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  fake.scenario = async (request) => {
    if (request.prompt !== 'watch the build') return demo(request)
    await released
    return answer(say('It is green.'))
  }
  const home = makeHome({ project: 'signin' })
  writeProject(home.cwd)
  await playYesterday(home)
  const server = await startServer(home)
  await playDemo(home)
  const running = tapedeck(home, ['codex', 'exec', '--dangerously-bypass-approvals-and-sandbox', 'watch the build'])

  const page = await openPage(server)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('navigation').getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('main').getByText('watch the build').first()).toBeVisible()
  release()
  await running

  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Sessions/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  await page.getByRole('button', { name: /^Search/ }).click()
  await page.keyboard.type('EADDRINUSE')
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
  await expect(async () => {
    await inspector.getByRole('button', { name: 'Next request' }).click()
    await expect(inspector.getByText(/^1 of \d+ in turn 2$/)).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(inspector.getByText(/The model changed from .* and each model has a cache of its own/)).toBeVisible()

  await expect(page.getByRole('button', { name: 'Resume in terminal' })).toBeEnabled()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy resume command' }).click()
  const { sessions } = await server.call('session/list', { query: `"${prompts.port}"` })
  const threadId = sessions[0]?.threads[0]?.id
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`codex resume ${threadId}`)
})

test('the demo has a bit of everything', async ({ fake, makeHome, startServer, openPage }) => {
  fake.scenario = demoScenario(0)
  const home = makeHome({ project: 'signin' })
  writeProject(home.cwd)
  const server = await startServer(home)
  await playDemo(home)
  const page = await openPage(server)
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
