import { createInMemorySecretStore } from '../../main/account/inMemorySecretStore.ts'
import { startApp } from '../../main/app.ts'
import { tell } from './child.ts'

/** The whole app but for its hosts: proxy, recorder, and the reader that the interface asks. */
const [upstream, dataDir] = process.argv.slice(2) as [string, string]

const app = await startApp({
  dataDir,
  version: '0.0.0-bench',
  env: {
    ...process.env,
    TAPEDECK_UPSTREAM_OPENAI: upstream,
    TAPEDECK_UPSTREAM_CHATGPT: upstream,
    TAPEDECK_UPSTREAM_AUTH: upstream,
  },
  proxyPort: 0,
  secretStore: createInMemorySecretStore(),
  report: () => {},
})
const { launch } = await app.handlers['launch/create']({
  cwd: process.cwd(),
  args: [],
  credential: 'codexLogin',
  isPrivate: false,
})
await app.handlers['launch/started']({ id: launch.id, pid: process.pid })

process.on('disconnect', () => process.exit(0))
process.on('message', async (message) => {
  if (message !== 'recording') return
  const { recorded, total, missed, underived = 0 } = await app.handlers['app/status']({})
  tell({ type: 'recording', recorded, total, missed, underived })
})
tell({ type: 'ready', port: launch.proxyPort, path: `/t/${launch.pathToken}` })
