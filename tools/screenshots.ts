import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { launchBrowser } from '../e2e/browser.ts'
import { createCodexHome } from '../e2e/codexHome.ts'
import { playDemo, playYesterday } from '../e2e/demo/play.ts'
import { writeProject } from '../e2e/demo/project.ts'
import { demoScenario, prompts } from '../e2e/demo/scenario.ts'
import { hideMachine } from '../e2e/everyPage/stillLife.ts'
import { startFakeOpenAi } from '../e2e/fakeOpenAi/fakeOpenAi.ts'
import { answer, run, type Scenario, say, think } from '../e2e/fakeOpenAi/scenario.ts'
import { hasKeychain, startKeychain } from '../e2e/keychain.ts'
import { untilFound } from '../e2e/palette.ts'
import { serve, tapedeck } from '../e2e/tapedeck.ts'
import { npmCodexPath } from '../main/codex/realCodex.ts'
import { trayPage } from './trayPicture.ts'

/** Takes the pictures of the README: the tray, and the demo's sessions, in light and dark. The last is of what runs. */

/** Slow enough to be seen to run. */
const visiblePaceMs = 60
const again = 'does the session test still fail now and then?'
const liveScenario: Scenario = (asked) => {
  if (!asked.prompt.endsWith(again) || asked.kind === 'title') return demoScenario(visiblePaceMs)(asked)
  return asked.step === 1
    ? answer(
        think('**Once more, often**\n\nOne run tells little.'),
        run('for n in $(seq 20); do node --test || break; done'),
      )
    : answer(say('Twenty runs, and none failed.'))
}
const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')

if (spawnSync('electron-vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' }).status !== 0) process.exit(1)

const fake = await startFakeOpenAi()
fake.scenario = demoScenario(0)
const home = createCodexHome(fake, { login: 'chatgpt', project: 'signin' })
// Where npm puts it: the settings name the place.
home.env.TAPEDECK_CODEX = npmCodexPath
writeProject(home.cwd)
await playYesterday(home)
// As on most desktops; without one the account says so.
const endKeychain = hasKeychain ? await startKeychain(home) : null
const server = await serve(home)
await playDemo(home)
const { sessions } = await server.call('session/list', {})
const session = sessions.find(({ title }) => title === prompts.deterministic)
const browser = await launchBrowser()
mkdirSync(folder, { recursive: true })
const cookieFrom = await browser.newContext()
await (await cookieFrom.newPage()).goto(server.ui)
const storageState = await cookieFrom.storageState()

interface Shot {
  name: string
  route: string
  /** Until what it shows is there. */
  prepare(page: Page): Promise<void>
}

const conversation = async (page: Page) => {
  await page.getByText('src/session.js').first().waitFor()
  await page.getByRole('region', { name: 'Conversation' }).evaluate((region) => region.scrollTo(0, 0))
}

const shots: Shot[] = [
  { name: 'session', route: `/session/${session?.id}`, prepare: conversation },
  {
    name: 'inspector',
    route: `/session/${session?.id}`,
    async prepare(page) {
      await conversation(page)
      await page.keyboard.press('Control+i')
      await page.getByRole('tab', { name: 'Context' }).click()
      await page
        .getByRole('tabpanel', { name: 'Context' })
        .getByText(/tokens/)
        .first()
        .waitFor()
    },
  },
  {
    name: 'search',
    route: `/session/${session?.id}`,
    async prepare(page) {
      await conversation(page)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('expiresAt')
      await untilFound(page)
    },
  },
  { name: 'usage', route: '/usage', prepare: (page) => page.getByText('Most expensive').first().waitFor() },
  { name: 'settings', route: '/settings', prepare: (page) => page.getByText('Size of the archive').waitFor() },
  { name: 'account', route: '/account', prepare: (page) => page.getByText('its own login comes first').waitFor() },
  {
    name: 'live',
    route: '/live',
    async prepare(page) {
      const main = page.getByRole('main')
      ask(again)
      await main.getByRole('article').getByText('node --test').first().waitFor()
      ask(prompts.explain)
      await main.getByText('one millisecond later').first().waitFor()
    },
  },
]

const running: Promise<unknown>[] = []
function ask(prompt: string): void {
  running.push(tapedeck(home, ['codex', 'exec', '--dangerously-bypass-approvals-and-sandbox', prompt]))
}

for (const { name, route, prepare } of shots) {
  if (name === 'live') fake.scenario = liveScenario
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: 1280, height: 800 }
    const context = await browser.newContext({ colorScheme, viewport, storageState, deviceScaleFactor: 2 })
    const page = await context.newPage()
    await hideMachine(page)
    await page.goto(`${new URL(server.ui).origin}/#${route}`)
    await page
      .getByText(/^Recorded \d/)
      .first()
      .waitFor({ state: 'attached' })
    await prepare(page)
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' })
    await context.close()
    await Promise.all(running)
  }
}
for (const theme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ deviceScaleFactor: 2 })
  await page.setContent(trayPage(theme))
  await page.locator('main').screenshot({ path: join(folder, `tray-${theme}.png`) })
}
await browser.close()
await server.stop()
endKeychain?.()
await fake.close()
home.remove()
