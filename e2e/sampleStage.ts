import { deriveSample, writeSample } from './everyPage/sampleArchive.ts'
import { test as base } from './pageStage.ts'
import type { Server } from './tapedeck.ts'

/** A server of the test's own, with the sample in its archive. */
export const test = base.extend<{ server: Server }>({
  server: async ({ makeHome, startServer }, use) => {
    const home = makeHome()
    writeSample(String(home.env.TAPEDECK_HOME))
    const server = await startServer(home)
    await deriveSample(server)
    await use(server)
  },
})

export { expect } from './pageStage.ts'
