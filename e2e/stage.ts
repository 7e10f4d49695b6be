import { test as base } from '@playwright/test'
import { type CodexHome, type CodexHomeOptions, createCodexHome } from './codexHome.ts'
import { type FakeOpenAi, startFakeOpenAi } from './fakeOpenAi/fakeOpenAi.ts'
import { endRuns, type Server, serve } from './tapedeck.ts'

interface Stage {
  /** An OpenAI of the test's own. */
  fake: FakeOpenAi
  /** Makes a codex of the test's own; gone when the test is over. */
  makeHome(options?: Partial<CodexHomeOptions>): CodexHome
  /** Starts `tapedeck serve`; ended when the test is over. */
  startServer(home: CodexHome, args?: string[], env?: NodeJS.ProcessEnv): Promise<Server>
}

export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
  fake: async ({}, use) => {
    const fake = await startFakeOpenAi()
    await use(fake)
    await fake.close()
  },
  makeHome: async ({ fake }, use) => {
    const homes: CodexHome[] = []
    await use((options) => {
      const home = createCodexHome(fake, { login: 'chatgpt', ...options })
      homes.push(home)
      return home
    })
    for (const home of homes) {
      await endRuns(home)
      home.remove()
    }
  },
  startServer: async ({ makeHome: _ }, use) => {
    const servers: Server[] = []
    await use(async (home, args, env) => {
      const server = await serve(home, args, env)
      servers.push(server)
      return server
    })
    for (const server of servers) await server.stop('SIGKILL').catch(() => {})
  },
})

export { expect } from '@playwright/test'
