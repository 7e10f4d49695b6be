import { spawn, spawnSync } from 'node:child_process'
import { createCodexHome } from '../e2e/codexHome.ts'
import { playDemo, playYesterday } from '../e2e/demo/play.ts'
import { writeProject } from '../e2e/demo/project.ts'
import { demoScenario } from '../e2e/demo/scenario.ts'
import { startFakeOpenAi } from '../e2e/fakeOpenAi/fakeOpenAi.ts'
import { entry } from '../e2e/tapedeck.ts'

/**
 * `npm run demo`: the product without an account. A real codex talks to a stand-in for OpenAI on this computer, and the page
 * shows it. Nothing leaves the computer, and nothing of it is left behind.
 */

const humanPaceMs = 40
const visitorPauseMs = 3_000

if (spawnSync('electron-vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' }).status !== 0) process.exit(1)

const fake = await startFakeOpenAi()
fake.scenario = demoScenario(humanPaceMs)
const home = createCodexHome(fake, { login: 'chatgpt', project: 'signin' })
writeProject(home.cwd)

const tell = (prompt: string) => console.log(`codex is asked: ${prompt}`)
console.log('Playing what was said yesterday …')
await playYesterday(home)

// What opens the visitor's browser is the visitor's own.
const { DISPLAY, WAYLAND_DISPLAY, BROWSER, XDG_RUNTIME_DIR } = process.env
const env = { ...home.env, DISPLAY, WAYLAND_DISPLAY, BROWSER, XDG_RUNTIME_DIR }
const server = spawn(process.execPath, [entry, 'serve', ...process.argv.slice(2)], { env, stdio: 'inherit' })
server.once('exit', end)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))

await new Promise((resolve) => setTimeout(resolve, visitorPauseMs))
await playDemo(home, tell)
console.log('The demo has been played. The page stays until you press Ctrl-C.')

async function end(): Promise<void> {
  await fake.close()
  home.remove()
  process.exit()
}
