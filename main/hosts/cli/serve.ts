import { troubleOf } from '../../../contract/domain/recording.ts'
import { apiAddress, type Host, startHost, uiLink } from '../headless/host.ts'
import { type Instance, readInstance } from '../instance.ts'
import { createLog } from '../log.ts'
import { openBrowser } from '../openBrowser.ts'
import { connectToRunning, holderIsSilent } from './connection.ts'
import type { Terminal } from './terminal.ts'

interface ServeOptions {
  port?: number
  proxyPort?: number
  open: boolean
  json?: boolean
}

/** Records until it is told to stop; with another recorder on the same data folder it opens that one's page instead. */
export async function runServe(terminal: Terminal, options: ServeOptions): Promise<number> {
  const host = await startHost({
    dataDir: terminal.dataDir,
    env: terminal.env,
    apiPort: options.port,
    proxyPort: options.proxyPort,
    report: createLog(terminal.dataDir),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${(error as { port?: number }).port} is in use by another program. Choose another one.`)
  })
  const instance = host?.instance ?? readInstance(terminal.dataDir)
  if (!host && !(await isAnswering(terminal.dataDir))) {
    throw holderIsSilent(terminal.dataDir)
  }
  announce(terminal, instance, options, host !== null)
  const trouble = host && troubleOf(host.app.recording())
  if (trouble) terminal.complain(`tapedeck: ${trouble.message}`)
  return host ? runUntilStopped(host) : 0
}

async function isAnswering(dataDir: string): Promise<boolean> {
  const connection = await connectToRunning(dataDir)
  await connection?.close()
  return connection !== null
}

function announce(terminal: Terminal, instance: Instance, options: ServeOptions, isNew: boolean) {
  const ui = uiLink(instance)
  if (options.json) {
    const { pid, apiToken, proxyPort } = instance
    const proxy = `http://127.0.0.1:${proxyPort}`
    terminal.print(JSON.stringify({ ui, api: apiAddress(instance), apiToken, proxy, pid, dataDir: terminal.dataDir }))
    return
  }
  terminal.print(isNew ? 'Tapedeck is recording. Start codex with:  tapedeck codex' : 'Tapedeck is already running.')
  terminal.print(`Window:  ${ui}   (this link works once)`)
  if (isNew) terminal.print(`Data:    ${terminal.dataDir}\nStop:    Ctrl-C`)
  if (options.open && terminal.isInteractive) openBrowser(ui)
}

async function runUntilStopped(host: Host): Promise<number> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await host.close()
  return 0
}
