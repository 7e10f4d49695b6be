import { once } from 'node:events'
import { troubleOf } from '../../../contract/domain/recording.ts'
import { type Connection, connectOrRecord } from '../headless/connection.ts'
import { apiAddress, uiLink } from '../headless/host.ts'
import { outlive } from '../headless/outlive.ts'
import { createLog } from '../log.ts'
import { openBrowser } from '../openBrowser.ts'
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
  const first = await open()
  announce(terminal, first, options)
  const signal = whenStopped()
  const stopped = once(signal, 'abort')
  const connection = await outlive(first, {
    open,
    signal,
    onNext: (next) => announceNext(terminal, next, first, options),
  })
  if (connection?.host) await stopped
  await connection?.close()
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
  if (options.json) printAddresses(terminal, connection)
  else {
    describe(terminal, connection, options)
    const ui = printLink(terminal, connection)
    if (host) terminal.print(`Data:    ${terminal.dataDir}`)
    if (host || instance.endsByItself) terminal.print('Stop:    Ctrl-C')
    if (options.open && terminal.isInteractive) openBrowser(ui)
  }
  const trouble = host && troubleOf(host.app.recording())
  if (trouble) terminal.complain(`tapedeck: ${trouble.message}`)
}

/** The addresses again where they are others than those that were told. */
function announceNext(terminal: Terminal, next: Connection, first: Connection, options: ServeOptions): void {
  const isElsewhere = (port: 'apiPort' | 'proxyPort') => next.instance[port] !== first.instance[port]
  if (options.json) {
    if (isElsewhere('apiPort') || isElsewhere('proxyPort')) printAddresses(terminal, next)
    return
  }
  describe(terminal, next, options)
  if (isElsewhere('apiPort')) printLink(terminal, next)
}

function describe({ print }: Terminal, { host, instance }: Connection, options: ServeOptions): void {
  if (host) print('Tapedeck is recording. Start codex with:  tapedeck codex')
  else if (instance.endsByItself)
    print(`Tapedeck is recording with a codex that runs. When that ends, it goes on here${describePorts(options)}.`)
  else print('Tapedeck is already running.')
}

/** Those that were asked for, which can only be had later. */
function describePorts({ port, proxyPort }: ServeOptions): string {
  const page = port ? [`its page on port ${port}`] : []
  const proxy = proxyPort ? [`its proxy on port ${proxyPort}`] : []
  const ports = [...page, ...proxy]
  return ports.length === 0 ? '' : `, with ${ports.join(' and ')}`
}

function printAddresses({ print, dataDir }: Terminal, { instance }: Connection): void {
  const { pid, apiToken, proxyPort } = instance
  const proxy = `http://127.0.0.1:${proxyPort}`
  print(JSON.stringify({ ui: uiLink(instance), api: apiAddress(instance), apiToken, proxy, pid, dataDir }))
}

function printLink({ print }: Terminal, { instance }: Connection): string {
  const ui = uiLink(instance)
  print(`Window:  ${ui}   (this link works once)`)
  return ui
}

function whenStopped(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort())
  return stopping.signal
}
