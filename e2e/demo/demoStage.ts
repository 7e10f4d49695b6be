import { type CodexHome, createCodexHome } from '../codexHome.ts'
import { type FakeOpenAi, startFakeOpenAi } from '../fakeOpenAi/fakeOpenAi.ts'
import { test as base, expect } from '../pageStage.ts'
import { type Server, serve, tapedeck } from '../tapedeck.ts'
import { playDemo, playYesterday } from './play.ts'
import { writeProject } from './project.ts'
import { demoScenario } from './scenario.ts'

export interface Demo {
  fake: FakeOpenAi
  home: CodexHome
  /** With a way in that was not taken yet: each is good once. */
  enter(): Promise<Server>
}

/** The whole demo, of yesterday and of today, played by the real codex once for a worker. */
export const test = base.extend<object, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
    async ({}, use) => {
      const fake = await startFakeOpenAi({ scenario: demoScenario(0) })
      const home = createCodexHome(fake, { login: 'chatgpt', project: 'signin' })
      let server: Server | undefined
      try {
        writeProject(home.cwd)
        await playYesterday(home)
        server = await serve(home)
        await playDemo(home)
        const served = server
        const enter = async () => {
          const { ui } = JSON.parse((await tapedeck(home, ['serve', '--no-open', '--json'])).stdout)
          return { ...served, ui }
        }
        await use({ fake, home, enter })
      } finally {
        await server?.stop('SIGKILL').catch(() => {})
        await fake.close()
        home.remove()
      }
    },
    { scope: 'worker', timeout: 150_000 },
  ],
})

export { expect }
