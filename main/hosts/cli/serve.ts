import { troubleOf } from '../../../contract/domain/recording.ts'
import { apiAddress, uiLink } from '../headless/host.ts'
import { createLog } from '../log.ts'
import { openBrowser } from '../openBrowser.ts'
import { type Connection, connectOrRecord } from './connection.ts'
import type { Terminal } from './terminal.ts'

interface ServeOptions {
  port?: number
  proxyPort?: number
  open: boolean
  json?: boolean
}

/**
 * Records until it is told to stop. Beside a recorder that stays it opens that one's page and is done; beside one that ends with its
 * codex it waits, and takes its place then.
 */
export async function runServe(terminal: Terminal, options: ServeOptions): Promise<number> {
  const open = () => connect(terminal, options)
  let connection = await open()
  announce(terminal, connection, options)
  const stopped = untilStopped()
  while (connection.instance.endsByItself) {
    const isStopped = await Promise.race([connection.lost.then(() => false), stopped.then(() => true)])
    await connection.close()
    if (isStopped) return 0
    connection = await open()
    if (!options.json) describe(terminal, connection)
  }
  if (connection.host) await stopped
  await connection.close()
  return 0
}

async function connect({ dataDir, env }: Terminal, { port, proxyPort }: ServeOptions): Promise<Connection> {
  try {
    const report = createLog(dataDir)
    return await connectOrRecord({ dataDir, env, apiPort: port, proxyPort, endsByItself: false, report })
  } catch (error) {
    const { code, port: taken } = error as { code?: string; port?: number }
    if (code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${taken} is in use by another program. Choose another one.`)
  }
}

function announce(terminal: Terminal, connection: Connection, options: ServeOptions): void {
  const { instance, host } = connection
  const ui = uiLink(instance)
  if (options.json) {
    const { pid, apiToken, proxyPort } = instance
    const proxy = `http://127.0.0.1:${proxyPort}`
    terminal.print(JSON.stringify({ ui, api: apiAddress(instance), apiToken, proxy, pid, dataDir: terminal.dataDir }))
  } else {
    describe(terminal, connection)
    terminal.print(`Window:  ${ui}   (this link works once)`)
    if (host) terminal.print(`Data:    ${terminal.dataDir}`)
    if (host || instance.endsByItself) terminal.print('Stop:    Ctrl-C')
    if (options.open && terminal.isInteractive) openBrowser(ui)
  }
  const trouble = host && troubleOf(host.app.recording())
  if (trouble) terminal.complain(`tapedeck: ${trouble.message}`)
}

function describe({ print }: Terminal, { host, instance }: Connection): void {
  if (host) print('Tapedeck is recording. Start codex with:  tapedeck codex')
  else if (instance.endsByItself)
    print('Tapedeck is recording with a codex that runs. When that ends, it goes on here.')
  else print('Tapedeck is already running.')
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
