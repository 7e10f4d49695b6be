import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../e2e/browser.ts'
import { createCodexHome } from '../e2e/codexHome.ts'
import { playDemo } from '../e2e/demo/play.ts'
import { writeProject } from '../e2e/demo/project.ts'
import { demoScenario, prompts } from '../e2e/demo/scenario.ts'
import { startFakeOpenAi } from '../e2e/fakeOpenAi/fakeOpenAi.ts'
import { serve } from '../e2e/tapedeck.ts'
import { trayPage } from './trayPicture.ts'

/** Takes the pictures of the README: the tray and the demo's sessions, in light and dark. */

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots')

if (spawnSync('electron-vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' }).status !== 0) process.exit(1)

const fake = await startFakeOpenAi()
fake.scenario = demoScenario(0)
const home = createCodexHome(fake, { login: 'chatgpt', project: 'signin' })
writeProject(home.cwd)
const server = await serve(home)
await playDemo(home)
const { sessions } = await server.call('session/list', {})
const session = sessions.find(({ title }) => title === prompts.deterministic)
const browser = await launchBrowser()
mkdirSync(folder, { recursive: true })
const cookieFrom = await browser.newContext()
await (await cookieFrom.newPage()).goto(server.ui)
const storageState = await cookieFrom.storageState()
for (const colorScheme of ['light', 'dark'] as const) {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ colorScheme, viewport, storageState, deviceScaleFactor: 2 })
  const page = await context.newPage()
  await page.goto(`${new URL(server.ui).origin}/#/session/${session?.id}`)
  await page.getByText('Both tests pass.').waitFor()
  await page.getByText('Recorded').waitFor()
  await page.getByRole('region', { name: 'Conversation' }).evaluate((region) => region.scrollTo(0, 0))
  await page.screenshot({ path: join(folder, `session-${colorScheme}.png`) })
  await page.goto('about:blank')
  await page.setContent(trayPage(colorScheme))
  await page.locator('main').screenshot({ path: join(folder, `tray-${colorScheme}.png`) })
}
await browser.close()
await server.stop()
await fake.close()
home.remove()
